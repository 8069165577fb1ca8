"""Every real client against every server of the practice lab, compared with what the profiles say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, ClientOutcome
from certwizard.domain.observation import Observation
from certwizard.domain.target import TargetKind
from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.clients import find_profile
from certwizard.lab.lab import Lab
from certwizard.lab.scenario import OpenScenario, Scenario
from certwizard.probe.run import probe
from tests.real.clients.visit import PATIENCE, Action, Driver, Outcome, Visit

VENDORS = ("mozilla", "microsoft", "java", "system")
"""Every store that vendors fill."""
BROWSERS = frozenset({"chrome", "firefox"})
"""Those that show a code of its own beside the words."""
_SILENT = 4.0
"""Seconds a client gets in front of a server that never answers."""
_OPEN = re.compile(r"<[a-z][a-z ]*>")
_OF_THE_PAGE = frozenset({"client-cert-required-page"})
"""Scenarios where TLS comes about and the page says no, which drivers take for accepted."""
_UNSEEN = "nothing was judged"


@dataclass(frozen=True, slots=True)
class Pair:
    """One client at one server: what it did, and what its profile says."""

    client: str
    scenario: str
    did: Outcome
    expected: ClientOutcome
    texts: tuple[str, ...]
    """The row's words as patterns; empty where the profile says it accepts."""

    @property
    def complaint(self) -> str:
        """What differs between the two, or nothing."""
        said = self.expected.action
        if self.did.action is Action.UNKNOWN:
            return f"the client could not be driven: {self.did.words[-300:]}"
        if said is ClientAction.UNKNOWN and self.expected.cause is None:
            return f"the profile does not know; it {self.did.action.value}: {self.words}"
        accepted = self.did.action is Action.ACCEPTS
        if said in (ClientAction.ACCEPTS, ClientAction.WARNS):
            return "" if accepted else f"the profile says it accepts; it said: {self.words}"
        if accepted:
            open_question = said is ClientAction.UNKNOWN and not self.unseen
            return "" if open_question else f"the profile says: {self.expected.message}; it accepted"
        told = self.client not in BROWSERS or self.expected.code in self.did.words
        if told and any(re.search(text, self.did.words) for text in self.texts):
            return ""
        return f"the profile says: {self.expected.message}; it said: {self.words}"

    @property
    def unseen(self) -> bool:
        """Whether there was no connection, so that no client can have judged anything."""
        return self.expected.note == "No connection came about."

    @property
    def words(self) -> str:
        """What it said, in one short line."""
        return " ".join(self.did.words.split())[-400:]


@dataclass(frozen=True, slots=True)
class Place:
    """One server: where clients are sent, and what is said of it here."""

    id: str
    visits: tuple[Visit, ...]
    """One for each address."""
    observation: Observation


def lab_places(lab: Lab, scenarios: Iterable[Scenario], folder: Path) -> list[Place]:
    """Open and probe the scenarios of the practice lab that are servers."""
    opened = [lab.open(scenario.id) for scenario in scenarios]
    visits = {each.scenario.id: tuple(visits_of(each, folder)) for each in opened}
    served = [each for each in opened if visits[each.scenario.id]]
    with ThreadPoolExecutor(2) as pool:
        seen = list(pool.map(observed, served))
    return [
        Place(each.scenario.id, visits[each.scenario.id], observation)
        for each, observation in zip(served, seen, strict=True)
    ]


def visits_of(opened: OpenScenario, folder: Path) -> list[Visit]:
    """Return the visits that a scenario asks for: one for each address; none for files.

    None either where the fault is the machine's own list of roots: drivers give each client a list of theirs.
    """
    target = opened.target
    if opened.scenario.id in _OF_THE_PAGE:
        return []
    if target.kind is TargetKind.FILES or target.port is None or opened.options.environment:
        return []
    vendor = opened.options.vendor_roots
    files = [*opened.options.ca_files, *([vendor] if vendor else [])]
    roots = folder / f"{opened.scenario.id}-roots.pem"
    roots.write_text("".join(Path(name).read_text("ascii") for name in files), "ascii")
    return [
        Visit(
            host=target.server_name or target.host or "",
            port=target.port,
            connect=address,
            ca_file=next(iter(opened.options.ca_files), ""),
            vendor_roots=vendor or "",
            roots=str(roots),
            starttls=target.starttls.value if target.starttls else "",
            patience=_SILENT if opened.scenario.id == "timeout" else PATIENCE,
        )
        for address in _addresses(opened)
    ]


def _addresses(opened: OpenScenario) -> list[str]:
    if opened.scenario.id == "dns-failure":
        return [""]
    if opened.scenario.id == "inconsistent-addresses":
        return ["127.0.0.1", "::1"]
    if opened.scenario.id == "inconsistent-balancer":
        return ["127.0.0.1"] * 8  # Each visit meets another machine, other clients' visits in between.
    return ["127.0.0.1"]


def observed(opened: OpenScenario) -> Observation:
    """Probe a scenario; a root that stands in for the vendors' is held by every vendor, not by Mozilla alone."""
    seen = probe(opened.target, opened.options)
    if opened.options.vendor_roots is None:
        return seen
    anchors = tuple(
        replace(anchor, stores=tuple(dict.fromkeys((*anchor.stores, *VENDORS))))
        if "mozilla" in anchor.stores
        else anchor
        for anchor in seen.anchors
    )
    return replace(seen, anchors=anchors)


def compare(places: Sequence[Place], drivers: Sequence[Driver]) -> list[Pair]:
    """Let every client visit every server, two clients at a time, and return the pairs."""
    with ThreadPoolExecutor(2) as pool:
        does = list(pool.map(lambda driver: _tour(driver, places), drivers))
    diagnoses = [diagnose(place.observation) for place in places]
    return [
        Pair(driver.id, place.id, did[place.id], expected, texts_of(expected))
        for driver, did in zip(drivers, does, strict=True)
        for place, diagnosis in zip(places, diagnoses, strict=True)
        for expected in diagnosis.clients
        if expected.client == driver.id and place.id in did
    ]


def _tour(driver: Driver, places: Sequence[Place]) -> dict[str, Outcome]:
    """Send a client everywhere at once; where a server has several addresses, a refusal counts."""
    asked = [
        (place.id, visit)
        for place in places
        for visit in place.visits
        if not visit.starttls or visit.starttls in driver.starttls
    ]
    found: dict[str, Outcome] = {}
    for (place, _), outcome in zip(asked, driver.visit([visit for _, visit in asked]), strict=True):
        if place not in found or outcome.action is Action.REJECTS:
            found[place] = outcome
    return found


def texts_of(expected: ClientOutcome) -> tuple[str, ...]:
    """Return the words of an outcome's row as patterns: what stands in angle brackets may be anything."""
    profile = find_profile(expected.client)
    if profile is None or expected.cause is None:
        return ()
    rows = [profile.messages.get(expected.cause)]
    rows += [row for (cause, _), row in profile.variants.items() if cause is expected.cause]
    if expected.cause in (CauseId.INCONSISTENT_ADDRESSES, CauseId.PROTOCOL_VERSION):
        # The words are those of the fault at the odd address, or of how a server breaks off, whichever it is.
        rows = [*profile.messages.values(), *profile.variants.values()]
    return tuple(
        pattern(row.text) for row in rows if row is not None and _is_said(expected, row.code, row.text)
    )


def _is_said(expected: ClientOutcome, code: str, text: str) -> bool:
    """Return whether a row is the one whose words the outcome has."""
    wanted = pattern(text)
    return expected.code == code and bool(re.search(wanted, expected.message.replace("…", "x")))


def pattern(text: str) -> str:
    """Return a row's text as a pattern."""
    parts = [re.escape(part) for part in _OPEN.split(text)]
    return "(?s:.*?)".join(parts)
