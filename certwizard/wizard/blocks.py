"""What can be copied: the commands, proofs and lines of a step, each with what must be known of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from certwizard.remedies.model import Command, Shell, Step
from certwizard.wizard.remedy_words import NEEDS_ROOT, PROVE, marks_of


@dataclass(frozen=True, slots=True)
class Block:
    """A text that is copied exactly as it stands."""

    text: str
    language: str
    """``bash`` ``nginx`` ``ini`` ``text`` ...: for the colours."""
    what: str
    """What it is in a few words, for the notice."""
    note: str = ""
    """``needs root`` or the like."""
    where: str = ""
    """The file it belongs into, in words; empty for a command."""
    proves: bool = False
    """Whether it shows that the step worked."""

    @property
    def label(self) -> str:
        """What stands at its head: the language, for a proof after what it is for."""
        return f"✔ {PROVE} · {self.language}" if self.proves else self.language


def blocks_of(number: int, step: Step, shell: Shell | None) -> tuple[Block, ...]:
    """Return what can be copied of a step, in the order it is used.

    Args:
        number: Its place in the remedy.
        step: The step.
        shell: The shell chosen; None: the one of the step's platform.
    """
    return tuple(_blocks(number, step, shell))


def _blocks(number: int, step: Step, shell: Shell | None) -> Iterator[Block]:
    if step.command is not None and step.command != step.verify:
        yield _said(step.command, step, shell, f"the command of step {number}")
    if (snippet := step.snippet) is not None:
        note = NEEDS_ROOT if step.needs_root else ""
        yield Block(snippet.text, snippet.language, f"the lines of step {number}", note, snippet.where)
    if step.verify is not None:
        yield _said(step.verify, step, shell, f"the proof of step {number}", proves=True)


def _said(command: Command, step: Step, shell: Shell | None, what: str, *, proves: bool = False) -> Block:
    from certwizard.remedies.shells import say

    text, said_in = say(command, step.platform, shell)
    only = (f"cannot be said in {shell.value}",) if shell not in (None, said_in) else ()
    note = " · ".join((*marks_of(command, None if proves else step), *only))
    return Block(text, said_in.value, what, note, proves=proves)
