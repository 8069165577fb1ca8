"""A numbered list that is told page by page, and the number or the words that choose one of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certwizard.wizard.plain.talk import Talk

PAGE = 10
"""So many are told at a time: whoever listens cannot skim."""
LEAVE = ("b", "back", "q", "quit")
SEARCHES = ", or words to search"
HELP = ("?", "h", "help")


def number_of(answer: str, count: int) -> int | None:
    """Return the number from 0 that an answer names; None where it is none of the list.

    Args:
        answer: What was typed.
        count: How many there are.
    """
    named = answer.isascii() and answer.isdigit() and 0 < int(answer[:9]) <= count
    return int(answer[:9]) - 1 if named else None


def ask_number(talk: Talk, prompt: str, count: int) -> int | None:
    """Return a number from 0 that was chosen; None where the answer is no number of the list.

    Args:
        talk: The dialogue.
        prompt: The question.
        count: How many there are.
    """
    answer = talk.ask(prompt)
    chosen = number_of(answer, count)
    if answer and chosen is None and answer.lower() not in LEAVE:
        talk.tell(f"{answer} was understood; expected a number from 1 to {count}")
    return chosen


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to choose from."""

    what: str
    """What one of it is called, for the prompt: ``Lesson``."""
    names: Sequence[str]
    find: Callable[[str], Sequence[int]] | None = None
    """Which ones (from 0, the most fitting first) words stand for; None where words mean nothing."""
    hint: str = ""
    """What else may be answered, for the prompt."""
    leave: str = "goes back"
    """What an empty answer does once the list was told."""
    do: Callable[[str], bool] = lambda answer: False
    """Does what else can be said here, and returns whether the answer was such a thing."""
    over: Callable[[], bool] = lambda: False
    """Whether what was done leads away from the list."""
    help: str = ""
    """What else can be said here."""


class Picker:
    """Tells a list, ten at a time, and takes choices of it as often as they are wanted."""

    def __init__(self, talk: Talk, listed: Listed) -> None:
        """Prepare the list; nothing is told yet.

        Args:
            talk: The dialogue.
            listed: The list.
        """
        self.talk, self.listed = talk, listed
        self._waiting: Sequence[int] = range(len(listed.names))
        self._told = False

    def ask(self) -> int | None:
        """Return which one is chosen, from 0; None where the user goes back.

        Raises:
            InputEnded: Where nobody answers.
        """
        if not self._told:
            self._told = True
            self._tell_page()
        while True:
            answer = self.talk.ask(self._prompt()).strip()
            if not answer and self._waiting:
                self._tell_page()
                continue
            if not answer or answer.lower() in LEAVE:
                return None
            chosen = number_of(answer, len(self.listed.names))
            if chosen is not None:
                return chosen
            if answer.lower() in HELP:
                self.talk.tell(self._help())
            elif self.listed.do(answer):
                if self.listed.over():
                    return None
            elif len(found := self._found(answer)) == 1:
                return found[0]

    def _tell_page(self) -> None:
        for index in self._waiting[:PAGE]:
            self.talk.tell(self.listed.names[index], "    ", f"{index + 1}. ")
        self._waiting = self._waiting[PAGE:]

    def _prompt(self) -> str:
        listed, count = self.listed, len(self._waiting)
        words = SEARCHES if listed.find is not None else listed.hint
        more = (
            f"Enter tells {min(count, PAGE)} of {count} more, b goes back"
            if count
            else f"Enter {listed.leave}"
        )
        return f"{listed.what}, by number{words}; {more}{', ? helps' if listed.help else ''}:"

    def _help(self) -> str:
        words = " Words show only those that hold them." if self.listed.find is not None else ""
        return (
            f"There are {len(self.listed.names)}, numbered from 1; a number chooses at any time.{words} "
            f"Enter goes on with the list, b goes back. {self.listed.help}"
        )

    def _found(self, answer: str) -> Sequence[int]:
        """Return what the words stand for; where it is more than one, it is told in place of the list."""
        find, count = self.listed.find, len(self.listed.names)
        if find is None or answer.isdigit():
            self.talk.tell(f"{answer} was understood; expected a number from 1 to {count}")
            return ()
        found = find(answer)
        if not found:
            self.talk.tell(f"{answer} fits nothing here.")
        elif len(found) > 1:
            self.talk.tell(f"{answer} fits {len(found)}:")
            self._waiting = found
            self._tell_page()
        return found


def pick(talk: Talk, listed: Listed) -> int | None:
    """Tell a list and return which one was chosen, from 0; None where the user goes back.

    Args:
        talk: The dialogue.
        listed: The list.

    Raises:
        InputEnded: Where nobody answers.
    """
    return Picker(talk, listed).ask()
