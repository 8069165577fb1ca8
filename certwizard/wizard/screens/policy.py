"""The step Policy: does the certificate keep the rules that clients enforce?"""

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.screens.step import StepScreen


class PolicyScreen(StepScreen):
    """Keys, signatures, lifetime and usage against today's rules."""

    check = CheckId.POLICY
