"""The step Certificate: what does the server show?"""

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.screens.step import StepScreen


class CertificateScreen(StepScreen):
    """The certificate's own facts, field by field."""

    check = CheckId.CERTIFICATE
    explanation = "{means} explains the marked line."
