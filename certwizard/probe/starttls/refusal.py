"""How a server says no to STARTTLS, as a failure."""

from certwizard.domain.observation import FailureReason
from certwizard.probe.greeting import UNKNOWN_SPEECH, identify
from certwizard.probe.stream import StepFailed, fail


def refused(words: bytes) -> StepFailed:
    """Build the failure of a refusal from the server's own words, which are cleaned."""
    spoke = identify(words)
    return fail(
        FailureReason.STARTTLS_REFUSED,
        words.decode("utf-8", "replace").strip(),
        None if spoke == UNKNOWN_SPEECH else spoke,
    )
