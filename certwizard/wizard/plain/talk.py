"""The dialogue itself: lines out, an answer in; no cursor is moved, no colour and no box is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from certwizard.domain.cleantext import clean, escape
from certwizard.reports.paper import Paper

LONGEST_ANSWER = 8192
LONGEST_LINE = 20_000
_MOST_PIECES = 512
"""An answer that goes on for more than this many pieces has no end."""


class InputEnded(Exception):
    """There is nobody left who answers."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Says lines and asks for answers."""

    write: Callable[[str], None]
    read: Callable[[int], str]
    """Reads a line of at most so many characters, as ``readline`` does."""
    paper: Paper
    echo: bool = False
    """Whether answers are written back, where they come from a file and nobody sees them typed."""

    def say(self, *lines: str) -> None:
        """Write lines as they are, but for what could do harm.

        Args:
            lines: What to say.
        """
        self.write("".join(f"{escape(line, LONGEST_LINE).rstrip(' ')}\n" for line in lines))

    def tell(self, text: str, indent: str = "", first: str | None = None) -> None:
        """Write a text, wrapped.

        Args:
            text: What to say.
            indent: Before each line.
            first: Before the first line in place of it.
        """
        self.say(*self.paper.wrap(text, indent, first))

    def ask(self, prompt: str) -> str:
        """Return an answer as one harmless line.

        Args:
            prompt: The question.

        Raises:
            InputEnded: Where the input has ended.
        """
        return clean(self.ask_raw(prompt), LONGEST_ANSWER)

    def ask_raw(self, prompt: str) -> str:
        """Return an answer as it was typed, without its line end; what is too long is cut.

        Args:
            prompt: The question.

        Raises:
            InputEnded: Where the input has ended.
        """
        *before, last = self.paper.wrap(prompt) or [""]
        self.say(*before)
        self.write(f"{last} ")
        answer = self._line()
        if self.echo:
            self.say(clean(answer))
        return answer

    def _line(self) -> str:
        first = piece = self.read(LONGEST_ANSWER)
        if not first:
            self.write("\n")
            raise InputEnded
        for _ in range(_MOST_PIECES):
            if piece.endswith("\n") or not piece:
                return first.rstrip("\r\n")
            piece = self.read(LONGEST_ANSWER)
        raise InputEnded
