"""The phases of a probe, each in its place from the start; results appear where the pending mark stood."""

from textual.content import Content

from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.wizard.pictures.canvas import Line, cut, fit, line
from certwizard.wizard.styles import ATTENTION, GOOD, HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

TITLES: dict[Phase, str] = {
    Phase.RESOLVE: "Resolve",
    Phase.CONNECT: "Connect",
    Phase.HANDSHAKE: "Handshake",
    Phase.READ: "Read files",
    Phase.CHAIN: "Missing links",
    Phase.TRUST: "Trust stores",
    Phase.REVOCATION: "Revocation",
}

WHAT: dict[Phase, str] = {
    Phase.RESOLVE: "ask for the addresses of the name",
    Phase.CONNECT: "open a connection to each address",
    Phase.HANDSHAKE: "shake hands and receive the certificates",
    Phase.READ: "read the certificates from the files",
    Phase.CHAIN: "fetch certificates the server did not send",
    Phase.TRUST: "look for the root in the trust stores",
    Phase.REVOCATION: "ask whether a certificate was withdrawn",
}

GLYPHS: dict[PhaseState, tuple[str, str]] = {
    PhaseState.RUNNING: ("◐", HERE),
    PhaseState.DONE: ("✔", GOOD),
    PhaseState.FAILED: ("✘", ATTENTION),
    PhaseState.SKIPPED: ("-", QUIET),
}

SPINNER = "◐◓◑◒"
DETAIL_LINES = 3


class PhaseList(Drawing):
    """One row a phase with its last words and its time, and below it the details as they came."""

    def __init__(self) -> None:
        """Start with every phase pending."""
        super().__init__(self._lines)
        self.rows: dict[Phase, Progress] = {}
        self.details: dict[Phase, list[str]] = {}
        self.beat = 0

    def show_progress(self, progress: Progress) -> None:
        """Take a report of the probe.

        Args:
            progress: The report.
        """
        self.rows[progress.phase] = progress
        told = self.details.setdefault(progress.phase, [])
        if progress.detail and progress.detail not in told:
            told.append(progress.detail)
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
            return line(("· ", QUIET), (fit(TITLES[phase], 15), QUIET), (cut(WHAT[phase], width - 18), QUIET))
        glyph, style = GLYPHS[progress.state]
        if progress.state is PhaseState.RUNNING:
            glyph = SPINNER[self.beat // 2 % len(SPINNER)]
        took = f"{progress.ms:.0f} ms" if progress.ms is not None else ""
        words = progress.detail or WHAT[phase]
        left = line((f"{glyph} ", f"bold {style}"), fit(TITLES[phase], 15), fit(words, width - 17 - 10))
        return line(left, (f"{took:>10}", QUIET))

    def _more(self, phase: Phase, width: int) -> list[Content]:
        """The details before the last one, in lines kept free for them, so that nothing moves."""
        if phase is not Phase.CONNECT:
            return []
        earlier = self.details.get(phase, [])[:-1][-DETAIL_LINES:]
        rows = [line(" " * 17, (cut(detail, width - 17), QUIET)) for detail in earlier]
        return rows + [line()] * (DETAIL_LINES - len(rows))
