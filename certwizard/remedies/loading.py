"""Reads the remedies' data files, each one when the first remedy or recipe of it is asked for.

Reading TOML costs milliseconds a file, so a look at the plain text decides which file holds what.
"""

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.vocabulary import CauseId, Role
from certwizard.remedies.model import ANY
from certwizard.remedies.templates import RemedyTemplate, StepTemplate

_PREVENTION = "prevention.toml"


class RemedyDataError(ValueError):
    """Raised when a data file contradicts itself; tests keep this from happening to users."""


@cache
def remedies_of(cause: CauseId) -> tuple[RemedyTemplate, ...]:
    """Return the remedies of one cause, in the order of their file."""
    holding = (name for name, text in _texts().items() if f'"{cause}"' in text and name != _PREVENTION)
    return tuple(remedy for name in holding for remedy in _remedies(name) if cause in remedy.causes)


@cache
def prevention_remedies() -> tuple[RemedyTemplate, ...]:
    """Return what keeps a fault from coming back."""
    return _remedies(_PREVENTION)


@cache
def recipe(name: str) -> tuple[StepTemplate, ...]:
    """Return a list of steps that remedies share, with the recipes it uses itself."""
    holding = [file for file, text in _texts().items() if f'id = "{name}"\n' in text]
    if len(holding) != 1:
        raise RemedyDataError(f"{len(holding)} files hold a recipe called {name}")
    raw = next(entry for entry in _document(holding[0])["recipe"] if entry["id"] == name)
    return _all_steps(raw)


@cache
def _texts() -> dict[str, str]:
    folder = files("certwizard.remedies").joinpath("data")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    return {entry.name: entry.read_text(encoding="utf-8") for entry in entries}


@cache
def _document(name: str) -> dict[str, Any]:
    return tomllib.loads(_texts()[name])


@cache
def _remedies(name: str) -> tuple[RemedyTemplate, ...]:
    return tuple(_remedy(raw) for raw in _document(name).get("remedy", ()))


def _remedy(raw: dict[str, Any]) -> RemedyTemplate:
    return RemedyTemplate(
        slug=raw["slug"],
        causes=tuple(CauseId(cause) for cause in raw.get("causes", ())),
        role=Role(raw["role"]),
        title=raw["title"],
        steps=_all_steps(raw),
        when=tuple(raw.get("when", ())),
    )


def _all_steps(raw: dict[str, Any]) -> tuple[StepTemplate, ...]:
    return tuple(step for entry in raw["step"] for step in _steps(entry))


def _steps(raw: dict[str, Any]) -> tuple[StepTemplate, ...]:
    """Return the steps of one entry: a recipe's, or the one written there."""
    if "use" not in raw:
        return (_step(raw),)
    when, way, platform = tuple(raw.get("when", ())), raw.get("way", ANY), raw.get("platform", ANY)
    return tuple(
        replace(
            step,
            when=(*when, *step.when),
            way=way if step.way == ANY else step.way,
            platform=platform if step.platform == ANY else step.platform,
        )
        for step in recipe(raw["use"])
    )


def _step(raw: dict[str, Any]) -> StepTemplate:
    fields: dict[str, Any] = {**raw, "when": tuple(raw.get("when", ()))}
    for key, value in raw.items():
        if isinstance(value, str):
            fields[key] = value.strip()
    return StepTemplate(**fields)
