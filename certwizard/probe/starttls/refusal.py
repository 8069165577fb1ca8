"""How a server says no to STARTTLS, as a failure."""

from certwizard.domain.observation import FailureReason
from certwizard.probe.greeting import UNKNOWN_SPEECH, identify
from certwizard.probe.stream import StepFailed, fail

_UNSPEAKABLE = set(range(32)) - {9, 10, 13}


def refused(words: bytes) -> StepFailed:
    """Build the failure of a refusal from the first line of the server's own words, which are cleaned."""
    spoke = identify(words)
    known = None if spoke == UNKNOWN_SPEECH else spoke
    line = words.strip().partition(b"\n")[0]
    told = f"it speaks {known}" if known and _UNSPEAKABLE & set(line) else line.decode("utf-8", "replace")
    return fail(FailureReason.STARTTLS_REFUSED, told.strip(), known)
