"""What stands around a chain: missing issuers, trust stores, OpenSSL's verdict, revocation answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from certwizard.domain.observation import Anchor, Fetch, OpenSSLVerdict, TrustStore
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase, PhaseState
from certwizard.domain.trust_stores import TrustVariable
from certwizard.probe.cancel import CancelToken
from certwizard.probe.guard import Reach
from certwizard.probe.links import Links
from certwizard.probe.made_up_name import leads_to_vendors
from certwizard.probe.outline import Outline, outline_of
from certwizard.probe.phases import Phases, counted
from certwizard.probe.store_loading import load_stores
from certwizard.probe.stores import Stores

if TYPE_CHECKING:
    from certwizard.probe.fetch import Fetcher

MAX_JUDGED = 100
MAX_OTHERS = 7
_NO_CHAIN = "there is no certificate"
_OFFLINE = "offline: nothing but the target is contacted"
_CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was found around a chain."""

    fetches: tuple[Fetch, ...] = ()
    stores: tuple[TrustStore, ...] = ()
    variables: tuple[TrustVariable, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    ct_logs: tuple[bytes, ...] = ()
    openssl: OpenSSLVerdict | None = None
    openssl_version: str = ""
    public: bool = False
    """Whether the chain leads to a root that vendors ship."""


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Looks around the chain of one probe."""

    options: ProbeOptions
    reach: Reach
    at: datetime
    phases: Phases
    cancel: CancelToken

    def look(self, chain: tuple[bytes, ...], others: Iterable[tuple[bytes, ...]] = ()) -> Surroundings:
        """Return what stands around a chain, leaf first.

        Args:
            chain: The one to judge.
            others: What other addresses sent instead: their issuers and roots are looked for as well.
        """
        sent = _outlines(chain)
        if not chain or self.cancel.cancelled:
            reason = _CANCELLED if self.cancel.cancelled else _NO_CHAIN
            for phase in (Phase.CHAIN, Phase.TRUST, Phase.REVOCATION):
                self.phases.say(phase, PhaseState.SKIPPED, reason)
            return Surroundings()
        stores = load_stores(self.options)
        links = Links(sent, stores)
        fetcher = None if self.options.offline else self._fetcher()
        issuers = self._complete(links, fetcher)
        anchors = self._anchors(links, stores)
        from certwizard.probe.openssl import openssl_version, verify

        verdict = verify(chain[:MAX_JUDGED], [anchor.der for anchor in anchors], self.at)
        answers = self._revocation(links, fetcher)
        public = leads_to_vendors(links.pool, anchors)
        for other in islice(dict.fromkeys(others), MAX_OTHERS):
            more = Links(_outlines(other), stores)
            issuers += self._fetched_for(more, fetcher)
            anchors += _anchors_for(more, stores)
        anchors = tuple(dict.fromkeys(anchors))
        from certwizard.probe.exclusions import with_exclusions

        records, logs = with_exclusions(stores.records, anchors), self._logs()
        return Surroundings(
            issuers + answers, records, stores.variables, anchors, logs, verdict, openssl_version(), public
        )

    def _logs(self) -> tuple[bytes, ...]:
        if self.options.vendor_roots is None or self.options.only_ca_file:
            return ()
        from certwizard.probe.vendor_logs import vendor_logs

        return vendor_logs(self.options.vendor_roots)

    def _fetcher(self) -> "Fetcher":
        from certwizard.probe.fetch import Fetcher

        return Fetcher(self.options, self.reach, self.cancel)

    def _complete(self, links: Links, fetcher: "Fetcher | None") -> tuple[Fetch, ...]:
        self.phases.say(Phase.CHAIN, PhaseState.RUNNING)
        if not self._ends(links):
            self.phases.say(Phase.CHAIN, PhaseState.DONE, "nothing to fetch")
            return ()
        if fetcher is None:
            self.phases.say(Phase.CHAIN, PhaseState.SKIPPED, _OFFLINE)
            return ()
        from certwizard.probe.aia import fetch_missing

        before = len(links.pool)
        fetches = fetch_missing(links, fetcher, self.cancel)
        found = len(links.pool) - before
        if not fetches:
            self.phases.say(Phase.CHAIN, PhaseState.SKIPPED, "no certificate says where its issuer is")
        elif self._ends(links):
            self.phases.say(Phase.CHAIN, PhaseState.FAILED, "a missing certificate could not be fetched")
        else:
            self.phases.say(Phase.CHAIN, PhaseState.DONE, f"{counted(found, 'certificate')} fetched")
        return fetches

    def _fetched_for(self, links: Links, fetcher: "Fetcher | None") -> tuple[Fetch, ...]:
        if fetcher is None or not self._ends(links):
            return ()
        from certwizard.probe.aia import fetch_missing

        return fetch_missing(links, fetcher, self.cancel)

    @staticmethod
    def _ends(links: Links) -> list[Outline]:
        """Return the certificates whose issuer is missing; one that signs itself misses none."""
        return [end for end in links.loose_ends() if not end.is_self_issued]

    def _anchors(self, links: Links, stores: Stores) -> tuple[Anchor, ...]:
        self.phases.say(Phase.TRUST, PhaseState.RUNNING)
        anchors = _anchors_for(links, stores)
        usable = [record for record in stores.records if record.failure is None]
        words = f"{counted(len(usable), 'store')}, {counted(sum(one.count for one in usable), 'root')}"
        self.phases.say(Phase.TRUST, PhaseState.DONE if usable else PhaseState.FAILED, words)
        return anchors

    def _revocation(self, links: Links, fetcher: "Fetcher | None") -> tuple[Fetch, ...]:
        from certwizard.probe.crl_file import read_crl_file

        given = tuple(
            fetch for path in dict.fromkeys(self.options.crl_files) for fetch in read_crl_file(path)
        )
        if fetcher is None or self.cancel.cancelled:
            reason = _OFFLINE if fetcher is None else _CANCELLED
            self.phases.say(Phase.REVOCATION, PhaseState.SKIPPED, reason)
            return given
        from certwizard.probe.revocation import inquiries, make_inquiries

        wanted = inquiries(links.path())
        if not wanted:
            self.phases.say(Phase.REVOCATION, PhaseState.SKIPPED, "no certificate says whom to ask")
            return given
        self.phases.say(Phase.REVOCATION, PhaseState.RUNNING, counted(len(wanted), "request"))
        fetched = make_inquiries(wanted, fetcher)
        answered = sum(fetch.failure is None for fetch in fetched)
        state = PhaseState.DONE if answered else PhaseState.FAILED
        self.phases.say(Phase.REVOCATION, state, f"{answered} of {counted(len(fetched), 'request')} answered")
        return given + fetched


def _outlines(chain: tuple[bytes, ...]) -> list[Outline]:
    return [outline for der in chain[:MAX_JUDGED] if (outline := outline_of(der)) is not None]


def _anchors_for(links: Links, stores: Stores) -> tuple[Anchor, ...]:
    ends = links.loose_ends()
    return stores.anchors(links.pool, ends[0] if ends else None)
