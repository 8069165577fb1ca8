"""Glyph, word and colour of each status."""

from dataclasses import dataclass

from certwizard.diagnosis.result import ClientAction
from certwizard.domain.vocabulary import Severity, Status, Verdict
from certwizard.reports import symbols
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, QUIET


@dataclass(frozen=True, slots=True)
class Mark:
    """How one meaning looks: a glyph, a word and a colour, never the colour alone."""

    glyph: str
    word: str
    style: str
    badge: str
    """CSS class of the badge that carries the word."""


def _mark(symbol: symbols.Symbol, style: str, badge: str) -> Mark:
    return Mark(symbol.glyph, symbol.word, style, badge)


STATUS: dict[Status, Mark] = {
    Status.PASS: _mark(symbols.STATUS[Status.PASS], GOOD, "good"),
    Status.WARN: _mark(symbols.STATUS[Status.WARN], ATTENTION, "attention"),
    Status.FAIL: _mark(symbols.STATUS[Status.FAIL], BROKEN, "broken"),
    Status.UNKNOWN: _mark(symbols.STATUS[Status.UNKNOWN], ATTENTION, "attention"),
    Status.SKIPPED: _mark(symbols.STATUS[Status.SKIPPED], QUIET, "quiet"),
}

VERDICT: dict[Verdict, Mark] = {
    Verdict.ACCEPTED: _mark(symbols.VERDICT[Verdict.ACCEPTED], GOOD, "good"),
    Verdict.WARNED: _mark(symbols.VERDICT[Verdict.WARNED], ATTENTION, "attention"),
    Verdict.REJECTED: _mark(symbols.VERDICT[Verdict.REJECTED], BROKEN, "broken"),
    Verdict.UNDETERMINED: _mark(symbols.VERDICT[Verdict.UNDETERMINED], ATTENTION, "attention"),
}

SEVERITY: dict[Severity, Mark] = {
    Severity.ERROR: _mark(symbols.SEVERITY[Severity.ERROR], BROKEN, "broken"),
    Severity.WARNING: _mark(symbols.SEVERITY[Severity.WARNING], ATTENTION, "attention"),
    Severity.INFO: _mark(symbols.SEVERITY[Severity.INFO], QUIET, "quiet"),
}

ACTION: dict[ClientAction, Mark] = {
    ClientAction.ACCEPTS: _mark(symbols.ACTION[ClientAction.ACCEPTS], GOOD, "good"),
    ClientAction.REJECTS: _mark(symbols.ACTION[ClientAction.REJECTS], BROKEN, "broken"),
    ClientAction.WARNS: _mark(symbols.ACTION[ClientAction.WARNS], ATTENTION, "attention"),
    ClientAction.UNKNOWN: _mark(symbols.ACTION[ClientAction.UNKNOWN], QUIET, "quiet"),
}
