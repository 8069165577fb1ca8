"""The step Installation: does the server send the right certificates?"""

from textual.content import Content

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.pictures.sent import draw_sent
from certwizard.wizard.screens.step import StepScreen


class InstallationScreen(StepScreen):
    """What the server sends beside what it should send."""

    check = CheckId.INSTALLATION

    def draw(self, width: int) -> list[Content]:
        """Draw both lists side by side.

        Args:
            width: Cells there are.
        """
        return draw_sent(self.case.diagnosis, width)
