"""Turns the templates of one cause into remedies for the situation in hand."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.chains import entries
from certwizard.remedies.model import Command, Remedy, Step
from certwizard.remedies.situation import Situation
from certwizard.remedies.tags import fits
from certwizard.remedies.templates import (
    MissingValueError,
    RemedyTemplate,
    StepTemplate,
    fill_step,
    fill_text,
)
from certwizard.remedies.values import SituationValues


def fill_remedy(
    template: RemedyTemplate, situation: Situation, tags: frozenset[str], cause: CauseId, prefix: str = ""
) -> Remedy | None:
    """Return the remedy, or None where it does not fit this situation."""
    if not fits(template.when, tags):
        return None
    parts = (part for part in template.steps if fits(part.when, tags))
    steps: tuple[Step, ...] = ()
    for part in parts:
        steps += tuple(_fill_steps(part, replace(situation, made=written_by(steps))))
    title = fill_text(template.title, SituationValues(situation))
    return Remedy(f"{prefix or cause}-{template.slug}", cause, title, template.role, steps) if steps else None


def written_by(steps: Iterable[Step]) -> frozenset[str]:
    """Return the files that the commands of these steps write, by redirection or with ``-out``."""
    return frozenset(path for step in steps for path in _written(step.command))


def _written(command: Command | None) -> tuple[str, ...]:
    if command is None:
        return ()
    by_option = (path for words in command.pipeline for option, path in pairwise(words) if option == "-out")
    redirected = (command.stdout,) if command.stdout else ()
    return (*by_option, *redirected, *_written(command.then))


def _fill_steps(template: StepTemplate, situation: Situation) -> list[Step]:
    """Fill one step, or one for each entry of its list; a step whose values are not to be had is left out."""
    rounds = entries(template.each, situation) if template.each else ({},)
    steps = []
    for more in rounds:
        try:
            steps.append(fill_step(template, SituationValues(situation, more)))
        except MissingValueError:
            continue
    return steps
