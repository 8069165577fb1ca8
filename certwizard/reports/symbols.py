"""The glyph and the word of each status, the same on every screen and in every report."""

from dataclasses import dataclass

from certwizard.diagnosis.result import ClientAction
from certwizard.domain.vocabulary import Severity, Status, Verdict
from certwizard.reports.glyphs import can_show_glyphs as can_show_glyphs


@dataclass(frozen=True, slots=True)
class Symbol:
    """How one meaning is written: a glyph, its ASCII form and a word."""

    glyph: str
    ascii: str
    word: str

    def mark(self, unicode: bool = True) -> str:
        """Return the glyph, or its ASCII form where the output cannot show it."""
        return self.glyph if unicode else self.ascii


STATUS: dict[Status, Symbol] = {
    Status.PASS: Symbol("✔", "+", "PASS"),
    Status.WARN: Symbol("!", "!", "WARN"),
    Status.FAIL: Symbol("✘", "x", "FAIL"),
    Status.UNKNOWN: Symbol("?", "?", "UNKNOWN"),
    Status.SKIPPED: Symbol("-", "-", "SKIPPED"),
}

VERDICT: dict[Verdict, Symbol] = {
    Verdict.ACCEPTED: Symbol("✔", "+", "ACCEPTED"),
    Verdict.WARNED: Symbol("!", "!", "ACCEPTED, WITH WARNINGS"),
    Verdict.REJECTED: Symbol("✘", "x", "REJECTED"),
    Verdict.UNDETERMINED: Symbol("?", "?", "COULD NOT FIND OUT"),
}

SEVERITY: dict[Severity, Symbol] = {
    Severity.ERROR: Symbol("✘", "x", "error"),
    Severity.WARNING: Symbol("!", "!", "warning"),
    Severity.INFO: Symbol("·", ".", "info"),
}

ACTION: dict[ClientAction, Symbol] = {
    ClientAction.ACCEPTS: Symbol("✔", "+", "accepts"),
    ClientAction.REJECTS: Symbol("✘", "x", "refuses"),
    ClientAction.WARNS: Symbol("!", "!", "warns"),
    ClientAction.UNKNOWN: Symbol("?", "?", "not known"),
}
