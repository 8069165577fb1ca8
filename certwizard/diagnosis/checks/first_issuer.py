"""A good path that OpenSSL does not take: it settles for the first issuer it finds and tries no other."""

from __future__ import annotations

from dataclasses import replace

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.critical import critical_causes
from certwizard.diagnosis.checks.path_rules import path_rule_causes
from certwizard.diagnosis.checks.usage import usage_causes
from certwizard.diagnosis.choice import Judged
from certwizard.diagnosis.clients.standpoint import stand
from certwizard.diagnosis.flaws import Flaw
from certwizard.diagnosis.result import Cause
from certwizard.domain.vocabulary import CauseId, Severity
from certwizard.knowledge.clients import find_profile

_SETTLING = frozenset({"openssl", "curl", "python", "requests", "nodejs"})
_RULES = frozenset(
    {
        CauseId.NAME_CONSTRAINTS,
        CauseId.NOT_A_CA,
        CauseId.PATH_LENGTH,
        CauseId.WRONG_USAGE,
        CauseId.UNKNOWN_CRITICAL_EXTENSION,
    }
)
"""What OpenSSL finds out only after it has settled; dates it looks at before."""


def first_issuer_causes(case: Case, best: Judged) -> list[Cause]:
    """Return, as warnings, the causes on the path that OpenSSL takes, where that is not the good one judged by."""
    openssl = find_profile("openssl")
    taken = stand(case, openssl) if openssl is not None and best.trusted else None
    if taken is None or taken.path is None or taken.path.path == best.path:
        return []
    known = {(flaw.cause, _certificate(best, flaw)) for flaw in best.flaws}
    flaws = tuple(
        flaw
        for flaw in taken.flaws
        if flaw.cause in _RULES and flaw.refused and (flaw.cause, _certificate(taken.path, flaw)) not in known
    )
    if not flaws:
        return []
    path = Judged(taken.path.path, flaws)
    leaf = path.path.nodes[0].certificate
    found = [*path_rule_causes(case, path), *usage_causes(case, path), *critical_causes(case, path)]
    return [
        _as_warning(cause)
        for cause in found
        if cause.certificate is None or cause.certificate != case.index_of(leaf) or _limited(cause)
    ]


def _certificate(judged: Judged, flaw: Flaw) -> str:
    return judged.path.nodes[flaw.position].certificate.sha256


def _limited(cause: Cause) -> bool:
    return cause.id is CauseId.NAME_CONSTRAINTS


def _as_warning(cause: Cause) -> Cause:
    minded_by = _SETTLING if cause.minded_by is None else _SETTLING & cause.minded_by
    return replace(
        cause,
        severity=Severity.WARNING,
        explanation="Clients that try every path find a good one beside this. OpenSSL, and with it curl, Python and "
        "Node.js, settles for the first issuer it finds, comes to this fault and refuses. What leads there should not "
        f"be sent. {cause.explanation}",
        minded_by=minded_by,
    )
