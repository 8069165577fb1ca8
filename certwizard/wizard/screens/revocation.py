"""The step Revocation: has the certificate been withdrawn?"""

from textual.content import Content

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.pictures.findings import draw_findings
from certwizard.wizard.screens.step import StepScreen


class RevocationScreen(StepScreen):
    """What every source says about the certificate's revocation."""

    check = CheckId.REVOCATION

    def draw(self, width: int) -> list[Content]:
        """Draw what each source says.

        Args:
            width: Cells there are.
        """
        return draw_findings(self.case.diagnosis, width)
