"""The line of steps, as data; a step knows neither neighbour."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from certwizard.domain.vocabulary import CheckId, Status

if TYPE_CHECKING:
    from certwizard.diagnosis.result import Diagnosis


@dataclass(frozen=True, slots=True)
class WizardStep:
    """One step of the wizard: a question, and the screen that answers it."""

    id: str
    title: str
    question: str
    screen: str
    """``module:class`` under `certwizard.wizard.screens`, imported when first shown."""
    key: str
    """The key that jumps here."""
    check: CheckId | None = None

    @property
    def explanation(self) -> str:
        """What the step is for, in a sentence."""
        return _EXPLANATIONS[self.id]


_EXPLANATIONS = {
    "connection": "Before any certificate can be judged, the server must be found, reached and speak TLS.",
    "certificate": "These are the fields of the certificate itself.",
    "dates": "A certificate counts only between its first and its last day, on the clock of each client.",
    "name": "A certificate is good for the names it lists and for no other.",
    "trust": "Clients follow the signatures from the server's certificate to a root they already trust.",
    "installation": "A good certificate still fails when the server sends the wrong ones beside it.",
    "revocation": "An authority can withdraw a certificate before it ends, for instance when its key was stolen.",
    "policy": "Clients refuse weak keys and signatures, lifetimes that are too long, and the wrong usage.",
    "verdict": "The root cause comes first: repairing it removes what it explains.",
    "fix": "Do the steps from the top; a recheck looks again and says what changed.",
    "prevent": "Ready-made watching and renewal for this very server.",
}


def _check(check: CheckId, key: str, question: str, screen: str) -> WizardStep:
    return WizardStep(check.value, check.value.capitalize(), question, screen, key, check)


STEPS: tuple[WizardStep, ...] = (
    _check(CheckId.CONNECTION, "1", "Can a secure connection be made at all?", "connection:ConnectionScreen"),
    _check(
        CheckId.CERTIFICATE, "2", "What certificate does the server show?", "certificate:CertificateScreen"
    ),
    _check(CheckId.DATES, "3", "Is the certificate within its dates?", "dates:DatesScreen"),
    _check(CheckId.NAME, "4", "Is the certificate for the name you asked for?", "name:NameScreen"),
    _check(CheckId.TRUST, "5", "Does a trusted authority vouch for it?", "trust:TrustScreen"),
    _check(
        CheckId.INSTALLATION,
        "6",
        "Does the server send the right certificates?",
        "installation:InstallationScreen",
    ),
    _check(CheckId.REVOCATION, "7", "Has the certificate been withdrawn?", "revocation:RevocationScreen"),
    _check(CheckId.POLICY, "8", "Does it keep the rules that clients enforce?", "policy:PolicyScreen"),
    WizardStep("verdict", "Verdict", "What is wrong, and who notices?", "verdict:VerdictScreen", "9"),
    WizardStep("fix", "Fix", "How is it repaired?", "fix:FixScreen", "x"),
    WizardStep("prevent", "Prevent", "How does it stay repaired?", "prevent:PreventScreen", "p"),
)

CHECK_STEPS = tuple(step for step in STEPS if step.check is not None)
AFTER_STEPS = tuple(step for step in STEPS if step.check is None)


def find_step(step_id: str) -> WizardStep:
    """Return the step of an id.

    Args:
        step_id: Id such as ``dates``.
    """
    return next(step for step in STEPS if step.id == step_id)


def neighbour(step_id: str, distance: int) -> WizardStep | None:
    """Return the step that many places on (or back), or None past either end.

    Args:
        step_id: Id of a step.
        distance: 1 for the next, -1 for the one before.
    """
    index = [step.id for step in STEPS].index(step_id) + distance
    return STEPS[index] if 0 <= index < len(STEPS) else None


def opening_step(diagnosis: "Diagnosis") -> WizardStep:
    """Return where the wizard opens: at the root cause, else at the first fault, else at the verdict.

    Args:
        diagnosis: What was judged.
    """
    root = diagnosis.root_cause
    if root is not None:
        for result in diagnosis.checks:
            if root.id in result.causes:
                return find_step(result.check.value)
    for result in diagnosis.checks:
        if result.status in (Status.FAIL, Status.WARN):
            return find_step(result.check.value)
    return find_step("verdict")
