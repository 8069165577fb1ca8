"""The phases of a probe, each in its place from the start; results appear where the pending mark stood."""

from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len

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
TITLE_WIDTH = 15
TIME_WIDTH = 10


class PhaseList(Drawing):
    """One row a phase with its last words and its time; all addresses share the row in which one is connected to."""

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
        return [self._row(phase, width) for phase in self._phases()]

    def _row(self, phase: Phase, width: int) -> Line:
        progress = self.rows.get(phase)
        if progress is None:
            return line(
                ("· ", QUIET),
                (fit(TITLES[phase], TITLE_WIDTH), QUIET),
                (cut(WHAT[phase], width - TITLE_WIDTH - 2), QUIET),
            )
        glyph, style = GLYPHS[progress.state]
        if progress.state is PhaseState.RUNNING:
            glyph = SPINNER[self.beat // 2 % len(SPINNER)]
        head = line((f"{glyph} ", f"bold {style}"), fit(TITLES[phase], TITLE_WIDTH))
        room = width - head.cell_length
        if phase is Phase.CONNECT and self.addresses:
            return line(head, _beside(self.addresses, room))
        return line(head, _words(progress, progress.detail or WHAT[phase], room))


def _beside(addresses: Sequence[Progress], width: int) -> Line:
    """Return all addresses in one line; where they have no room, the last and how many were tried."""
    if len(addresses) == 1:
        return _words(addresses[0], addresses[0].detail, width)
    told = [line(each.detail, (_took(each, " "), QUIET)) for each in addresses]
    row = line((" · ", QUIET)).join(told)
    if row.cell_length <= width:
        return row
    head = f"{len(addresses)} tried, last: "
    return line((head, QUIET), _words(addresses[-1], addresses[-1].detail, width - cell_len(head)))


def _words(told: Progress, words: str, width: int) -> Line:
    if told.ms is None:
        return line(cut(words, width))
    return line(fit(words, width - TIME_WIDTH), (_took(told).rjust(TIME_WIDTH), QUIET))


def _took(told: Progress, before: str = "") -> str:
    return f"{before}{told.ms:.0f} ms" if told.ms is not None else ""
