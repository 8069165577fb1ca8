"""Reads files of roots: fast where they are plain PEM bundles, and once while they stay the same."""

import binascii
import os
import re
from functools import lru_cache

from certwizard.domain.observation import Failure, FailureReason
from certwizard.probe.bounded_file import read_bounded, unreadable
from certwizard.probe.files import read_bytes

MAX_DIRECTORY_ENTRIES = 4096
_BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----")
_BEGIN = b"-----BEGIN "
_HASHED = re.compile(r"[0-9a-f]{8}\.\d{1,3}")


def read_roots(path: str) -> tuple[bytes, ...] | Failure:
    """Return the certificates of a file of roots, each once, or why there are none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        return unreadable(error)
    return _remembered(path, status.st_mtime_ns, status.st_size, status.st_ino)


@lru_cache(maxsize=1024)
def _remembered(path: str, _changed: int, _size: int, _inode: int) -> tuple[bytes, ...] | Failure:
    data = read_bounded(path)
    return data if isinstance(data, Failure) else _parse(data, path)


def _parse(data: bytes, path: str) -> tuple[bytes, ...] | Failure:
    bodies = _BLOCK.findall(data)
    if bodies and len(bodies) == data.count(_BEGIN):
        try:
            return tuple(dict.fromkeys(map(binascii.a2b_base64, bodies)))
        except binascii.Error:
            pass  # The tolerant reader leaves out the broken block alone.
    file = read_bytes(data, path).file
    nothing = Failure(FailureReason.UNREADABLE, "it holds no certificate")
    return tuple(dict.fromkeys(file.chain)) or file.failure or nothing


def read_hashed_directory(directory: str) -> tuple[bytes, ...] | Failure:
    """Return the certificates that OpenSSL finds in a directory: those under hashed names alone."""
    try:
        names = sorted(name for name in os.listdir(directory) if _HASHED.fullmatch(name))
    except (OSError, ValueError) as error:
        return unreadable(error)
    roots: dict[bytes, None] = {}
    for name in names[:MAX_DIRECTORY_ENTRIES]:
        found = read_roots(os.path.join(directory, name))
        if not isinstance(found, Failure):
            roots.update(dict.fromkeys(found))
    return tuple(roots)
