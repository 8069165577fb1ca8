"""The step rail: where the user is, and how every step stands."""

from collections.abc import Mapping

from textual.content import Content

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import Status
from certwizard.wizard.commands.step_keys import step_key
from certwizard.wizard.pictures.canvas import clickable, fit, line
from certwizard.wizard.steps import AFTER_STEPS, CHECK_STEPS, STEPS, WizardStep, find_step
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.symbols import STATUS
from certwizard.wizard.widgets.drawing import Drawing


class Rail(Drawing):
    """A column of steps where there is room, else one line of glyphs; each step can be clicked."""

    DEFAULT_CSS = "Rail { height: auto; }"

    def __init__(self, current: str | None, statuses: Mapping[str, Status]) -> None:
        """Show the steps.

        Args:
            current: Id of the step that is shown, if one is.
            statuses: Status by step id; a step without one is pending.
        """
        super().__init__(self._lines)
        self.current = current
        self.statuses = statuses
        self._room = 1
        """Cells that the keys take."""

    def stand(self, statuses: Mapping[str, Status]) -> None:
        """Show new statuses in the places of the old.

        Args:
            statuses: Status by step id.
        """
        self.statuses = statuses
        self.redraw()

    def _lines(self, width: int) -> list[Content]:
        wide = self.screen.has_class("-wide")
        return self._column(width) if wide else [self._row(width)]

    def _glyph(self, step: WizardStep) -> tuple[str, str]:
        status = self.statuses.get(step.id)
        return ("·", QUIET) if status is None else (STATUS[status].glyph, f"bold {STATUS[status].style}")

    def _column(self, width: int) -> list[Content]:
        self._room = max(len(step_key(self.app, step)) for step in STEPS)
        rows = [self._column_row(step, width) for step in CHECK_STEPS]
        rows.append(line(("─" * max(width - 2, 0), "$border-blurred")))
        return rows + [self._column_row(step, width) for step in AFTER_STEPS]

    def _column_row(self, step: WizardStep, width: int) -> Content:
        here = step.id == self.current
        glyph = self._glyph(step) if step.check else (" ", "")
        title = fit(step.title, width - 6 - self._room)
        row = line(
            ("▌" if here else " ", HERE), (step_key(self.app, step).ljust(self._room), QUIET), " ", glyph, " ",
            (title, f"bold {HERE}" if here else ("" if self.statuses else QUIET)),
        )  # fmt: skip
        return clickable(row, f"screen.go('{step.id}')")

    def _row(self, width: int) -> Content:
        parts: list[Content] = []
        for step in CHECK_STEPS:
            glyph, style = self._glyph(step)
            here = step.id == self.current
            mark = line(("[" if here else " ", HERE), (glyph, style), ("]" if here else " ", HERE))
            parts.append(clickable(mark, f"screen.go('{step.id}')"))
        row = line(*parts)
        if width - row.cell_length < 12 or self.current is None:
            return row
        return line(row, (" │ ", QUIET), *self._whereabouts())

    def _whereabouts(self) -> list[Content]:
        step = find_step(self.current or STEPS[0].id)
        if step.check is not None:
            number = CHECK_STEPS.index(step) + 1
            return [line((f"{number} of {len(CHECK_STEPS)} · ", QUIET), (step.title, f"bold {HERE}"))]
        parts: list[Content] = []
        for after in AFTER_STEPS:
            style = f"bold {HERE}" if after is step else QUIET
            parts.append(clickable(line((after.title, style)), f"screen.go('{after.id}')"))
            parts.append(line((" › " if after is not AFTER_STEPS[-1] else "", QUIET)))
        return parts


def statuses_of(diagnosis: Diagnosis) -> dict[str, Status]:
    """Return the status of every check, by step id.

    Args:
        diagnosis: What was judged.
    """
    return {result.check.value: result.status for result in diagnosis.checks}
