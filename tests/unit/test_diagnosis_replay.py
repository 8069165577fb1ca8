"""A saved observation judged again gives the identical diagnosis, in any process, language and time zone."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.observation import Observation
from certwizard.domain.saved import decode_observation, encode_observation
from tests import faults as x
from tests.judge_saved import as_json, elsewhere
from tests.unit.test_diagnosis_causes import FAULTS
from tests.unit.test_diagnosis_root_cause import DOUBLE

EVERY = 7
"""Of the pairs, one in so many is judged elsewhere too."""


def every_observation() -> list[Observation]:
    """Return what the tests' makers make: single faults, double ones, and a share of all pairs."""
    pairs = list(combinations(x.FAULTS, 2))[::EVERY]
    return [
        *(fault.make() for fault in FAULTS),
        *(make() for make, _ in DOUBLE),
        *(x.built(fault.change(x.Server())) for fault in x.FAULTS),
        *(x.built(second.change(first.change(x.Server()))) for first, second in pairs),
    ]


def test_every_observation_is_judged_alike_after_it_was_saved() -> None:
    """Nothing that a diagnosis rests on is lost on the way."""
    for observation in every_observation():
        again = decode_observation(encode_observation(observation))
        assert again == observation
        assert diagnose(again) == diagnose(observation)


def test_another_process_says_the_same_byte_by_byte(tmp_path: Path) -> None:
    """With another hash seed, another time zone and another language."""
    observations, files = every_observation(), []
    for number, observation in enumerate(observations):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_bytes(encode_observation(observation))
    with elsewhere() as judged:
        answers = [judged(file) for file in files]
    assert answers == [as_json(observation) for observation in observations]
