"""The step Connection: can a secure connection be made at all?"""

from textual.content import Content

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.pictures.addresses import draw_addresses
from certwizard.wizard.pictures.took import draw_took
from certwizard.wizard.screens.step import StepScreen


class ConnectionScreen(StepScreen):
    """Every address, and how the connection to it went."""

    check = CheckId.CONNECTION

    def draw(self, width: int) -> list[Content]:
        """Draw the addresses, and how long each phase of the look took.

        Args:
            width: Cells there are.
        """
        return [*draw_addresses(self.case.observation, width), *draw_took(self.case.observation, width)]
