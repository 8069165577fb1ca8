"""A remedy as widgets: its title, then each step with its text, its command, its proof and its way back."""

from textual.content import Content
from textual.widget import Widget

from certwizard.diagnosis.result import Diagnosis
from certwizard.remedies.model import Remedy, Step
from certwizard.wizard.pictures.canvas import line, wrap
from certwizard.wizard.platforms import steps_for
from certwizard.wizard.styles import GOOD, HERE, QUIET
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.drawing import Drawing

LONGEST_LINE = 76
INDENT = 3


class RemedyTitle(Drawing):
    """The title of a remedy, with the cause it repairs."""

    DEFAULT_CSS = "RemedyTitle { margin-top: 1; &.first { margin-top: 0; } }"


class StepText(Drawing):
    """The number and the words of one step."""

    DEFAULT_CSS = "StepText { margin-top: 1; }"


def remedy_widgets(remedy: Remedy, platform: str, diagnosis: Diagnosis) -> list[Widget]:
    """Return the widgets of a remedy on a platform.

    Args:
        remedy: The remedy.
        platform: The platform chosen.
        diagnosis: What it repairs.
    """
    root = diagnosis.root_cause
    which = "root cause" if root is not None and root.id is remedy.cause else "also"
    title = RemedyTitle(lambda width: _title(remedy, which, width))
    widgets: list[Widget] = [title]
    for number, step in enumerate(steps_for(remedy, platform), 1):
        widgets += _step_widgets(number, step)
    return widgets


def _title(remedy: Remedy, which: str, width: int) -> list[Content]:
    rows = wrap(remedy.title, min(width, LONGEST_LINE), f"bold {HERE}")
    return [*rows, line((f"{which}: {remedy.cause.value}", QUIET))]


def _step_widgets(number: int, step: Step) -> list[Widget]:
    from certwizard.remedies.quoting import render

    head = StepText(lambda width: _numbered(number, step.text, width))
    widgets: list[Widget] = [head]
    if step.command is not None:
        note = "needs root" if step.needs_root else ""
        widgets.append(
            _inset(CommandBlock(render(step.command), "bash", f"the command of step {number}", note))
        )
    if step.snippet is not None:
        snippet = step.snippet
        if snippet.where:
            widgets.append(Drawing(lambda width: [line(" " * INDENT, ("in ", QUIET), (snippet.where, ""))]))
        widgets.append(_inset(CommandBlock(snippet.text, snippet.language, f"the lines of step {number}")))
    if step.verify is not None:
        widgets.append(Drawing(lambda width: [line(" " * INDENT, ("✔ ", GOOD), ("prove it", QUIET))]))
        widgets.append(_inset(CommandBlock(render(step.verify), "bash", f"the proof of step {number}")))
    if step.undo:
        widgets.append(Drawing(lambda width: _undo(step.undo, width)))
    return widgets


def _numbered(number: int, text: str, width: int) -> list[Content]:
    rows = wrap(text, min(width - INDENT, LONGEST_LINE))
    return [
        line((f"{number}  " if index == 0 else " " * INDENT, f"bold {HERE}"), row)
        for index, row in enumerate(rows)
    ]


def _undo(text: str, width: int) -> list[Content]:
    rows = wrap(f"undo: {text}", min(width - INDENT, LONGEST_LINE), QUIET)
    return [line(" " * INDENT, row) for row in rows]


def _inset(block: CommandBlock) -> CommandBlock:
    block.add_class("inset")
    return block
