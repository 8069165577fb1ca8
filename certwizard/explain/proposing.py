"""What to do next: the diagnosis that decides between the causes, and the step that shows it."""

from certwizard.explain.explanation import Explanation, Guess

PLACEHOLDER = "HOST:PORT"
"""Stands where the text names no server."""


def command_for(explanation: Explanation) -> tuple[str, ...]:
    """Return the diagnosis as a command's arguments.

    Args:
        explanation: What a text says.
    """
    target = explanation.target
    return ("certwizard", target.input if target else PLACEHOLDER)


def question_of(guess: Guess, explanation: Explanation) -> str:
    """Return the next thing to find out, with where it is shown.

    Args:
        guess: A cause.
        explanation: What the text says.
    """
    where = " ".join(command_for(explanation))
    return f"{guess.ask} ({where}, step {guess.step.capitalize()})"
