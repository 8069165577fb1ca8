"""Looks where servers keep their certificates, when the server is this very machine."""

import glob
import os
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from certwizard.domain.certificate import SubjectAltNames
from certwizard.domain.cleantext import clean
from certwizard.domain.hostname import match_names
from certwizard.domain.observation import AddressSource, Failure, FailureReason, InstalledFile, Observation
from certwizard.domain.parsing import parse_certificate
from certwizard.knowledge.certificate_places import CertificatePlace, certificate_places
from certwizard.probe.bounded_file import read_bounded
from certwizard.probe.files import read_bytes
from certwizard.probe.installed import modified_at
from certwizard.probe.settings_files import named_files

MAX_FILES = 300
MAX_KEPT = 12
MAX_UNREAD = 3
MAX_BYTES = 256 * 1024
"""A chain takes some kilobytes; what is larger is a bundle of roots."""
MAX_PATH = 500
MAX_SECONDS = 1.0


def is_this_machine(seen: Observation) -> bool:
    """Return whether the judged address is one of this machine's own: a socket can be bound to it."""
    resolution = seen.resolution
    if resolution is None or resolution.source is AddressSource.PROXY:
        return False
    address = next((each.address for each in seen.handshakes if each.chain), None)
    return address is not None and _is_own(address)


def _is_own(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with suppress(OSError, ValueError), socket.socket(family, socket.SOCK_DGRAM) as tried:
        tried.bind((address, 0))
        return True
    return False


def files_of_this_machine(seen: Observation, root: str) -> tuple[InstalledFile, ...]:
    """Return the files that may be meant for the server: for its name, or in common with what it serves.

    Args:
        seen: What was seen of the server.
        root: Below which folder to look; ``/`` but for practice and tests.
    """
    given = {os.path.realpath(each.path) for each in seen.installed}
    found = tuple(_Search(root, time.monotonic() + MAX_SECONDS, frozenset(given)).files())
    served = {each.chain[0] for each in seen.handshakes if each.chain}
    names = frozenset(name for der in served for name in _names(der))
    kept = [each for each in found if each.chain and _concerns(each, seen, served, names)]
    unread = [each for each in found if not each.chain]
    return (*kept[:MAX_KEPT], *unread[:MAX_UNREAD])


def _concerns(file: InstalledFile, seen: Observation, served: set[bytes], names: frozenset[str]) -> bool:
    if file.chain[0] in served:
        return True
    own, asked = parse_certificate(file.chain[0]), seen.target.server_name
    covers = asked is not None and any(m.matches for m in match_names(asked, own.san or SubjectAltNames()))
    return covers or bool(names.intersection(_names(file.chain[0])))


def _names(der: bytes) -> frozenset[str]:
    san = parse_certificate(der).san
    return frozenset(name.lower() for name in san.dns + san.ips) if san else frozenset()


@dataclass(frozen=True, slots=True)
class _Search:
    """One look at the usual places, bounded in number and time."""

    root: str
    until: float
    known: frozenset[str] = frozenset()
    """Paths that need not be looked at."""

    def files(self) -> Iterator[InstalledFile]:
        """Yield each file once: those that a configuration names first, so that this is known of them."""
        known = set(self.known)
        for number, file in enumerate((*self._named(), *self._found())):
            if number >= MAX_FILES or time.monotonic() > self.until:
                return
            real = os.path.realpath(file.path)
            if real in known:
                continue
            known.add(real)
            read = self._read(file)
            if read is not None:
                yield read

    def _named(self) -> Iterator[InstalledFile]:
        for place in certificate_places():
            for settings in self._matching(place, place.settings):
                named = named_files(place, settings)
                if isinstance(named, Failure):
                    continue  # What an unread configuration names is found in the usual places, or not at all.
                for each in named:
                    shown = InstalledFile(
                        "", software=place.software, named_in=clean(self._outside(settings), MAX_PATH)
                    )
                    for path in self._expanded(self._inside(each.path)):
                        yield replace(shown, path=path)

    def _found(self) -> Iterator[InstalledFile]:
        for place in certificate_places():
            for path in self._matching(place, place.files):
                yield InstalledFile(path, software=place.software)
            for pattern in place.files:
                yield from self._locked(place, pattern)

    def _locked(self, place: CertificatePlace, pattern: str) -> Iterator[InstalledFile]:
        """Yield a folder that this user may not look into, which would hide all that is in it."""
        folder = self._inside(pattern.split("*", 1)[0])
        if os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK):
            failure = Failure(FailureReason.UNREADABLE, "this user may not look into it")
            yield InstalledFile(folder, software=place.software, failure=failure)

    def _matching(self, place: CertificatePlace, patterns: Iterable[str]) -> Iterator[str]:
        for pattern in patterns:
            yield from sorted(glob.iglob(self._inside(pattern)))[:MAX_FILES]

    def _expanded(self, path: str) -> Iterator[str]:
        """Yield a file, or the files of a folder, which HAProxy takes as well."""
        if os.path.isdir(path):
            yield from sorted(glob.iglob(os.path.join(glob.escape(path), "*.pem")))[:MAX_FILES]
        else:
            yield path

    def _inside(self, path: str) -> str:
        """Return a path of the machine below the root that is looked at."""
        if path.startswith("~"):
            path = os.path.expanduser("~") + path[1:]
        if self.root == "/":
            return path
        return os.path.join(glob.escape(self.root) if "*" in path else self.root, path.lstrip("/"))

    def _outside(self, path: str) -> str:
        return path if self.root == "/" else path.removeprefix(self.root.rstrip("/"))

    def _read(self, file: InstalledFile) -> InstalledFile | None:
        """Return a file with its certificates, or None where it is none of a server's."""
        shown = replace(file, path=clean(file.path, MAX_PATH))
        if file.failure is not None:
            return shown
        data = read_bounded(file.path, MAX_BYTES)
        if isinstance(data, Failure):
            told = data.reason is FailureReason.UNREADABLE and os.path.exists(file.path)
            return replace(shown, failure=data) if told else None
        chain = read_bytes(data, file.path).file.chain
        return replace(shown, chain=chain, modified=modified_at(file.path)) if chain else None
