"""The step Trust: does a trusted authority vouch for the certificate?"""

from textual.content import Content

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.pictures.chain import draw_chain
from certwizard.wizard.pictures.other_paths import draw_other_paths
from certwizard.wizard.screens.step import StepScreen


class TrustScreen(StepScreen):
    """The chain from the server's certificate to a root that clients trust."""

    check = CheckId.TRUST

    def draw(self, width: int) -> list[Content]:
        """Draw the chain, and the other paths there are.

        Args:
            width: Cells there are.
        """
        others = draw_other_paths(self.case.diagnosis, width)
        return [*draw_chain(self.case.diagnosis, width), *([Content("")] if others else []), *others]
