"""What is said of remedies, in every form of the wizard."""

from certwizard.diagnosis.result import Diagnosis
from certwizard.remedies.marks import Hazard, hazards_of, runs_as_root
from certwizard.remedies.model import Command, Remedy, Step

NOTHING_TO_REPAIR = (
    "Nothing needs repairing.",
    "All checks that could be made passed, or only told something worth knowing.",
)
NOTHING_TO_WATCH = ("Nothing to add here.", "There is no certificate in this case that could be watched.")

NEEDS_ROOT = "needs root"
HAZARDS = {Hazard.REPLACES: "replaces or deletes", Hazard.INTERRUPTS: "interrupts the service"}
DONE = "done"
ALL_DONE = "all done"
PROVED = "all done: {key} looks again and proves it"
PROVED_SHORT = "all done: {key} proves it"
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


def marks_of(command: Command, step: Step | None = None) -> tuple[str, ...]:
    """Return what to know before a command is run: that it needs root, and what it takes away.

    Args:
        command: The command.
        step: The step it belongs to, where the step as a whole may need an administrator.
    """
    root = (step is not None and step.needs_root) or runs_as_root(command)
    return (*((NEEDS_ROOT,) if root else ()), *(HAZARDS[hazard] for hazard in hazards_of(command)))
