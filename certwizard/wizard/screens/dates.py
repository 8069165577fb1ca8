"""The step Dates: is the certificate within its dates?"""

from collections.abc import Iterable

from textual.content import Content

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.pictures.canvas import line
from certwizard.wizard.pictures.lifetime import draw_lifetime
from certwizard.wizard.pictures.timeline import Span, draw_timeline
from certwizard.wizard.screens.step import StepScreen
from certwizard.wizard.styles import QUIET

MOST_BARS = 5


class DatesScreen(StepScreen):
    """The validity of every certificate over time."""

    check = CheckId.DATES

    def draw(self, width: int) -> list[Content]:
        """Draw the validity of each certificate, and how much of the first is left.

        Args:
            width: Cells there are.
        """
        diagnosis = self.case.diagnosis
        spans = list(spans_of(diagnosis))
        rows = draw_timeline(spans[:MOST_BARS], diagnosis.judged_at, width)
        if rows and len(spans) > MOST_BARS:
            rows.append(line((f"and {len(spans) - MOST_BARS} more above them; the viewer shows all", QUIET)))
        if rows and spans[0].begins <= diagnosis.judged_at <= spans[0].ends:
            rows += draw_lifetime(spans[0].begins, spans[0].ends, diagnosis.judged_at, width)
        return rows


def spans_of(diagnosis: Diagnosis) -> Iterable[Span]:
    """Return the validity of every certificate of the path, or as sent where there is no path.

    Args:
        diagnosis: What was judged.
    """
    of_path = [(link.role.value, link.certificate) for link in diagnosis.path]
    for label, certificate in of_path or [(item.role.value, item.certificate) for item in diagnosis.sent]:
        if certificate.not_before is not None and certificate.not_after is not None:
            yield Span(label, certificate.not_before, certificate.not_after)
