"""The step Name: is the certificate for the name that was asked for?"""

from textual.content import Content

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.pictures.names import draw_nameless, draw_names
from certwizard.wizard.screens.step import StepScreen


class NameScreen(StepScreen):
    """The name asked for against every entry of the certificate."""

    check = CheckId.NAME

    def draw(self, width: int) -> list[Content]:
        """Draw the match, label by label.

        Args:
            width: Cells there are.
        """
        diagnosis = self.case.diagnosis
        if diagnosis.names or not diagnosis.sent:
            return draw_names(diagnosis.names, width)
        common = diagnosis.sent[0].certificate.subject.first("CN") or ""
        return draw_nameless(diagnosis.target.server_name or "", common, width)
