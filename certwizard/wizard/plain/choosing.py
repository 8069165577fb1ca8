"""From an answer to one of the commands that can be given: by its letter, or by its name."""

from collections.abc import Sequence
from dataclasses import dataclass

from certwizard.wizard.commands.model import WizardCommand

_SIGNS = {"question_mark": "?"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A command, and the number that was given with it (``m 3``)."""

    command: WizardCommand
    number: int | None = None


def letter_of(command: WizardCommand) -> str:
    """Return the letter, digit or sign of a command; empty where it has none.

    Args:
        command: A command of the wizard.
    """
    typed = [_SIGNS.get(key, key) for key in command.keys]
    return next((key for key in typed if len(key) == 1), "")


def choice_of(answer: str, commands: Sequence[WizardCommand]) -> Choice | None:
    """Return what an answer chooses; None where it names no command.

    Args:
        answer: What was typed.
        commands: Those that can be given here.
    """
    words = answer.lower().split()
    number = int(words.pop()) if len(words) > 1 and words[-1].isascii() and words[-1].isdigit() else None
    name = " ".join(words)
    for command in commands:
        if name in (*(_SIGNS.get(key, key) for key in command.keys), command.label.lower()):
            return Choice(command, number)
    return None


def command_lines(commands: Sequence[WizardCommand]) -> list[str]:
    """Return one line a command, with what it does.

    Args:
        commands: Those that can be given here.
    """
    return [f"{letter_of(command)}: {command.label}. {command.help}" for command in commands]
