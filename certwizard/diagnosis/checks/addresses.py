"""Do all addresses of the name serve the same certificate, and if not, is each of them good?"""

from __future__ import annotations

from collections.abc import Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.wrong_certificate import wrong_certificate_cause
from certwizard.diagnosis.elsewhere import Served
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status, Verdict
from certwizard.domain.wording import day, relative

MAX_ROWS = 16
_SHORT = 16
_BADNESS = (Verdict.ACCEPTED, Verdict.WARNED, Verdict.UNDETERMINED, Verdict.REJECTED)
_STATUS = {
    Verdict.ACCEPTED: Status.PASS,
    Verdict.WARNED: Status.WARN,
    Verdict.UNDETERMINED: Status.UNKNOWN,
    Verdict.REJECTED: Status.FAIL,
}
_NEW_NAMES = frozenset({CauseId.HOSTNAME_MISMATCH, CauseId.NO_SAN, CauseId.WRONG_CERTIFICATE_SERVED})
_PLAIN = {
    CauseId.SELF_SIGNED: "a self-signed certificate",
    CauseId.UNTRUSTED_ROOT: "a certificate whose issuer is not trusted",
    CauseId.MISSING_INTERMEDIATE: "its certificate without the intermediate one",
    CauseId.REVOKED: "a certificate that was revoked",
    CauseId.DISTRUSTED_CA: "a certificate of a CA that is no longer trusted",
}


def address_causes(case: Case, served: Sequence[Served]) -> list[Cause]:
    """Return `inconsistent-addresses` where the addresses of the name send different chains.

    Args:
        case: The judged chain's.
        served: Each chain with its addresses, the judged one first; empty where all agree.
    """
    if not served or _told_by_the_name(case, served):
        return []
    severity = _severity(served)
    return [_harmless(served) if severity is Severity.INFO else _cause(case, served, severity)]


def address_facts(served: Sequence[Served]) -> list[Fact]:
    """Return a row for each address, grouped by what is served there."""
    return [
        Fact(
            FieldId.ADDRESS,
            f"Served at {address}",
            _described(group),
            "a certificate and chain that clients accept",
            _STATUS[group.diagnosis.verdict],
        )
        for group in served
        for address in group.addresses
    ][:MAX_ROWS]


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
    return Cause(
        CauseId.INCONSISTENT_ADDRESSES,
        severity,
        f"{bad.where} {_serves(bad)} {_what(case, bad, good)}; "
        f"{good.where} {_serves(good)} {_what(case, good, bad)}.",
        f"{_more(bad)}{_consequence(severity)} One of the machines was left out when the certificate was set "
        "up or renewed; bring it into line with the rest, or take its address out of DNS.",
        FieldId.ADDRESS,
        f"{bad.where}: {_described(bad)}",
        "a good certificate at every address" if good.faults else f"as at {good.where}: {_described(good)}",
    )


def _harmless(served: Sequence[Served]) -> Cause:
    seen = listing(tuple(f"{group.where}: {_described(group)}" for group in served), 4)
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


def _serves(group: Served) -> str:
    return "serves" if len(group.addresses) == 1 else "serve"


def _what(case: Case, group: Served, other: Served) -> str:
    """Return what is served there, by its first fault."""
    if not group.faults:
        unsure = group.diagnosis.verdict is Verdict.UNDETERMINED
        return "a certificate that could not be judged" if unsure else "a good one"
    left_out = _left_out(group, other)
    if left_out:
        return f"the same certificate without the intermediate {left_out}"
    fault, leaf = group.faults[0], group.leaf
    if fault.certificate == 0 and fault.id is CauseId.EXPIRED and leaf.not_after is not None:
        return f"a certificate that expired {relative(leaf.not_after, case.judged_at)}"
    if fault.certificate == 0 and fault.id is CauseId.EXPIRING_SOON and leaf.not_after is not None:
        return f"a certificate that ends {relative(leaf.not_after, case.judged_at)}"
    if fault.certificate == 0 and fault.id is CauseId.NOT_YET_VALID and leaf.not_before is not None:
        return f"a certificate that is valid only from {day(leaf.not_before)}"
    if fault.id in _NEW_NAMES and case.asked:
        return f"a certificate that does not cover {case.asked}"
    refused = "a certificate that clients refuse"
    return _PLAIN.get(fault.id, refused if fault.severity is Severity.ERROR else "one with a lesser fault")


def _left_out(group: Served, other: Served) -> str:
    """Return the intermediates of the same certificate that only the other addresses send."""
    unfinished = {CauseId.MISSING_INTERMEDIATE, CauseId.UNTRUSTED_ROOT}
    if group.leaf.sha256 != other.leaf.sha256 or group.faults[0].id not in unfinished:
        return ""
    have = {each.certificate.sha256 for each in group.diagnosis.sent}
    missing = (each.certificate for each in other.diagnosis.sent if each.certificate.sha256 not in have)
    return listing(tuple(quoted(each) for each in missing if not each.is_self_issued), 3)


def _consequence(severity: Severity) -> str:
    any_address = "Clients take any address of the name, those with IPv6 rather an IPv6 one"
    if severity is Severity.ERROR:
        return f"{any_address}, so it works for some and fails for others, or now and then."
    return f"{any_address}, so the address decides which of the certificates they meet."


def _more(bad: Served) -> str:
    return f"About {bad.where}: {bad.faults[0].headline} " if bad.faults else ""


def _described(group: Served) -> str:
    leaf = group.leaf
    ends = f"ends {day(leaf.not_after)}" if leaf.not_after is not None else "with an unreadable end"
    number = len(group.diagnosis.sent)
    chain = "1 certificate" if number == 1 else f"{number} certificates"
    return f"{quoted(leaf)}, {ends}, SHA-256 {leaf.sha256[:_SHORT]}…, {chain} sent"
