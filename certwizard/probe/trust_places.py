"""The files and directories that roots come from: what is there, and how much of it vendors ship too."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure
from certwizard.domain.trust_stores import PlaceState, StorePlace, TrustVariable
from certwizard.knowledge.trust_variables import trust_variables
from certwizard.probe.java_homes import java_override
from certwizard.probe.keystore import read_keystore
from certwizard.probe.root_files import read_hashed_directory, read_roots

MAX_PATH = 500


class Public:
    """The roots that vendors ship."""

    def __init__(self, roots: Iterable[bytes]) -> None:
        """Keep them for looking up."""
        self._roots = frozenset(roots)

    def among(self, roots: Iterable[bytes]) -> int:
        """Return how many of some roots vendors ship too."""
        return len(self._roots.intersection(roots))


NOTHING_PUBLIC = Public(())


def place_of(path: str, found: tuple[bytes, ...] | Failure, public: Public) -> StorePlace:
    """Return what a file or directory turned out to be, by what reading it gave."""
    shown = clean(path, MAX_PATH)
    if not isinstance(found, Failure):
        if not found:
            return StorePlace(shown, PlaceState.EMPTY, words="no root would be found in it")
        return StorePlace(shown, PlaceState.USABLE, len(found), public.among(found))
    if not os.path.exists(path):
        return StorePlace(shown, PlaceState.MISSING, words=found.detail or "there is no such file")
    empty = found.spoke == "an empty file" or found.detail == "the file is empty"
    return StorePlace(shown, PlaceState.EMPTY if empty else PlaceState.UNREADABLE, words=found.detail)


def variables_of(environ: Mapping[str, str], public: Public) -> tuple[TrustVariable, ...]:
    """Return the variables that name roots, as far as they are set, with what they point at."""
    found = [
        TrustVariable(row.name, _look(environ[row.name], public))
        for row in trust_variables()
        if environ.get(row.name) and not row.java_options
    ]
    override = java_override(environ)
    if override is not None and override.path:
        found.append(
            TrustVariable(override.variable, place_of(override.path, read_keystore(override.path), public))
        )
    return tuple(found)


def without_public(environ: Mapping[str, str], public: Public) -> dict[str, str]:
    """Return the environment without the variables that lead to roots of the given vendors.

    Args:
        environ: The environment.
        public: The roots that vendors really ship.
    """
    named = {row.name for row in trust_variables() if not row.java_options}
    return {
        name: value for name, value in environ.items() if name not in named or not _look(value, public).public
    }


def _look(value: str, public: Public) -> StorePlace:
    """Look at a file, at a directory, or at the first usable of several directories."""
    places = [place_of(each, read_place(each), public) for each in value.split(os.pathsep) if each] or [
        StorePlace("", PlaceState.MISSING, words="it is empty")
    ]
    best = next((place for place in places if place.state is PlaceState.USABLE), places[0])
    return replace(best, path=clean(value, MAX_PATH))


def read_place(path: str) -> tuple[bytes, ...] | Failure:
    """Return the roots of a file, or of a directory with OpenSSL's hashed names."""
    return read_hashed_directory(path) if os.path.isdir(path) else read_roots(path)
