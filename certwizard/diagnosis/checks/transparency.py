"""Was the certificate published in enough transparency logs for the browsers that look?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.first import ca_stands_first
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.result import Cause, Fact
from certwizard.diagnosis.transparency.collected import CollectedSct, Collection, collect
from certwizard.diagnosis.transparency.weighing import Shortfall, Weighed, weigh
from certwizard.domain.certificate import Certificate
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status
from certwizard.domain.wording import moment
from certwizard.knowledge.transparency import ct_logs_as_of, ct_policies

_LABEL = "Public logs (SCTs)"
_FORGED = "its log did not sign that for this certificate"
_CLAUSES = {
    Shortfall.NONE_AT_ALL: "no proof (SCT) that counts came with it",
    Shortfall.TOO_FEW: "too few proofs (SCTs) came with it",
    Shortfall.NO_CURRENT_LOG: "all its proofs (SCTs) are from logs that have closed",
    Shortfall.ONE_OPERATOR: "too many of its proofs (SCTs) are from logs of one operator",
    Shortfall.NO_RFC6962: "none of its proofs (SCTs) is from a log of the older kind (RFC 6962)",
}


@dataclass(frozen=True, slots=True)
class Transparency:
    """What the policy check takes over."""

    causes: tuple[Cause, ...] = ()
    facts: tuple[Fact, ...] = ()
    unknown: str = ""
    """Why it could not be settled, in one sentence."""


def transparency(case: Case) -> Transparency:
    """Judge the SCTs of the leaf; browsers ask for them only below roots that they ship."""
    leaf = case.leaf
    if leaf is None or not case.readable or ca_stands_first(case) is not None:
        return Transparency()
    if leaf.supposed_signer:  # Only imagined, as a CA would issue it: logged.
        return Transparency()
    if not case.publicly_trusted:
        seen = "not asked for: browsers want proofs below the roots they ship alone"
        return Transparency(facts=(Fact(FieldId.SCT_LIST, _LABEL, seen, "", Status.SKIPPED, 0),))
    found = collect(case, leaf)
    weighed = _weighed(case, leaf, found)
    failed = [each for each in weighed if each.status is Status.FAIL]
    unasked = failed and not found.asked
    causes = (_cause(case, found, failed),) if failed and (found.asked or case.from_files) else ()
    unknown = ""
    if unasked and not case.from_files:
        unknown = (
            "Whether the server sends proofs of public logging (SCTs) in the handshake was not looked at; "
            "the certificate itself carries too few."
        )
    elif not failed and any(each.status is Status.UNKNOWN for each in weighed):
        unknown = (
            "Whether the certificate was logged publicly enough rests on logs that the list of "
            f"{ct_logs_as_of():%Y-%m-%d} does not name."
        )
    facts = (*_summary(weighed, found, unasked=bool(unknown)), *map(_fact, found.scts), *_broken(found))
    return Transparency(causes, facts, unknown)


def _weighed(case: Case, leaf: Certificate, found: Collection) -> list[Weighed]:
    if leaf.lifetime is None or leaf.not_before is None:
        return []
    return [
        weigh(policy, found.scts, leaf.lifetime, case.judged_at)
        for policy in ct_policies()
        if leaf.not_before >= policy.since
    ]


def _cause(case: Case, found: Collection, failed: Sequence[Weighed]) -> Cause:
    worst = min(failed, key=lambda each: list(Shortfall).index(each.shortfall or Shortfall.NO_RFC6962))
    shortfall = worst.shortfall or Shortfall.NONE_AT_ALL
    who = listing(tuple(each.policy.title for each in failed))
    if case.from_files:
        doubt = (
            " A server can also send proofs in the handshake or in a stapled OCSP answer, which a file does "
            "not show; hardly any server does."
        )
    else:
        doubt = " None that helps came in the handshake or in a stapled OCSP answer either."
    return Cause(
        CauseId.CT_MISSING,
        Severity.WARNING if case.from_files else Severity.ERROR,
        f"The certificate is not proven to be logged publicly: {_CLAUSES[shortfall]}.",
        f"{who} refuse a certificate below a root they ship unless it was published in transparency logs, "
        f"and want proofs of it (SCTs). {_reasons(found)}{doubt} The CA puts them in when it issues, so it has "
        "to issue the certificate again.",
        FieldId.SCT_LIST,
        _counted(found),
        _expected(worst),
        certificate=0,
        detail=shortfall.value,
        minded_by=frozenset(client for each in failed for client in each.policy.clients),
    )


def _reasons(found: Collection) -> str:
    if not found.scts:
        return "The certificate carries none."
    bad = [each for each in found.scts if each.refuted]
    if bad:
        return f"Of {len(found.scts)} that came, {len(bad)} cannot count: {_FORGED}."
    return f"{len(found.scts)} came, which do not satisfy that."


def _expected(worst: Weighed) -> str:
    policy = worst.policy
    kind = "; one of them by a log of RFC 6962's kind" if worst.shortfall is Shortfall.NO_RFC6962 else ""
    return f"{worst.needed} from different logs of at least {policy.operators} operators{kind}"


def _counted(found: Collection) -> str:
    good = [each for each in found.scts if not each.refuted]
    operators = {each.log.operator if each.log else each.sct.log_id for each in good}
    if not found.scts:
        return "none"
    refused = f", {len(found.scts) - len(good)} more that cannot count" if len(good) < len(found.scts) else ""
    return f"{len(good)} of {len(operators)} operator{'' if len(operators) == 1 else 's'}{refused}"


def _summary(weighed: Sequence[Weighed], found: Collection, *, unasked: bool) -> tuple[Fact, ...]:
    if not weighed:
        seen = "not asked for: it was issued before browsers wanted proofs, or its dates are unreadable"
        return (Fact(FieldId.SCT_LIST, _LABEL, seen, "", Status.SKIPPED, 0),)
    worst = max(weighed, key=lambda each: (Status.PASS, Status.UNKNOWN, Status.FAIL).index(each.status))
    status = Status.UNKNOWN if unasked else worst.status
    most = max(weighed, key=lambda each: each.needed)
    expected = "" if status is Status.PASS else _expected(worst if worst.shortfall else most)
    return (Fact(FieldId.SCT_LIST, _LABEL, _counted(found), expected, status, 0),)


def _fact(one: CollectedSct) -> Fact:
    if one.refuted:
        status, expected = Status.FAIL, "signed by its log for this certificate"
    elif one.from_future:
        status, expected = Status.WARN, "earlier than the time judged as of"
    elif one.log is None:
        status, expected = Status.UNKNOWN, f"a log named in the list of {ct_logs_as_of():%Y-%m-%d}"
    else:
        status, expected = one.signature, ""
    name = f"log {one.sct.log_id[:16]}…" if one.log is None else f"{one.log.name} ({one.log.operator})"
    why = f"; {_FORGED}" if one.refuted else "; that is still to come" if one.from_future else ""
    retired = f"; the log retired on {moment(one.log.retired)}" if one.log and one.log.retired else ""
    seen = f"{name}, {moment(one.sct.timestamp)}{retired}{why}"
    return Fact(FieldId.SCT_LIST, f"SCT in the {one.sct.source.value}", seen, expected, status, 0)


def _broken(found: Collection) -> list[Fact]:
    return [
        Fact(FieldId.SCT_LIST, "SCTs, unreadable part", problem, "", Status.WARN, 0)
        for problem in found.problems
    ]
