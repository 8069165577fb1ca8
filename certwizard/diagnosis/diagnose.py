"""From an Observation to a Diagnosis: a pure function, with no clock and no I/O."""

from __future__ import annotations

from certwizard.diagnosis.case import Case, build_case
from certwizard.diagnosis.checks import (
    certificate,
    connection,
    dates,
    installation,
    name,
    policy,
    revocation,
    trust,
)
from certwizard.diagnosis.clients import client_outcomes
from certwizard.diagnosis.elsewhere import Served, addresses_of, alone, anywhere
from certwizard.diagnosis.evidence import evidence_of
from certwizard.diagnosis.explains import in_order
from certwizard.diagnosis.outcome import Outcome
from certwizard.diagnosis.result import ChainRole, Diagnosis, Origin, PathLink, SentCertificate
from certwizard.diagnosis.revocation.findings import revocation_findings
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS, Thresholds
from certwizard.diagnosis.verdict import headline_of, verdict_of
from certwizard.domain.observation import Observation

MAX_NAMES = 200


def diagnose(observation: Observation, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Diagnosis:
    """Judge one observation.

    Each check looks at the whole case on its own, so that no fault hides another.

    Args:
        observation: What was seen.
        thresholds: When a certificate ends soon.
    """
    case = build_case(observation, thresholds)
    findings = revocation_findings(case)
    served = _served(observation, thresholds)
    outcomes: tuple[Outcome, ...] = (
        connection.check(case),
        certificate.check(case),
        dates.check(case, findings),
        name.check(case),
        trust.check(case),
        installation.check(case, served),
        revocation.check(case, findings),
        policy.check(case),
    )
    causes = in_order(cause for outcome in outcomes for cause in outcome.causes)
    verdict = verdict_of(causes, outcomes, received=bool(case.sent) and not _key_unread(observation))
    best = case.choice.best
    return Diagnosis(
        target=observation.target,
        judged_at=case.judged_at,
        verdict=verdict,
        headline=headline_of(verdict, causes, outcomes),
        causes=causes,
        checks=tuple(outcome.result() for outcome in outcomes),
        sent=tuple(SentCertificate(i, case.role_of(each), each) for i, each in enumerate(case.sent)),
        path=_path(case),
        trusted=best is not None and best.trusted,
        names=case.names[:MAX_NAMES],
        revocation=findings,
        clients=anywhere(client_outcomes(case, causes), served, causes),
        evidence=evidence_of(case),
    )


def _served(observation: Observation, thresholds: Thresholds) -> tuple[Served, ...]:
    """Judge each chain that some address sends, as clients that land there do; nothing where all agree."""
    return tuple(Served(addresses_of(each), diagnose(each, thresholds)) for each in alone(observation))


def _key_unread(observation: Observation) -> bool:
    """Whether the user gave a private key to compare and it could not be read."""
    key = observation.private_key
    return observation.target.key_file is not None and (key is None or key.failure is not None)


def _path(case: Case) -> tuple[PathLink, ...]:
    best = case.choice.best
    if best is None:
        return ()
    last = len(best.path.nodes) - 1
    links = []
    for position, node in enumerate(best.path.nodes):
        ends = position == last and (node.is_anchor or best.path.self_signed_end)
        role = ChainRole.LEAF if position == 0 else ChainRole.ROOT if ends else ChainRole.INTERMEDIATE
        if position == last and node.is_anchor:
            origin = Origin.STORE
        else:
            origin = Origin.FETCHED if node.fetched else Origin.STORE if node.index is None else Origin.SENT
        links.append(PathLink(node.certificate, origin, role, node.index, node.stores if ends else ()))
    return tuple(links)
