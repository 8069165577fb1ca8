"""Finds the certificate files that servers' configurations name; nothing else of them is read out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certwizard.domain.observation import Failure
from certwizard.knowledge.certificate_places import CertificatePlace
from certwizard.probe.bounded_file import read_bounded

MAX_SETTINGS_BYTES = 1024 * 1024
MAX_NAMED = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A certificate file that a configuration names."""

    path: str
    named_in: str


def named_files(place: CertificatePlace, path: str) -> tuple[Named, ...] | Failure:
    """Return the files that one configuration file names.

    Args:
        place: Whose configuration it is: its directives, and what relative paths are relative to.
        path: The configuration file.
    """
    data = read_bounded(path, MAX_SETTINGS_BYTES)
    if isinstance(data, Failure):
        return data
    found = dict.fromkeys(_paths(place, data.decode("utf-8", "surrogateescape")))
    return tuple(Named(each, path) for each in list(found)[:MAX_NAMED])


def _paths(place: CertificatePlace, text: str) -> Iterator[str]:
    for words in _statements(text):
        for number, word in enumerate(words):
            # Only HAProxy names files in the middle of a line.
            if word in place.names and (number == 0 or place.software == "haproxy"):
                yield from _usable(place, words[number + 1 : number + 9])
                break


def _statements(text: str) -> Iterator[list[str]]:
    """Yield the words of each statement; nginx lets several stand in one line."""
    for line in text.splitlines():
        for statement in re.split(r"[;{}]", line.split("#", 1)[0]):
            yield _words(statement)


def _words(statement: str) -> list[str]:
    """Return the words of a statement, without quotes and the signs that stand around values."""
    bare = statement.strip().replace("=", " ").replace(",", " ")
    return [word.strip("\"'").removeprefix("<") for word in re.split(r"\s+", bare) if word]


def _usable(place: CertificatePlace, words: Iterable[str]) -> Iterator[str]:
    for number, word in enumerate(words):
        # Postfix lists several files; elsewhere the first word is the path and what follows belongs to others.
        if number and place.software != "postfix":
            return
        # What is put in at run time, or the path of a key in a list, is no certificate file that could be read.
        if word and "$" not in word and "{" not in word and ":" not in word:
            yield word if word.startswith("/") else f"{place.base}/{word}"
