"""The paths beside the one judged by: which of them are good, and which are dead ends that old clients take."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.flaws import Flaw
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.result import Fact
from certwizard.diagnosis.stores import store_names
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, FieldId, Status

MOST_SHOWN = 4
_WORDS = {
    CauseId.EXPIRED: "has expired",
    CauseId.NOT_YET_VALID: "is not valid yet",
    CauseId.NOT_A_CA: "may not issue certificates",
    CauseId.PATH_LENGTH: "allows fewer CAs below it",
    CauseId.NAME_CONSTRAINTS: "has a name that is not allowed",
    CauseId.BAD_SIGNATURE: "has a wrong signature",
    CauseId.WEAK_KEY: "has a weak key",
    CauseId.WEAK_SIGNATURE: "has a weak signature",
    CauseId.WRONG_USAGE: "may not issue for servers",
    CauseId.UNKNOWN_CRITICAL_EXTENSION: "has a critical extension that clients do not know",
    CauseId.PROFILE_VIOLATION: "has no policy that its CAs allow",
    CauseId.MALFORMED: "names another key as its issuer's",
}


def other_path_facts(case: Case) -> list[Fact]:
    """Return a row for each other path that leads to a root, and one where the search stopped early."""
    best, *others = case.choice.judged or (None,)
    facts = []
    if best is not None and best.path.anchored:
        shown = [each for each in others if each.path.anchored or each.path.self_signed_end]
        facts = [_fact(case, best, each) for each in shown[:MOST_SHOWN]]
        if len(shown) > MOST_SHOWN:
            more = f"{len(shown) - MOST_SHOWN} more"
            facts.append(Fact(FieldId.CHAIN, "Other paths", more, status=Status.PASS))
    beyond = len(case.observation.chain) - len(case.sent)
    if beyond:
        seen = f"{beyond} more than the {len(case.sent)} that were looked at"
        facts.append(Fact(FieldId.CHAIN, "Certificates sent", seen, "a handful", Status.UNKNOWN))
    if case.choice.stopped:
        seen = f"the search stopped {case.choice.stopped}"
        facts.append(Fact(FieldId.CHAIN, "Other paths", seen, status=Status.UNKNOWN))
    return facts


def _fact(case: Case, best: Judged, other: Judged) -> Fact:
    usual = {node.certificate.sha256 for node in best.path.nodes}
    own = [node.certificate for node in other.path.nodes if node.certificate.sha256 not in usual]
    over = f"over {listing(tuple(quoted(each) for each in own), 2)}" if own else "a part of the path above"
    broken = next((flaw for flaw in other.flaws if flaw.refused and _is_own(other, flaw, own)), None)
    if broken is not None:
        certificate = other.path.nodes[broken.position].certificate
        seen = f"{over}: dead, {quoted(certificate)} {_WORDS.get(broken.cause, broken.cause.value)}"
        expected = "no client that takes it; old ones may"
        return Fact(FieldId.CHAIN, "Another path", seen, expected, Status.WARN, _index(case, own))
    if not other.path.anchored:
        seen = f"{over}: ends in a root that is not trusted here"
        return Fact(FieldId.CHAIN, "Another path", seen, "", Status.PASS, _index(case, own))
    seen = f"{over}: good too, to a root of {store_names(case, other.path.stores)}"
    return Fact(FieldId.CHAIN, "Another path", seen, "", Status.PASS, _index(case, own))


def _is_own(other: Judged, flaw: Flaw, own: list[Certificate]) -> bool:
    """Return whether a flaw belongs to what only this path has, or to what it makes of the rest."""
    certificate = other.path.nodes[flaw.position].certificate
    return any(each.sha256 == certificate.sha256 for each in own) or flaw.position > 0


def _index(case: Case, own: list[Certificate]) -> int | None:
    return next((index for each in own if (index := case.index_of(each)) is not None), None)
