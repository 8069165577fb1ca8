"""What is served at one place, in the words of a sentence: by its first fault, or as a description."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.elsewhere import Served
from certwizard.diagnosis.naming import listing, quoted
from certwizard.domain.vocabulary import CauseId, Severity, Verdict
from certwizard.domain.wording import day, relative

_SHORT = 16
_NEW_NAMES = frozenset({CauseId.HOSTNAME_MISMATCH, CauseId.NO_SAN, CauseId.WRONG_CERTIFICATE_SERVED})
_PLAIN = {
    CauseId.SELF_SIGNED: "a self-signed certificate",
    CauseId.UNTRUSTED_ROOT: "a certificate whose issuer is not trusted",
    CauseId.MISSING_INTERMEDIATE: "its certificate without the intermediate one",
    CauseId.REVOKED: "a certificate that was revoked",
    CauseId.DISTRUSTED_CA: "a certificate of a CA that is no longer trusted",
    CauseId.KEY_MISMATCH: "a certificate that it does not have the key of",
}


def what_is_served(case: Case, group: Served, other: Served) -> str:
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


def described(group: Served) -> str:
    """Return name, end, fingerprint and length of what is served there."""
    leaf = group.leaf
    ends = f"ends {day(leaf.not_after)}" if leaf.not_after is not None else "with an unreadable end"
    number = len(group.diagnosis.sent)
    chain = "1 certificate" if number == 1 else f"{number} certificates"
    return f"{quoted(leaf)}, {ends}, SHA-256 {leaf.sha256[:_SHORT]}…, {chain} sent"
