"""Handing a value out: to this machine's clipboard, and alone on its line, where a reader finds it."""

from collections.abc import Callable
from threading import Thread

from certwizard.wizard.clipboard import machine_took
from certwizard.wizard.plain.talk import Talk

PATIENCE = 2.0
"""Seconds that a clipboard gets; it may be a program that waits for a display."""
COPIED = "Copied, and here alone: {what}."
ALONE = "No clipboard was found here. Alone, to be taken from the screen: {what}."


def give(talk: Talk, text: str, what: str, take: Callable[[str], bool] = machine_took) -> None:
    """Copy a text where that can be done, and tell it alone.

    Args:
        talk: The dialogue.
        text: What to give.
        what: What it is, in a few words.
        take: Copies to a clipboard, and returns whether that went well.
    """
    taken: list[bool] = []
    thread = Thread(target=lambda: taken.append(take(text)), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    talk.tell((COPIED if taken == [True] else ALONE).format(what=what))
    talk.say(*text.splitlines())
