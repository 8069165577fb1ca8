"""Files that somebody put where this system takes roots from, and that its update program passes over.

``update-ca-certificates`` says nothing of what it leaves out: a name that does not end in .crt, a line with ``!``
in its configuration, a file that is no PEM; and nothing happens before it runs.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure
from certwizard.domain.trust_stores import StoreNotice
from certwizard.probe.bounded_file import read_bounded
from certwizard.probe.exclusions import Settings
from certwizard.probe.root_files import read_roots

MAX_FILES = 500
_PEM = b"-----BEGIN "
_LOOKS_LIKE_ONE = (".pem", ".cer", ".der", ".cert", ".crt.txt", ".p7b", ".ca")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where systems look for roots of their own."""

    debian: str = "/usr/local/share/ca-certificates"
    fedora: tuple[str, ...] = (
        "/etc/pki/ca-trust/source/anchors",
        "/usr/share/pki/ca-trust-source/anchors",
        "/etc/ca-certificates/trust-source/anchors",
    )


def store_notices(
    held: frozenset[bytes], folders: Folders | None = None, settings: Settings | None = None
) -> tuple[StoreNotice, ...]:
    """Return what is there and does not count.

    Args:
        held: The roots that the system's store holds.
        folders: Where to look; None: the usual places.
        settings: Where lines with ``!`` stand; None: the usual file.
    """
    where = folders or Folders()
    found = [
        *_debian(where.debian, held),
        *(note for folder in where.fedora for note in _fedora(folder, held)),
        *_switched_off((settings or Settings()).configuration),
    ]
    return tuple(found)


def _debian(folder: str, held: frozenset[bytes]) -> Iterator[StoreNotice]:
    for path in _files(folder):
        if not path.endswith(".crt"):
            if path.lower().endswith(_LOOKS_LIKE_ONE):
                yield _notice(path, "is passed over without a word: its name has to end in .crt")
            continue
        data = read_bounded(path)
        if isinstance(data, Failure):
            yield _notice(path, f"cannot be read: {data.detail}")
        elif _PEM not in data:
            yield _notice(
                path, "is no PEM file: openssl x509 -inform DER -in FILE -out FILE.crt makes one of it"
            )
        else:
            yield from _pem(path, held, "update-ca-certificates")


def _fedora(folder: str, held: frozenset[bytes]) -> Iterator[StoreNotice]:
    for path in _files(folder):
        yield from _pem(path, held, "update-ca-trust extract")


def _pem(path: str, held: frozenset[bytes], program: str) -> Iterator[StoreNotice]:
    roots = read_roots(path)
    if isinstance(roots, Failure):
        yield _notice(path, f"holds no certificate that can be read: {roots.detail or 'it is damaged'}")
        return
    if len(roots) > 1 and program.startswith("update-ca-certificates"):
        yield _notice(
            path,
            f"holds {len(roots)} certificates: OpenSSL's directory gets none of them, one a file is wanted",
        )
    missing = sum(root not in held for root in roots)
    if missing:
        what = "is not" if len(roots) == 1 else f"{missing} of {len(roots)} are not"
        yield _notice(path, f"{what} in the system's store: run {program} as root")


def _switched_off(configuration: str) -> Iterator[StoreNotice]:
    lines = read_bounded(configuration, 1 << 20)
    names = lines.decode("utf-8", "replace").splitlines() if isinstance(lines, bytes) else []
    for name in islice((name[1:].strip() for name in names if name.startswith("!")), MAX_FILES):
        yield _notice(configuration, f"switches {clean(name, 200)} off with a line that begins with !")


def _files(folder: str) -> Iterator[str]:
    """Yield the files below a folder, links to files included."""
    found = (
        os.path.join(base, name)
        for base, folders, names in os.walk(folder)
        if folders.sort() is None  # in the same order everywhere
        for name in sorted(names)
    )
    yield from (path for path in islice(found, MAX_FILES) if os.path.isfile(path) or os.path.islink(path))


def _notice(path: str, words: str) -> StoreNotice:
    return StoreNotice(clean(path, 500), clean(words, 400))
