"""What is said of remedies, in every form of the wizard."""

from certwizard.diagnosis.result import Diagnosis
from certwizard.remedies.model import Remedy

NOTHING_TO_REPAIR = (
    "Nothing needs repairing.",
    "All checks that could be made passed, or only told something worth knowing.",
)
NOTHING_TO_WATCH = ("Nothing to add here.", "There is no certificate in this case that could be watched.")

NEEDS_ROOT = "needs root"
PROVE = "prove it"
UNDO = "undo"


def which_it_repairs(remedy: Remedy, diagnosis: Diagnosis) -> str:
    """Return which of several causes a remedy repairs; empty where there is but one.

    Args:
        remedy: The remedy.
        diagnosis: What it repairs.
    """
    root = diagnosis.root_cause
    causes = {cause.id for cause in diagnosis.causes}
    if root is None or remedy.cause not in causes or len(diagnosis.causes) < 2:
        return ""
    which = "repairs the root cause" if root.id is remedy.cause else "repairs also"
    return f"{which}: {remedy.cause.value}"
