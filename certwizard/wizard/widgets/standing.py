"""How a diagnosis stands, in a few words for the header."""

from textual.content import Content

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import Severity, Verdict
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.symbols import VERDICT


def standing_of(diagnosis: Diagnosis) -> Content:
    """Return the standing of a diagnosis: its mark and the number of problems.

    Args:
        diagnosis: What was judged.
    """
    errors = sum(cause.severity is Severity.ERROR for cause in diagnosis.causes)
    warnings = sum(cause.severity is Severity.WARNING for cause in diagnosis.causes)
    if errors:
        words = _count(errors, "problem") + (f", {_count(warnings, 'warning')}" if warnings else "")
    elif warnings:
        words = _count(warnings, "warning")
    else:
        words = "not found out" if diagnosis.verdict is Verdict.UNDETERMINED else "nothing wrong"
    mark = VERDICT[diagnosis.verdict]
    return line((f"{mark.glyph} {words}", f"bold {mark.style}"))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
