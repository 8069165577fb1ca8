"""Steps as they stand in the data files, and how values are put into them.

A command line of the data is split into arguments once, when it is loaded, and values are filled into the
arguments afterwards: a value is never read by anything that splits or expands.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from certwizard.domain.vocabulary import CauseId, Role
from certwizard.remedies.model import ANY, Command, Snippet, Step

_PLACE = re.compile(r"\{(\*?)([a-z][a-z0-9_]*)\}")
_OPERATORS = frozenset({"|", "<", ">", ">>", "&&"})

Values = Mapping[str, "str | tuple[str, ...] | None"]


class MissingValueError(LookupError):
    """Raised when a step needs a value that this diagnosis does not have."""


@dataclass(frozen=True, slots=True)
class StepTemplate:
    """One step with its places still open."""

    text: str
    run: str = ""
    verify: str = ""
    undo: str = ""
    platform: str = ANY
    way: str = ANY
    root: bool = False
    """Needs an administrator although the command does not say ``sudo``."""
    when: tuple[str, ...] = ()
    each: str = ""
    """Name of a list: the step is written once for each of its entries."""
    snippet: str = ""
    language: str = "text"
    where: str = ""


@dataclass(frozen=True, slots=True)
class RemedyTemplate:
    """One remedy of the data, its recipes already unfolded."""

    slug: str
    causes: tuple[CauseId, ...]
    role: Role
    title: str
    steps: tuple[StepTemplate, ...]
    when: tuple[str, ...] = ()


def fill_text(text: str, values: Values) -> str:
    """Put values into prose or a configuration snippet; lists are joined by spaces."""

    def value(place: re.Match[str]) -> str:
        found = _look_up(place[2], values)
        return found if isinstance(found, str) else " ".join(found)

    return _PLACE.sub(value, text)


def fill_command(line: str, values: Values) -> Command:
    """Make a command of a line of the data."""
    return _command(_split(line), values)


def fill_step(template: StepTemplate, values: Values) -> Step:
    """Make a step of its template; raises `MissingValueError` where a value is not to be had."""
    command = fill_command(template.run, values) if template.run else None
    snippet = None
    if template.snippet:
        body = fill_text(template.snippet, values)
        snippet = Snippet(template.language, body, fill_text(template.where, values))
    return Step(
        text=fill_text(template.text, values),
        command=command,
        snippet=snippet,
        platform=template.platform,
        way=template.way,
        needs_root=template.root or uses_sudo(command),
        verify=fill_command(template.verify, values) if template.verify else None,
        undo=fill_text(template.undo, values),
    )


def places(template: StepTemplate) -> frozenset[str]:
    """Return the names of all places of a step."""
    parts = (template.text, template.run, template.verify, template.undo, template.snippet, template.where)
    return frozenset(place[2] for part in parts for place in _PLACE.finditer(part))


def uses_sudo(command: Command | None) -> bool:
    """Return whether any program of a command runs under sudo."""
    if command is None:
        return False
    return any(program[0] == "sudo" for program in command.pipeline) or uses_sudo(command.then)


def _look_up(name: str, values: Values) -> str | tuple[str, ...]:
    found = values[name]
    if found is None or found == ():
        raise MissingValueError(name)
    return found


@cache
def _split(line: str) -> tuple[str, ...]:
    reader = shlex.shlex(line, posix=True, punctuation_chars="|<>&")
    reader.whitespace_split = True
    reader.commenters = ""
    return tuple(reader)


def _command(tokens: tuple[str, ...], values: Values) -> Command:
    """Read one chain of programs: pipes, then redirections, then what follows ``&&``."""
    head, rest = _cut(tokens, "&&")
    pipeline: list[tuple[str, ...]] = []
    stdin = stdout = None
    append = False
    arguments: list[str] = []
    words = iter(head)
    for word in words:
        if word == "|":
            pipeline.append(tuple(arguments))
            arguments = []
        elif word == "<":
            stdin = _one(next(words), values)
        elif word in (">", ">>"):
            stdout, append = _one(next(words), values), word == ">>"
        else:
            arguments.extend(_fill_argument(word, values))
    pipeline.append(tuple(arguments))
    then = _command(rest, values) if rest else None
    return Command(tuple(pipeline), stdin=stdin, stdout=stdout, append=append, then=then)


def _cut(tokens: tuple[str, ...], mark: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if mark not in tokens:
        return tokens, ()
    at = tokens.index(mark)
    return tokens[:at], tokens[at + 1 :]


def _fill_argument(word: str, values: Values) -> tuple[str, ...]:
    """Fill one argument; ``{*list}`` alone becomes as many arguments as the list has, perhaps none."""
    place = _PLACE.fullmatch(word)
    if place is None or not place[1]:
        return (_one(word, values),)
    found = values[place[2]]
    if found is None:
        raise MissingValueError(place[2])
    return (found,) if isinstance(found, str) else found


def _one(word: str, values: Values) -> str:
    return fill_text(word, values)
