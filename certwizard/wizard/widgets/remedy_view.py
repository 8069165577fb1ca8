"""A remedy as widgets: its title, then each step with its text, its command, its proof and its way back."""

from textual.content import Content
from textual.widget import Widget

from certwizard.diagnosis.result import Diagnosis
from certwizard.remedies.model import Remedy, Step
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.platforms import steps_for
from certwizard.wizard.remedy_words import NEEDS_ROOT, PROVE, UNDO, which_it_repairs
from certwizard.wizard.styles import GOOD, HERE, QUIET
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.drawing import Drawing

LONGEST_LINE = 76
INDENT = 3


class RemedyTitle(Drawing):
    """The title of a remedy, with the cause it repairs."""


class StepText(Drawing):
    """The number and the words of one step."""


def remedy_widgets(remedy: Remedy, platform: str, diagnosis: Diagnosis) -> list[Widget]:
    """Return the widgets of a remedy on a platform.

    Args:
        remedy: The remedy.
        platform: The platform chosen.
        diagnosis: What it repairs.
    """
    widgets: list[Widget] = [RemedyTitle(lambda width: _title(remedy, diagnosis, width))]
    for number, step in enumerate(steps_for(remedy, platform), 1):
        widgets += _step_widgets(number, step)
    return widgets


def _title(remedy: Remedy, diagnosis: Diagnosis, width: int) -> list[Content]:
    """The title, and which of the causes it repairs where there are several."""
    rows = wrap(remedy.title, min(width, LONGEST_LINE), f"bold {HERE}")
    which = which_it_repairs(remedy, diagnosis)
    return [*rows, line((which, QUIET))] if which else rows


def _step_widgets(number: int, step: Step) -> list[Widget]:
    from certwizard.remedies.quoting import render

    head = StepText(lambda width: _numbered(number, step.text, width))
    widgets: list[Widget] = [head]
    if step.command is not None:
        note = NEEDS_ROOT if step.needs_root else ""
        widgets.append(CommandBlock(render(step.command), "bash", f"the command of step {number}", note))
    if step.snippet is not None:
        snippet = step.snippet
        if snippet.where:
            widgets.append(Drawing(lambda width: _where(snippet.where, width)))
        what = f"the lines of step {number}"
        widgets.append(CommandBlock(snippet.text, snippet.language, what, where=snippet.where))
    if step.verify is not None:
        widgets.append(Drawing(lambda width: [line(" " * INDENT, ("✔ ", GOOD), (PROVE, QUIET))]))
        widgets.append(CommandBlock(render(step.verify), "bash", f"the proof of step {number}"))
    if step.undo:
        widgets.append(Drawing(lambda width: _undo(step.undo, width)))
    return widgets


def _numbered(number: int, text: str, width: int) -> list[Content]:
    rows = wrap(text, min(width - INDENT, LONGEST_LINE))
    return [
        line((f"{number}  " if index == 0 else " " * INDENT, f"bold {HERE}"), row)
        for index, row in enumerate(rows)
    ]


def _where(text: str, width: int) -> list[Content]:
    rows = wrap(f"in {text}", min(width - INDENT, LONGEST_LINE), QUIET)
    return [line(" " * INDENT, row) for row in rows]


def _undo(text: str, width: int) -> list[Content]:
    rows = wrap(f"{UNDO}: {text}", min(width - INDENT, LONGEST_LINE), QUIET)
    return [line(" " * INDENT, row) for row in rows]
