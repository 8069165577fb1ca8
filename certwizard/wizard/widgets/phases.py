"""The phases of a probe, each in its place from the start; results appear where the pending mark stood."""

from dataclasses import replace

from textual.content import Content

from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.wizard.phase_words import TITLES, WHAT
from certwizard.wizard.pictures.canvas import Line, cut, fit, line
from certwizard.wizard.styles import ATTENTION, GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

GLYPHS: dict[PhaseState, tuple[str, str]] = {
    PhaseState.RUNNING: ("◐", HERE),
    PhaseState.DONE: ("✔", GOOD),
    PhaseState.FAILED: ("✘", ATTENTION),
    PhaseState.SKIPPED: ("-", QUIET),
}

SPINNER = "◐◓◑◒"
MORE_ADDRESSES = 3
TITLE_WIDTH = 15
TIME_WIDTH = 10


class PhaseList(Drawing):
    """One row a phase with its last words and its time, and below it the details as they came."""

    def __init__(self) -> None:
        """Start with every phase pending."""
        super().__init__(self._lines)
        self.rows: dict[Phase, Progress] = {}
        self.addresses: list[Progress] = []
        self.beat = 0

    def show_progress(self, progress: Progress) -> None:
        """Take a report of the probe; a phase that is done stays done when another address tells of it.

        Args:
            progress: The report.
        """
        before = self.rows.get(progress.phase)
        if progress.phase is Phase.CONNECT and progress.detail:
            self.addresses.append(progress)
        if before is None or before.state is PhaseState.RUNNING or progress.state is not PhaseState.RUNNING:
            self.rows[progress.phase] = progress
        self.redraw()

    def stop(self) -> None:
        """Show that what was running is not waited for any more."""
        for phase, progress in self.rows.items():
            if progress.state is PhaseState.RUNNING:
                self.rows[phase] = replace(
                    progress, state=PhaseState.SKIPPED, detail=f"stopped: {progress.detail}"
                )
        self.redraw()

    def tick(self) -> None:
        """Turn the mark of the running phase."""
        self.beat += 1
        self.redraw()

    def _phases(self) -> list[Phase]:
        files = Phase.READ in self.rows
        network = {Phase.RESOLVE, Phase.CONNECT, Phase.HANDSHAKE}
        return [phase for phase in Phase if (phase not in network if files else phase is not Phase.READ)]

    def _lines(self, width: int) -> list[Line]:
        rows: list[Line] = []
        for phase in self._phases():
            rows.append(self._row(phase, width))
            rows.extend(self._more(phase, width))
        return rows

    def _row(self, phase: Phase, width: int) -> Line:
        progress = self.rows.get(phase)
        if progress is None:
            return line(
                ("· ", QUIET), (fit(TITLES[phase], TITLE_WIDTH), QUIET), (cut(WHAT[phase], width - 18), QUIET)
            )
        glyph, style = GLYPHS[progress.state]
        if progress.state is PhaseState.RUNNING:
            glyph = SPINNER[self.beat // 2 % len(SPINNER)]
        told = self.addresses[0] if phase is Phase.CONNECT and self.addresses else progress
        head = line((f"{glyph} ", f"bold {style}"), fit(TITLES[phase], TITLE_WIDTH))
        return line(head, _words(told, told.detail or WHAT[phase], width - head.cell_length))

    def _more(self, phase: Phase, width: int) -> list[Content]:
        """The addresses after the first, in lines kept free for them, so that nothing moves."""
        if phase is not Phase.CONNECT:
            return []
        rest = self.addresses[1:][-MORE_ADDRESSES:]
        indent = " " * (TITLE_WIDTH + 2)
        rows = [line(indent, _words(told, told.detail, width - len(indent))) for told in rest]
        return rows + [line()] * (MORE_ADDRESSES - len(rows))


def _words(told: Progress, words: str, width: int) -> Line:
    took = f"{told.ms:.0f} ms" if told.ms is not None else ""
    return line(fit(words, width - TIME_WIDTH), (took.rjust(TIME_WIDTH), QUIET))
