"""Does every machine behind the name serve the same certificate, and if not, is each of them good?"""

from __future__ import annotations

from collections.abc import Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.key_kinds import kind_cause
from certwizard.diagnosis.checks.served import described, what_is_served
from certwizard.diagnosis.checks.wrong_certificate import wrong_certificate_cause
from certwizard.diagnosis.elsewhere import Served, Share
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status, Verdict

MAX_ROWS = 16
_BESIDES = 3
_BADNESS = (Verdict.ACCEPTED, Verdict.WARNED, Verdict.UNDETERMINED, Verdict.REJECTED)
_STATUS = {
    Verdict.ACCEPTED: Status.PASS,
    Verdict.WARNED: Status.WARN,
    Verdict.UNDETERMINED: Status.UNKNOWN,
    Verdict.REJECTED: Status.FAIL,
}


def address_causes(case: Case, served: Sequence[Served]) -> list[Cause]:
    """Return `inconsistent-addresses` where the machines behind the name send different chains.

    Args:
        case: The judged chain's.
        served: Each chain with where it was met, the judged one first; empty where all agree.
    """
    by_address = [group for group in served if not group.group.kind]
    causes = [kind_cause(case, group, served[0]) for group in served if group.group.kind]
    if len(by_address) > 1 and not _told_by_the_name(case, by_address):
        severity = _severity(by_address)
        harmless = severity is Severity.INFO
        causes.append(_harmless(by_address) if harmless else _cause(case, by_address, severity))
    return [cause for cause in causes if cause is not None]


def address_facts(served: Sequence[Served]) -> list[Fact]:
    """Return a row for each address, grouped by what is served there."""
    return [
        Fact(
            FieldId.ADDRESS,
            _label(group, share),
            described(group),
            "a certificate and chain that clients accept",
            _STATUS[group.diagnosis.verdict],
        )
        for group in served
        for share in group.shares
    ][:MAX_ROWS]


def _label(group: Served, share: Share) -> str:
    if group.group.kind:
        return f"With {group.group.kind} key at {share.address}"
    often = "" if share.whole else f", {share.times} of {share.of} times"
    return f"Served at {share.address}{often}"


def _told_by_the_name(case: Case, served: Sequence[Served]) -> bool:
    """Return whether `wrong-certificate-served` says it all: bad where it was judged, good elsewhere."""
    wrong = wrong_certificate_cause(case)
    told = wrong is not None and wrong.detail == "other-address"
    return told and not any(group.refusing for group in served[1:])


def _severity(served: Sequence[Served]) -> Severity:
    """Return how much hangs on the address that a client happens to reach.

    What is refused everywhere for the same reason is no matter of the address.
    """
    refusing = {group.refusing for group in served}
    shared = frozenset.intersection(*(group.errors for group in served))
    if len(refusing) > 1 or (refusing != {frozenset()} and not shared):
        return Severity.ERROR
    faults = {(group.diagnosis.verdict, frozenset(cause.id for cause in group.faults)) for group in served}
    return Severity.WARNING if len(faults) > 1 else Severity.INFO


def _cause(case: Case, served: Sequence[Served], severity: Severity) -> Cause:
    ranked = sorted(served, key=_badness)
    good, bad = ranked[0], ranked[-1]
    balanced = any(not share.whole for group in served for share in group.shares)
    where = f"{bad.where} {bad.how_often}".rstrip()
    return Cause(
        CauseId.INCONSISTENT_ADDRESSES,
        severity,
        _headline(case, bad, good),
        f"{_more(bad)}{_besides(case, ranked[1:-1], good)}{_consequence(severity, balanced)} {_repair(balanced)}",
        FieldId.ADDRESS,
        f"{where}: {described(bad)}",
        "a good certificate at every address" if good.faults else f"as at {good.where}: {described(good)}",
        detail="balancer" if balanced else "",
    )


def _headline(case: Case, bad: Served, good: Served) -> str:
    first = _clause(bad, what_is_served(case, bad, good))
    second = what_is_served(case, good, bad)
    if bad.how_often and bad.where == good.where:
        return f"{first}; {good.how_often} it serves {second}."
    return f"{first}; {_clause(good, second)}."


def _clause(group: Served, what: str) -> str:
    verb = "serves" if len(group.shares) == 1 else "serve"
    return f"{group.where} {verb} {what} {group.how_often}".rstrip()


def _harmless(served: Sequence[Served]) -> Cause:
    seen = listing(tuple(f"{group.where}: {described(group)}" for group in served), 4)
    return Cause(
        CauseId.INCONSISTENT_ADDRESSES,
        Severity.INFO,
        "The addresses of the name serve different certificates or chains, and clients take all of them alike.",
        "Each machine may have a certificate of its own, and during a renewal the old and the new one stand "
        "side by side. Nothing needs to be done.",
        FieldId.ADDRESS,
        seen,
        "one certificate, or several good ones",
    )


def _badness(group: Served) -> tuple[int, int]:
    return _BADNESS.index(group.diagnosis.verdict), len(group.faults)


def _consequence(severity: Severity, balanced: bool) -> str:
    if balanced:
        met = "Several machines answer there, and every new connection may reach another one of them"
    else:
        met = "Clients take any address of the name, those with IPv6 rather an IPv6 one"
    if severity is Severity.ERROR:
        return f"{met}, so it works for some and fails for others, or now and then."
    if balanced:
        return f"{met}, so chance decides which of the certificates they meet."
    return f"{met}, so the address decides which of the certificates they meet."


def _repair(balanced: bool) -> str:
    left_out = (
        "One of the machines was left out when the certificate was set up or renewed; bring it into line"
    )
    if balanced:
        return f"{left_out} with the rest, or take it out of the balancer until it is."
    return f"{left_out} with the rest, or take its address out of DNS."


def _besides(case: Case, between: Sequence[Served], good: Served) -> str:
    """Return what is wrong at places that are neither the best nor the worst."""
    faulty = [group for group in between if group.faults][:_BESIDES]
    words = tuple(_clause(group, what_is_served(case, group, good)) for group in faulty)
    return f"Besides, {listing(words)}. " if words else ""


def _more(bad: Served) -> str:
    return f"About {bad.where}: {bad.faults[0].headline} " if bad.faults else ""
