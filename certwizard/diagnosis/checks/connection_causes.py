"""From the reason why no handshake came about to the cause and its sentences."""

from __future__ import annotations

from collections.abc import Callable

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.negotiation import DECRYPT_ERROR
from certwizard.diagnosis.checks.upgrades import upgrade_of
from certwizard.diagnosis.result import Cause
from certwizard.domain.hostname import is_ip
from certwizard.domain.observation import Failure, FailureReason, Handshake, Resolution
from certwizard.domain.vocabulary import CauseId, FieldId, Severity

UNRECOGNIZED_NAME = 112


def dns_cause(case: Case, resolution: Resolution) -> Cause | None:
    """Return `dns-failure`, or None where the resolution was cancelled or cut off otherwise."""
    failure = resolution.failure
    if failure is None or failure.reason is FailureReason.CANCELLED:
        return None
    if failure.reason is FailureReason.PROXY:
        return _proxy(case, failure, "")
    if is_ip(resolution.host):
        return _wrong_family(resolution, failure)
    timed_out = failure.reason is FailureReason.TIMEOUT
    return Cause(
        CauseId.DNS_FAILURE,
        Severity.ERROR,
        f"The name {resolution.host} leads to no address.",
        (
            "The name servers did not answer in time. "
            if timed_out
            else "The name servers know no address for it. "
        )
        + "Either the name is mistyped, its DNS entry is missing or not yet known everywhere, or this "
        "computer uses "
        "a name server that does not know it (a private name outside its network).",
        FieldId.ADDRESS,
        failure.detail or "no address",
        f"at least one address of {resolution.host}",
        detail="timeout" if timed_out else "",
    )


def _wrong_family(resolution: Resolution, failure: Failure) -> Cause:
    return _cause(
        CauseId.DNS_FAILURE,
        f"{resolution.host} is not an address of the kind that was asked for.",
        f"Only one kind of address was to be used (-4 or -6), and there is {failure.detail}. Leave the option out, or "
        "give an address of that kind.",
        FieldId.ADDRESS,
        failure.detail,
        "an address of the kind asked for",
        "family",
    )


def handshake_cause(case: Case, handshake: Handshake) -> Cause | None:
    """Return the cause of a handshake that failed before a certificate could be judged, or None."""
    failure = handshake.failure
    maker = _MAKERS.get(failure.reason) if failure else None
    if failure is None or maker is None or _chain_is_to_blame(case, handshake, failure):
        return None
    where = f"{spoken_address(handshake.address)} port {handshake.port}"
    if failure.reason is FailureReason.TIMEOUT and handshake.connected:
        return _stalled(failure, where)
    if handshake.chain and failure.reason in _BREAKS:
        return _broken_off(failure, where)
    if failure.alert is not None and handshake.sni is None:
        return _nameless(failure, where)
    return maker(case, failure, where)


def _chain_is_to_blame(case: Case, handshake: Handshake, failure: Failure) -> bool:
    """Whether the handshake broke on the certificate itself, which other checks name."""
    if not handshake.chain:
        return False
    if failure.reason is FailureReason.TOO_LARGE:
        return True
    unreadable = any(certificate.problems for certificate in case.sent)
    return failure.alert_sent == DECRYPT_ERROR or (failure.reason is FailureReason.TLS and unreadable)


def spoken_address(address: str) -> str:
    """Return an address for sentences, IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address


def _cause(
    cause: CauseId,
    headline: str,
    explanation: str,
    field: FieldId,
    seen: str,
    expected: str,
    detail: str = "",
) -> Cause:
    return Cause(cause, Severity.ERROR, headline, explanation, field, seen, expected, detail=detail)


def _refused(case: Case, failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.CONNECTION_REFUSED,
        f"{where} refuses the connection.",
        "The computer is there, but no program listens on that port, or a firewall rejects the connection. "
        "Look whether the service runs, on which port and address it listens, and whether the port was "
        "mistyped.",
        FieldId.PORT,
        "connection refused",
        "an open port",
    )


def _proxy(case: Case, failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.CONNECTION_REFUSED,
        "The proxy did not make the connection.",
        f"The way through the proxy failed: {failure.detail.rstrip('. ') or 'no reason given'}. It may not be "
        "running, not be allowed to reach this host or port, or want a login. A proxy from the environment is left "
        "out for the hosts that NO_PROXY lists.",
        FieldId.PORT,
        failure.detail or "refused by the proxy",
        "a connection through the proxy",
        "proxy",
    )


def _timeout(case: Case, failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.TIMEOUT,
        f"{where} does not answer in time.",
        "Nothing came back: a firewall drops the packets, the computer is off, or the address is wrong. "
        "Where other services of the same computer answer, it is a firewall.",
        FieldId.ADDRESS,
        failure.detail or "no answer",
        "an answer within the time limit",
    )


def _stalled(failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.TIMEOUT,
        f"{where} takes the connection and then stays silent: TLS does not come up.",
        "The port is open, so no firewall is in the way. The program behind it waits for something else (another "
        "protocol, an upgrade with STARTTLS), hangs or is overloaded.",
        FieldId.PROTOCOL,
        failure.detail or "connected, then silence",
        "a finished handshake within the time limit",
        "connected",
    )


def _broken_off(failure: Failure, where: str) -> Cause:
    said = (
        f"TLS alert {failure.alert}"
        if failure.alert is not None
        else failure.detail or "the connection was closed"
    )
    return _cause(
        CauseId.CONNECTION_RESET,
        f"{where} sent its certificate and then broke off the handshake.",
        "The certificate below is the one it sent, but no connection came about, so clients fail whatever the "
        "certificate says. The server's log names the reason: a key it cannot use, a crash, or a filter on the way.",
        FieldId.PROTOCOL,
        said,
        "a finished handshake",
        "after-certificate",
    )


def _nameless(failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.CONNECTION_RESET,
        f"{where} refuses a handshake that names no host.",
        f"The server broke off with TLS alert {failure.alert}. An address was asked for, so no name was sent, and "
        "this server has no certificate for that case. Ask for it by its name, or give the name with --sni.",
        FieldId.SNI,
        f"alert {failure.alert}, no name sent",
        "a certificate without a name in the handshake",
        "no-name-sent",
    )


def _unreachable(case: Case, failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.TIMEOUT,
        f"{where} cannot be reached from here.",
        "The network has no route to this address. For an IPv6 address that often means that this computer "
        "has no IPv6 connection; otherwise a router or a VPN is missing on the way.",
        FieldId.ADDRESS,
        failure.detail or "unreachable",
        "a route to the address",
        "unreachable",
    )


def _reset(case: Case, failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.CONNECTION_RESET,
        f"{where} closed the connection before TLS was up.",
        "The connection came about and was closed before a certificate was sent. A firewall or filter that "
        "looks at the server name does this, as does a server that crashes, is overloaded, or allows only "
        "certain clients.",
        FieldId.ADDRESS,
        failure.detail or "closed",
        "a TLS answer",
    )


def _alert(case: Case, failure: Failure, where: str) -> Cause:
    if failure.alert == UNRECOGNIZED_NAME:
        return _cause(
            CauseId.CONNECTION_RESET,
            f"{where} does not know the name {case.asked or 'that was sent'}.",
            "The server broke off with the alert unrecognized_name: it has no certificate for the name in "
            "the handshake and no default. Either the name is wrong or its virtual host is not set up.",
            FieldId.SNI,
            "alert unrecognized_name (112)",
            f"a certificate for {case.asked or 'the name'}",
            "unrecognized-name",
        )
    return _cause(
        CauseId.CONNECTION_RESET,
        f"{where} broke off the handshake with TLS alert {failure.alert}.",
        "The server gave up before it sent a certificate. Its log names the reason; often it has no "
        "certificate for the name, or cannot read the one it has.",
        FieldId.PROTOCOL,
        f"alert {failure.alert}" + (f": {failure.detail}" if failure.detail else ""),
        "a TLS handshake",
        f"alert-{failure.alert}",
    )


def _tls(case: Case, failure: Failure, where: str) -> Cause:
    return _cause(
        CauseId.CONNECTION_RESET,
        f"The TLS handshake with {where} broke off.",
        f"What the server sent could not be processed: {failure.detail or 'no reason given'}. No certificate "
        "was received.",
        FieldId.PROTOCOL,
        failure.detail or "an unreadable answer",
        "a TLS handshake",
        "tls-error",
    )


def _not_tls(case: Case, failure: Failure, where: str) -> Cause:
    spoke = failure.spoke or "something else"
    target = case.observation.target
    protocol = upgrade_of(failure.spoke or "", target.port or 0)
    hint = (
        f"Such a server begins in the clear, and TLS comes with an upgrade (STARTTLS): look at "
        f"{protocol}://{target.display_name}, or add --starttls {protocol}."
        if protocol and target.starttls is None
        else "Either the port is the wrong one, or TLS is not switched on for it."
    )
    return _cause(
        CauseId.NOT_TLS,
        f"{where} speaks {spoke}, not TLS.",
        f"The answer to the TLS greeting was {spoke}. {hint}",
        FieldId.PORT,
        spoke,
        "TLS",
        "plain-http" if spoke.upper().startswith("HTTP") else "",
    )


def _starttls(case: Case, failure: Failure, where: str) -> Cause:
    starttls = case.observation.target.starttls
    name = starttls.value if starttls else "the protocol"
    words = failure.detail.rstrip(". ")
    if failure.spoke == "TLS":
        return _cause(
            CauseId.STARTTLS_REFUSED,
            f"{where} speaks TLS from the first byte, without an upgrade.",
            f"An upgrade from plain {name} was tried, but this port expects TLS at once. Ask for it without STARTTLS "
            f"(for mail the schemes smtps, imaps and pop3s), or use the port that offers the upgrade.",
            FieldId.STARTTLS,
            "TLS at once",
            f"plain {name} that offers STARTTLS",
            "tls-at-once",
        )
    if failure.spoke:
        return _cause(
            CauseId.STARTTLS_REFUSED,
            f"{where} speaks {failure.spoke}, not {name}.",
            f"{failure.spoke} answered where {name} was asked for, so there was nothing to upgrade. The port or the "
            "scheme is not the right one.",
            FieldId.STARTTLS,
            words or failure.spoke,
            f"{name} that offers STARTTLS",
            "other-protocol",
        )
    return _cause(
        CauseId.STARTTLS_REFUSED,
        f"{where} does not upgrade {name} to TLS.",
        f"The server did not agree to STARTTLS: {words or 'it does not offer it'}. Either TLS is not switched on "
        "there, it does not serve this name, or a device on the way removes the offer.",
        FieldId.STARTTLS,
        words or "not offered",
        "an offer of STARTTLS",
    )


_BREAKS = frozenset({FailureReason.RESET, FailureReason.ALERT, FailureReason.TLS, FailureReason.TOO_LARGE})

_MAKERS: dict[FailureReason, Callable[[Case, Failure, str], Cause]] = {
    FailureReason.REFUSED: _refused,
    FailureReason.PROXY: _proxy,
    FailureReason.TIMEOUT: _timeout,
    FailureReason.UNREACHABLE: _unreachable,
    FailureReason.RESET: _reset,
    FailureReason.ALERT: _alert,
    FailureReason.TLS: _tls,
    FailureReason.TOO_LARGE: _tls,
    FailureReason.NOT_TLS: _not_tls,
    FailureReason.STARTTLS_REFUSED: _starttls,
}
