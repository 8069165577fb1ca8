"""How a diagnosis stands, in a few words for the header."""

from textual.content import Content

from certwizard.diagnosis.result import Diagnosis
from certwizard.wizard.findings import standing_words
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.symbols import VERDICT


def standing_of(diagnosis: Diagnosis) -> Content:
    """Return the standing of a diagnosis: its mark and the number of problems.

    Args:
        diagnosis: What was judged.
    """
    mark = VERDICT[diagnosis.verdict]
    return line((f"{mark.glyph} {standing_words(diagnosis)}", f"bold {mark.style}"))
