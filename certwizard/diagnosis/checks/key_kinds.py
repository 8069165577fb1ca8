"""A server with an RSA and an ECDSA certificate: is the one that most clients do not see good as well?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.served import described, what_is_served
from certwizard.diagnosis.elsewhere import Served
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId, FieldId, Severity
from certwizard.knowledge.clients import find_profile

KEY_KIND = "key-kind"
"""The detail of a cause that is about the certificate with the other kind of key."""


def kind_cause(case: Case, other: Served, judged: Served) -> Cause | None:
    """Return `inconsistent-addresses` where the certificate with the other kind of key has faults of its own.

    Args:
        case: The judged chain's.
        other: The chain that only clients with other preferences are given.
        judged: The chain that was judged.
    """
    mine = {cause.id for cause in judged.faults}
    if all(fault.id in mine for fault in other.faults):
        return None
    kind, met_by = other.group.kind, other.group.audience or frozenset()
    refusing = other.refusing - judged.refusing
    severity = Severity.ERROR if refusing and other.errors - judged.errors else Severity.WARNING
    what, usual = what_is_served(case, other, judged), what_is_served(case, judged, other)
    return Cause(
        CauseId.INCONSISTENT_ADDRESSES,
        severity,
        f"Clients that ask for an {kind} key get {what}; the others get {usual}.",
        f"{other.where} has two certificates, one for each kind of key, and every client is given the one it "
        f"prefers. {other.faults[0].headline} {_who(met_by, kind)} Both certificates have to be renewed and "
        "installed, or the second one taken out of the configuration.",
        FieldId.PUBLIC_KEY,
        described(other),
        "a good certificate for each kind of key",
        detail=KEY_KIND,
        minded_by=met_by,
    )


def _who(met_by: frozenset[str], kind: str) -> str:
    titles = (profile.title for each in sorted(met_by) if (profile := find_profile(each)) is not None)
    names = listing(tuple(titles))
    if names:
        return f"{names} prefer {kind} here, as far as is known."
    return f"Only clients that know no other kind than {kind} meet it; today's know both."
