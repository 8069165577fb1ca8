"""From an Observation to a Diagnosis: a pure function, with no clock and no I/O."""

from __future__ import annotations

from dataclasses import replace

from certwizard.diagnosis.case import build_case
from certwizard.diagnosis.judge import diagnosis_of, judge
from certwizard.diagnosis.result import Diagnosis
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS, Thresholds
from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import Verdict


def diagnose(observation: Observation, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Diagnosis:
    """Judge one observation.

    Args:
        observation: What was seen.
        thresholds: When a certificate ends soon.
    """
    judgement = judge(build_case(observation, thresholds))
    diagnosis = diagnosis_of(judgement)
    if judgement.verdict is Verdict.ACCEPTED:
        return diagnosis
    # Only who needs repairs pays for looking for them.
    from certwizard.diagnosis.repairs.repairs import repairs_of

    return replace(diagnosis, repairs=repairs_of(judgement))
