"""Whether the diagnosis bears out the message that led to it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from certwizard.domain.vocabulary import CheckId, Severity, Status
from certwizard.wizard.findings import check_of
from certwizard.wizard.steps import WizardStep, find_step, opening_step

if TYPE_CHECKING:
    from certwizard.diagnosis.result import Cause, Diagnosis
    from certwizard.explain.explanation import Explanation

_TOO_WIDE = frozenset({"http-status"})
"""What is told apart in words that stand for too much to be compared: any status of a web server."""
_UNSEEN = (Status.UNKNOWN, Status.SKIPPED)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the diagnosis says of a message."""

    step: WizardStep
    """Where it is decided; the wizard opens there."""
    title: str
    text: str
    confirmed: bool = False
    """Whether the diagnosis shows what the message stands for."""


def outcome_of(message: "Explanation | None", diagnosis: "Diagnosis") -> Confirmation | None:
    """Return what a diagnosis says of the message that led to it; None where none did.

    Args:
        message: What the message says.
        diagnosis: What was found.
    """
    return confirm(message, diagnosis) if message is not None else None


def confirm(explanation: "Explanation", diagnosis: "Diagnosis") -> Confirmation:
    """Compare what a message can stand for with what was found.

    Args:
        explanation: What the message says.
        diagnosis: What was found at the server it speaks of.
    """
    who = f"Your message of {explanation.client_title}" if explanation.client_title else "Your message"
    found = _found(explanation, diagnosis) or _printed(explanation, diagnosis)
    if found is not None:
        step = find_step(check_of(diagnosis, found).value)
        title = f"{who}: confirmed, it is {found.id.value}"
        return Confirmation(step, title, _behind(found, diagnosis), confirmed=True)
    opening = opening_step(diagnosis)
    if not explanation.guesses:
        return Confirmation(opening, f"{who} names no certificate fault", _instead(diagnosis))
    step = find_step(explanation.guesses[0].step)
    stood_for = f"It can stand for {', '.join(guess.id.value for guess in explanation.guesses[:3])}."
    if diagnosis.check(CheckId(step.id)).status in _UNSEEN:
        title = f"{who} could be neither confirmed nor ruled out"
        return Confirmation(opening, title, f"{stood_for} {_instead(diagnosis)}")
    return Confirmation(step, f"{who}: not what this server shows now", f"{stood_for} {_instead(diagnosis)}")


def _found(explanation: "Explanation", diagnosis: "Diagnosis") -> "Cause | None":
    """Return the most likely cause that was really found; one that clients refuse goes before a mere remark."""
    ranks = {guess.id.value: rank for rank, guess in enumerate(explanation.guesses)}
    if not ranks and explanation.told_apart:
        ranks = {explanation.told_apart: 0}
    found = [
        cause for cause in diagnosis.causes if cause.id.value in ranks and cause.severity is not Severity.INFO
    ]
    return min(
        found, key=lambda cause: (cause.severity is not Severity.ERROR, ranks[cause.id.value]), default=None
    )


def _printed(explanation: "Explanation", diagnosis: "Diagnosis") -> "Cause | None":
    """Return the cause for which the diagnosis says that a client prints this very message.

    One message can stand for more than the catalogue lists: the odd address of several shows its old certificate.
    """
    from certwizard.explain.engine import explain

    causes = {cause.id: cause for cause in diagnosis.causes if cause.severity is not Severity.INFO}
    refusals = [each for each in diagnosis.clients if each.message and each.cause in causes]
    for outcome in sorted(refusals, key=lambda each: each.client != explanation.client):
        if outcome.cause is not None and _says_the_same(explanation, explain(outcome.message)):
            return causes[outcome.cause]
    return None


def _says_the_same(one: "Explanation", other: "Explanation") -> bool:
    mine, its = ({(m.client, m.text) for m in each.matches if m.decides} for each in (one, other))
    same = bool(one.told_apart) and one.told_apart == other.told_apart
    return bool(mine & its) or (same and one.told_apart not in _TOO_WIDE)


def _behind(found: "Cause", diagnosis: "Diagnosis") -> str:
    root = diagnosis.root_cause
    return "" if root is None or root == found else f"Repair first: {root.headline}"


def _instead(diagnosis: "Diagnosis") -> str:
    root = diagnosis.root_cause
    if root is not None:
        return f"What was found instead: {root.headline}"
    return "Nothing is wrong here now; the client may have reached another address, another store or another time."
