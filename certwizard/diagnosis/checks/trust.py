"""Does a chain of good signatures lead from the certificate to a root that clients trust?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.distrust import distrust_causes
from certwizard.diagnosis.checks.holders import holder_facts, holders, vendor_causes
from certwizard.diagnosis.checks.interception import interception_causes
from certwizard.diagnosis.checks.machine_stores import machine_store_causes
from certwizard.diagnosis.checks.other_paths import other_path_facts
from certwizard.diagnosis.checks.path_rules import path_rule_causes
from certwizard.diagnosis.checks.pinning import pinning_causes, pinning_facts
from certwizard.diagnosis.checks.unfinished import partial_causes, unfinished_causes
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import quoted, spoken
from certwizard.diagnosis.outcome import Outcome, conclude, skipped, unreadable
from certwizard.diagnosis.pool import Node
from certwizard.diagnosis.result import Cause, Fact
from certwizard.diagnosis.stores import short_names, store_names, usable_stores
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.trust_stores import is_public
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status

_SAID_BY_LOSS = frozenset({CauseId.UNTRUSTED_ROOT, CauseId.MISSING_INTERMEDIATE})


def check(case: Case) -> Outcome:
    """Judge the best path from the leaf towards an anchor."""
    best = case.choice.best
    if case.leaf is not None and not case.readable:
        return unreadable(CheckId.TRUST, "nobody can follow its chain")
    if best is None:
        return skipped(CheckId.TRUST, "No certificate was received, so there is no chain to follow.")
    causes = path_rule_causes(case, best)
    if not best.path.anchored:
        if not usable_stores(case):
            reason = "No trust store could be read, so it is not known who is trusted."
            return conclude(CheckId.TRUST, causes, _facts(case, best, causes), good=reason, unknown=reason)
        lost = distrust_causes(case, best)
        # Where a path may have been missed, nothing is said of the root; where the CA is known to have lost its
        # trust, that it is not trusted is no second cause.
        unfinished = [] if case.choice.unsettled else unfinished_causes(case, best)
        causes += [each for each in unfinished if not (lost and each.id in _SAID_BY_LOSS)] + lost
    else:
        causes += unfinished_causes(case, best) if best.path.fetched else []
        causes += partial_causes(case, best)
        causes += vendor_causes(case) + distrust_causes(case, best)
    causes += machine_store_causes(case) + interception_causes(case, best) + pinning_causes(case)
    return conclude(
        CheckId.TRUST,
        causes,
        _facts(case, best, causes),
        good=_good(case, best),
        unknown=_unknown(case, best),
    )


def _unknown(case: Case, best: Judged) -> str:
    for node, edge in zip(best.path.nodes, best.path.edges, strict=False):
        if edge is SignatureStatus.UNSUPPORTED:
            algorithm = node.certificate.signature.name
            name = spoken(case, node.certificate)
            return f"The signature on {name} could not be verified: {algorithm} is not supported here."
    if case.choice.unsettled and not best.path.anchored:
        return f"The search for a trusted root stopped {case.choice.stopped}, without an answer."
    if best.unfinished:
        return f"The path to the root could not be judged completely, because {best.unfinished}."
    return ""


def _good(case: Case, best: Judged) -> str:
    anchor = best.path.nodes[-1]
    if len(best.path.nodes) == 1:
        where = store_names(case, anchor.stores)
        return f"Trusted only where it was installed itself: {where} hold this very certificate."
    holding, name = holders(case), quoted(anchor.certificate)
    if is_public(holding):
        return f"Trusted: the chain ends in the public root {name}, held by {short_names(holding)}."
    return f"Trusted only where its root is installed: {name} is held by {store_names(case, holding)}, not by browsers."


def _facts(case: Case, best: Judged, causes: list[Cause]) -> list[Fact]:
    facts = []
    for position, node in enumerate(best.path.nodes):
        certificate = node.certificate
        status = _status(node, causes)
        issuer = best.path.nodes[position + 1].certificate if position + 1 < len(best.path.nodes) else None
        note = f"signed by {quoted(issuer)}" if issuer else ""
        seen = f"{quoted(certificate)}, {_origin(case, node)}"
        facts.append(
            Fact(
                FieldId.CHAIN,
                f"{case.role_of(certificate).value.capitalize()}",
                seen,
                "",
                status,
                node.index,
                note,
            )
        )
    held = best.path.stores
    facts.append(
        Fact(
            FieldId.TRUST_ANCHOR,
            "Trusted root",
            f"held by {short_names(held)}" if held else "none reached",
            f"held by {short_names(tuple(store.id for store in usable_stores(case)))}",
            Status.PASS if held else Status.UNKNOWN if not usable_stores(case) else Status.FAIL,
        )
    )
    return [*facts, *holder_facts(case, causes), *other_path_facts(case), *pinning_facts(case, causes)]


def _status(node: Node, causes: list[Cause]) -> Status:
    for cause in causes:
        same = (
            cause.certificate == node.index
            if node.index is not None
            else cause.concerns == node.certificate.sha256
        )
        if same and cause.severity is not Severity.INFO and cause.id is not CauseId.UNTRUSTED_ROOT:
            return mark(cause.severity)
    return Status.WARN if node.fetched else Status.PASS


def _origin(case: Case, node: Node) -> str:
    if node.index is not None:
        where = "in the file" if case.from_files else "sent by the server"
        return f"{where} as number {node.index + 1}"
    return "fetched, not sent" if node.fetched else f"from {store_names(case, node.stores)}"
