"""The result: who printed what, which causes it can stand for, and what to ask next."""

from dataclasses import dataclass

from certwizard.domain.target import Target
from certwizard.domain.vocabulary import CauseId


@dataclass(frozen=True, slots=True)
class Recognised:
    """One message as it was recognised."""

    client: str
    """Id of the client or library whose words they are; empty for words of no client in particular."""
    title: str
    """The client's name for people; empty likewise."""
    code: str
    text: str
    """The message in the catalogue's words."""
    decides: bool
    """Whether the causes rest on it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A cause that the messages can stand for."""

    id: CauseId
    why: str
    ask: str
    step: str
    """The step of the wizard that shows it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a text says, and what it does not."""

    client: str
    """Id of the program that printed the text; empty where nothing shows which."""
    client_title: str
    matches: tuple[Recognised, ...]
    guesses: tuple[Guess, ...]
    """Most likely first; empty where nothing is claimed."""
    means: str = ""
    """What happened, in one sentence; empty where nothing is claimed."""
    silent: tuple[str, ...] = ()
    """What the message does not say."""
    hint: str = ""
    """The next question, where nothing is claimed."""
    told_apart: str = ""
    """Id of what it is instead of a certificate error; empty where it is unknown or a certificate error."""
    target: Target | None = None
    """The server the text speaks of."""
    left_out: str = ""
    """What of a text that was too long was not read; empty where all was."""
