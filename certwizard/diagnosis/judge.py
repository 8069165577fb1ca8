"""The judgement of a case: pure, and cheap enough to be made again with something changed."""

from __future__ import annotations

from dataclasses import dataclass

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
from certwizard.diagnosis.elsewhere import Group, Served, anywhere, groups_of
from certwizard.diagnosis.evidence import disk_rows, evidence_of
from certwizard.diagnosis.explains import in_order
from certwizard.diagnosis.other_paths import with_other_paths
from certwizard.diagnosis.outcome import Outcome
from certwizard.diagnosis.path_links import all_paths
from certwizard.diagnosis.reload import NOTHING_ON_DISK, Reload, reload_of
from certwizard.diagnosis.result import Cause, ClientOutcome, Diagnosis, RevocationFinding, SentCertificate
from certwizard.diagnosis.revocation.findings import revocation_findings
from certwizard.diagnosis.verdict import headline_of, verdict_of
from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import Verdict

MAX_NAMES = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was concluded of a case, before anything is made of it for people."""

    case: Case
    outcomes: tuple[Outcome, ...]
    """The eight checks, in wizard order."""
    causes: tuple[Cause, ...]
    """Root cause first."""
    verdict: Verdict
    findings: tuple[RevocationFinding, ...] = ()
    served: tuple[Served, ...] = ()
    """What each address sends, where they differ."""
    reload: Reload = NOTHING_ON_DISK
    """What the files of the server's machine hold."""

    def clients(self) -> tuple[ClientOutcome, ...]:
        """Return what every client does."""
        return anywhere(client_outcomes(self.case, self.causes, self.findings), self.served, self.causes)


def judge(case: Case) -> Judgement:
    """Judge a case: each check looks at the whole of it on its own, so that no fault hides another."""
    findings = revocation_findings(case)
    served = _served(case)
    reload = _reload(case)
    outcomes: tuple[Outcome, ...] = (
        connection.check(case),
        certificate.check(case),
        dates.check(case, findings),
        name.check(case),
        trust.check(case),
        installation.check(case, served, reload),
        revocation.check(case, findings),
        policy.check(case),
    )
    on_a_path = (lambda each: dates.check(each, findings), trust.check, policy.check)
    outcomes = with_other_paths(case, outcomes, on_a_path)
    causes = in_order(cause for outcome in outcomes for cause in outcome.causes)
    received = bool(case.sent) and not _given_unread(case.observation)
    verdict = verdict_of(causes, outcomes, received=received)
    return Judgement(case, outcomes, causes, verdict, findings, served, reload)


def diagnosis_of(judgement: Judgement) -> Diagnosis:
    """Return the diagnosis that a judgement comes to."""
    case, causes, outcomes = judgement.case, judgement.causes, judgement.outcomes
    best = case.choice.best
    paths = all_paths(case)
    return Diagnosis(
        target=case.observation.target,
        judged_at=case.judged_at,
        verdict=judgement.verdict,
        headline=headline_of(judgement.verdict, causes, outcomes),
        causes=causes,
        checks=tuple(outcome.result() for outcome in outcomes),
        sent=tuple(SentCertificate(i, case.role_of(each), each) for i, each in enumerate(case.sent)),
        path=paths[0].links if paths else (),
        trusted=best is not None and best.trusted,
        paths=paths,
        names=case.names[:MAX_NAMES],
        revocation=judgement.findings,
        clients=judgement.clients(),
        evidence={**evidence_of(case), "installed": disk_rows(judgement.reload)},
    )


def _served(case: Case) -> tuple[Served, ...]:
    """Judge each chain that is sent, as clients that meet it do; nothing where all handshakes agree."""

    def judged(group: Group) -> Diagnosis:
        return diagnosis_of(judge(build_case(group.observation, case.thresholds, case.supposed)))

    return tuple(Served(group, judged(group)) for group in groups_of(case.observation))


def _reload(case: Case) -> Reload:
    """Judge what the server would serve after a reload, where files of its machine are known."""
    if not case.observation.installed:
        return NOTHING_ON_DISK

    def causes(observation: Observation) -> tuple[Cause, ...]:
        return judge(build_case(observation, case.thresholds, case.supposed)).causes

    return reload_of(case, causes)


def _given_unread(observation: Observation) -> bool:
    """Whether the user gave a private key or a file to compare and it could not be read."""
    key = observation.private_key
    if any(each.given and not each.chain for each in observation.installed):
        return True
    return observation.target.key_file is not None and (key is None or key.failure is not None)
