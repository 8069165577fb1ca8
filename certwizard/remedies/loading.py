"""Reads the remedies' data files, once, when the first remedy is asked for."""

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.vocabulary import CauseId, Role
from certwizard.remedies.templates import RemedyTemplate, StepTemplate

_PREVENTION = "prevention.toml"


class RemedyDataError(ValueError):
    """Raised when a data file contradicts itself; tests keep this from happening to users."""


@cache
def remedy_templates() -> tuple[RemedyTemplate, ...]:
    """Return every remedy of the cause files, in their order."""
    return tuple(
        template
        for name, document in _documents().items()
        if name != _PREVENTION
        for template in _remedies(document)
    )


@cache
def prevention_templates() -> tuple[RemedyTemplate, ...]:
    """Return what keeps a fault from coming back."""
    return tuple(_remedies(_documents()[_PREVENTION]))


@cache
def recipes() -> dict[str, tuple[StepTemplate, ...]]:
    """Return the step lists that remedies share, by name, each unfolded."""
    raw = {
        recipe["id"]: recipe for document in _documents().values() for recipe in document.get("recipe", ())
    }
    return {name: _unfold(recipe, raw) for name, recipe in raw.items()}


@cache
def _documents() -> dict[str, dict[str, Any]]:
    folder = files("certwizard.remedies").joinpath("data")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    return {entry.name: tomllib.loads(entry.read_text(encoding="utf-8")) for entry in entries}


def _remedies(document: dict[str, Any]) -> list[RemedyTemplate]:
    return [_remedy(raw) for raw in document.get("remedy", ())]


def _remedy(raw: dict[str, Any]) -> RemedyTemplate:
    return RemedyTemplate(
        slug=raw["slug"],
        causes=tuple(CauseId(cause) for cause in raw.get("causes", ())),
        role=Role(raw["role"]),
        title=raw["title"],
        steps=tuple(step for entry in raw["step"] for step in _steps(entry)),
        when=tuple(raw.get("when", ())),
    )


def _steps(raw: dict[str, Any]) -> tuple[StepTemplate, ...]:
    """Return the steps of one entry: a recipe's, or the one written there."""
    if "use" not in raw:
        return (_step(raw),)
    if raw["use"] not in recipes():
        raise RemedyDataError(f"no recipe is called {raw['use']}")
    return _conditioned(recipes()[raw["use"]], tuple(raw.get("when", ())))


def _unfold(
    recipe: dict[str, Any], raw: dict[str, Any], above: tuple[str, ...] = ()
) -> tuple[StepTemplate, ...]:
    if recipe["id"] in above:
        raise RemedyDataError(f"the recipe {recipe['id']} uses itself")
    steps: list[StepTemplate] = []
    for entry in recipe["step"]:
        if "use" in entry:
            inner = _unfold(raw[entry["use"]], raw, (*above, recipe["id"]))
            steps.extend(_conditioned(inner, tuple(entry.get("when", ()))))
        else:
            steps.append(_step(entry))
    return _conditioned(tuple(steps), tuple(recipe.get("when", ())))


def _step(raw: dict[str, Any]) -> StepTemplate:
    fields: dict[str, Any] = {**raw, "when": tuple(raw.get("when", ()))}
    for key, value in raw.items():
        if isinstance(value, str):
            fields[key] = value.strip()
    return StepTemplate(**fields)


def _conditioned(steps: tuple[StepTemplate, ...], when: tuple[str, ...]) -> tuple[StepTemplate, ...]:
    return tuple(replace(step, when=(*when, *step.when)) for step in steps) if when else steps
