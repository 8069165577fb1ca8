"""From an answer to one of the commands that can be given: by its letter, or by its name."""

from collections.abc import Sequence
from dataclasses import dataclass

from certwizard.wizard.commands.catalogue import LESSONS
from certwizard.wizard.commands.model import WizardCommand

_SIGNS = {"question_mark": "?", "equals_sign": "="}
_SEARCH = "/"


@dataclass(frozen=True, slots=True)
class Choice:
    """A command, and what was given with it."""

    command: WizardCommand
    number: int | None = None
    """As in ``m 3``."""
    words: str = ""
    """What the lessons are searched for, as in ``lessons wildcard`` or ``/wildcard``."""


def letter_of(command: WizardCommand) -> str:
    """Return the letter, digit or sign of a command; its name where only a capital stands for it.

    A capital is not heard apart from its small letter.

    Args:
        command: A command of the wizard.
    """
    letter = next((key for key in _typed(command) if len(key) == 1), "")
    return command.label.lower() if letter.isupper() else letter


def _typed(command: WizardCommand) -> list[str]:
    return [_SIGNS.get(key, key) for key in command.keys]


def choice_of(answer: str, commands: Sequence[WizardCommand]) -> Choice | None:
    """Return what an answer chooses; None where it names no command.

    Args:
        answer: What was typed.
        commands: Those that can be given here.
    """
    if LESSONS in commands and (words := _searched(answer)) is not None:
        return Choice(LESSONS, words=words)
    words_given = answer.split()
    last = words_given[-1] if len(words_given) > 1 else ""
    number = int(last[:9]) if last.isascii() and last.isdigit() else None
    name = " ".join(words_given[:-1] if number is not None else words_given)
    # As it was typed first: a capital may be another command's key.
    for typed in (name, name.lower()):
        for command in commands:
            if typed in (*_typed(command), command.label.lower()):
                return Choice(command, number)
    return None


def _searched(answer: str) -> str | None:
    """Return what the lessons shall be searched for; None where the answer asks for no search."""
    if answer.startswith(_SEARCH):
        return answer[1:].strip()
    name, _, words = answer.partition(" ")
    return words.strip() if name.lower() == LESSONS.label.lower() else None


def command_lines(commands: Sequence[WizardCommand]) -> list[str]:
    """Return one line a command, with what it does.

    Args:
        commands: Those that can be given here.
    """
    return [f"{letter_of(command)}: {command.label}. {command.help}" for command in commands]
