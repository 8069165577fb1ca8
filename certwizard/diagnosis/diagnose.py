"""From an Observation to a Diagnosis: a pure function, with no clock and no I/O."""

from __future__ import annotations

from certwizard.diagnosis.case import build_case
from certwizard.diagnosis.judge import diagnosis_of, judge
from certwizard.diagnosis.result import Diagnosis
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS, Thresholds
from certwizard.domain.observation import Observation


def diagnose(observation: Observation, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Diagnosis:
    """Judge one observation.

    Args:
        observation: What was seen.
        thresholds: When a certificate ends soon.
    """
    return diagnosis_of(judge(build_case(observation, thresholds)))
