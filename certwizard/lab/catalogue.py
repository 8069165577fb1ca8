"""Every scenario of the practice lab, in the order lists show them; reading the list loads no cryptography."""

import tomllib
from importlib.resources import files
from typing import TypedDict

from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.scenario import Scenario


class _Row(TypedDict):
    title: str
    story: str
    verdict: str
    causes: list[str]


def _read() -> tuple[Scenario, ...]:
    text = files("certwizard.lab").joinpath("scenarios.toml").read_text("utf-8")
    rows: dict[str, _Row] = tomllib.loads(text)
    return tuple(_scenario(name, row) for name, row in rows.items())


def _scenario(name: str, row: _Row) -> Scenario:
    causes = [CauseId(cause) for cause in row["causes"]]
    root = causes[0] if causes else None
    return Scenario(name, row["title"], row["story"], Verdict(row["verdict"]), root, frozenset(causes))


SCENARIOS: tuple[Scenario, ...] = _read()
"""All scenarios; the healthy one first."""

_BY_ID = {scenario.id: scenario for scenario in SCENARIOS}


def find_scenario(scenario_id: str) -> Scenario | None:
    """Return a scenario by its id, or None."""
    return _BY_ID.get(scenario_id)
