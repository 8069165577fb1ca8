"""Everything that contacting a server shows: its addresses, a handshake with each, what it says in HTTP."""

import dataclasses
import ipaddress
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from certwizard.domain.errors import OptionError
from certwizard.domain.observation import (
    AddressSource,
    Failure,
    FailureReason,
    Handshake,
    HttpHint,
    Offer,
    Resolution,
)
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.probe.further import Further
from certwizard.probe.handshake import Attempt, Route, Stage, attempt
from certwizard.probe.http_hint import hint_over_tls, may_be_http
from certwizard.probe.narrator import Narrator
from certwizard.probe.offers import TERMS
from certwizard.probe.plaintext import ask_plainly
from certwizard.probe.proxy import Proxy, parse_proxy
from certwizard.probe.refused import try_otherwise
from certwizard.probe.resolve import resolve

THREADS = 8

_OLD = (Offer.PERMISSIVE, Offer.EVERYTHING)
_NO_APPLICATION_PROTOCOL = 120
_SILENCE = {FailureReason.RESET, FailureReason.TIMEOUT}


@dataclass(frozen=True, slots=True)
class ServerSight:
    """What was seen of a server."""

    resolution: Resolution
    handshakes: tuple[Handshake, ...] = ()
    """First the one to judge: of the first address that showed a chain with the name sent."""
    http: HttpHint | None = None


def observe_server(
    target: Target, options: ProbeOptions, *, report: Report | None = None, cancel: CancelToken | None = None
) -> ServerSight:
    """Contact a server and return what was seen; never raises for anything the network does.

    Args:
        target: a target of kind SERVER.
        options: the proxy, the family and the timeout of each step are used.
        report: called as it goes, one call at a time but from several threads.
        cancel: raised to stop within a twentieth of a second.
    """
    token, narrator = cancel or CancelToken(), Narrator(report)
    host = target.connect_host or target.host or ""
    narrator.resolving(host)
    try:
        proxy = parse_proxy(options.proxy) if options.proxy else None
    except OptionError as error:
        resolution = Resolution(host, (), AddressSource.PROXY, Failure(FailureReason.PROXY, str(error)))
    else:
        resolution = _addresses(target, host, options, proxy, token)
    narrator.resolved(resolution)
    if resolution.failure is not None:
        return ServerSight(resolution)
    route = route_to(target, options, token)
    named = route.host
    with ThreadPoolExecutor(THREADS, thread_name_prefix="probe") as pool:
        handshakes, http = _Survey(route, _sni(named), narrator, pool).of(resolution.addresses)
    return ServerSight(resolution, handshakes, http)


def route_to(target: Target, options: ProbeOptions, cancel: CancelToken) -> Route:
    """Return how the server's TLS is reached.

    Raises:
        OptionError: The proxy's URL cannot be understood.
    """
    port = target.connect_port or target.port or 443
    alpn = ("http/1.1",) if target.starttls is None and may_be_http(port) else ()
    named = target.server_name or target.host or target.connect_host or ""
    proxy = parse_proxy(options.proxy) if options.proxy else None
    return Route(named, port, options.timeout, cancel, proxy, target.starttls, alpn)


def _addresses(
    target: Target, host: str, options: ProbeOptions, proxy: Proxy | None, cancel: CancelToken
) -> Resolution:
    """Return where to connect to; a proxy resolves the host itself."""
    if proxy is not None:
        return Resolution(host, (host,), AddressSource.PROXY)
    source = AddressSource.OPTION if target.connect_host else None
    return resolve(host, family=options.family, timeout=options.timeout, cancel=cancel, source=source)


def _sni(name: str) -> str | None:
    """Return the name to send: an address is never sent (RFC 6066 section 3)."""
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name.removesuffix(".") or None
    return None


@dataclass(frozen=True, slots=True)
class _Survey:
    """All handshakes with one server."""

    route: Route
    sni: str | None
    narrator: Narrator
    pool: ThreadPoolExecutor

    def of(self, addresses: Sequence[str]) -> tuple[tuple[Handshake, ...], HttpHint | None]:
        """Try every address at once, then look closer at the one to judge."""
        tried = [tried for row in self.pool.map(self._try_address, addresses) for tried in row]
        judged = _to_judge(tried)
        try:
            self.narrator.finished(judged.handshake)
            first, http = self._closer(judged)
        finally:
            for one in tried:
                one.close()
        rest = [one.handshake for one in tried if one is not judged]
        rest += Further(self.pool).look(tried)
        return (first, *_in_order(rest + self._without_name(judged))), http

    def _try_address(self, address: str) -> list[Attempt]:
        """Offer what browsers offer, and where TLS fails before any certificate, other things as well."""
        modern = attempt(self.route, address, self.sni, Offer.MODERN, self.narrator.connected)
        if modern.handshake.failure and modern.handshake.failure.alert == _NO_APPLICATION_PROTOCOL:
            # A server of HTTP/2 alone takes offence at our wish for HTTP/1.1, not at us.
            modern = attempt(dataclasses.replace(self.route, alpn=()), address, self.sni, Offer.MODERN)
        if modern.stage is Stage.STARTTLS:
            modern = _without_starttls(modern)
        self.narrator.tried(modern.handshake)
        return [modern, *try_otherwise(modern)]

    def _without_name(self, judged: Attempt) -> list[Handshake]:
        """Try once without sending a name; only now, since some servers serve one connection at a time."""
        failure = judged.handshake.failure
        if judged.stage is Stage.STARTTLS or (failure and failure.reason is FailureReason.TIMEOUT):
            return []
        answers_tls = judged.stage is Stage.DONE or judged.handshake.chain or (failure and failure.alert)
        if self.sni is None or not answers_tls:
            return []
        offer = judged.handshake.offer if judged.handshake.offer in TERMS else Offer.PERMISSIVE
        tried = attempt(judged.route, judged.handshake.address, None, offer)
        tried.close()
        return [tried.handshake]

    def _closer(self, judged: Attempt) -> tuple[Handshake, HttpHint | None]:
        """Use the open connection for a question in HTTP, or ask without TLS where TLS found silence."""
        handshake = judged.handshake
        if judged.session is not None:
            if handshake.failure is not None or not judged.route.alpn:
                return handshake, None
            return handshake, hint_over_tls(judged.session, judged.route.host, judged.route.port)
        if _worth_asking_plainly(judged):
            heard = ask_plainly(judged.route, handshake.address)
            if heard is not None:
                return dataclasses.replace(handshake, failure=heard[0]), heard[1]
        return handshake, None


def _without_starttls(stuck: Attempt) -> Attempt:
    """Where the plain dialog met silence, see whether the server expects TLS from the first byte."""
    before, failure = stuck.handshake, stuck.handshake.failure
    if failure is None or failure.reason not in _SILENCE:
        return stuck
    direct = attempt(
        dataclasses.replace(stuck.route, starttls=None), before.address, before.sni, before.offer
    )
    direct.close()
    if not direct.handshake.chain:
        return stuck
    words = "the server expects TLS from the first byte, without STARTTLS"
    refusal = Failure(FailureReason.STARTTLS_REFUSED, words, spoke="TLS")
    return dataclasses.replace(
        stuck, handshake=dataclasses.replace(before, failure=refusal, chain=direct.handshake.chain)
    )


def _to_judge(tried: Sequence[Attempt]) -> Attempt:
    """Choose the first that showed today's clients a chain, else any chain, else what came farthest."""
    with_chain = [one for one in tried if one.handshake.chain]
    modern = [one for one in with_chain if one.handshake.offer is Offer.MODERN]
    finished = [one for one in with_chain if one.stage is Stage.DONE]
    return next(iter(modern or finished or with_chain), None) or max(tried, key=lambda one: one.stage)


def _in_order(handshakes: Sequence[Handshake]) -> list[Handshake]:
    """Put the other addresses first, then repetitions, other offers, those without a name, permissive ones."""

    def place(one: Handshake) -> tuple[bool, ...]:
        modern = one.offer is Offer.MODERN
        return one.offer in _OLD, one.sni is None, not modern, one.repeat > 0

    return sorted(handshakes, key=place)


def _worth_asking_plainly(judged: Attempt) -> bool:
    failure = judged.handshake.failure
    if failure is None or judged.stage is not Stage.TLS or judged.route.starttls is not None:
        return False
    silent = failure.reason in _SILENCE and judged.received == 0
    return silent or (failure.reason is FailureReason.NOT_TLS and failure.spoke == "HTTP")
