"""Reads local files: bounded, regular files alone, failures as values."""

import errno
import os
import stat

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, FailureReason

MAX_FILE_BYTES = 16 * 1024 * 1024

_WORDS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EACCES: "this user may not read it",
    errno.EPERM: "this user may not read it",
    errno.EISDIR: "it is a directory, name a file in it",
    errno.ELOOP: "its symbolic links run in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENXIO: "it is a pipe or a device, save what it gives to a file first",
}


def read_bounded(path: str, limit: int = MAX_FILE_BYTES) -> bytes | Failure:
    """Return what a regular file holds, or why it cannot be read."""
    try:
        # A named pipe would block the open for as long as nobody writes.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        # Windows reports a directory as a matter of permission.
        return _failed(errno.EISDIR) if os.path.isdir(path) else unreadable(error)
    try:
        return _refused(os.fstat(descriptor), limit) or _read_all(descriptor, limit)
    except OSError as error:
        return unreadable(error)
    finally:
        os.close(descriptor)


def _refused(status: os.stat_result, limit: int) -> Failure | None:
    if stat.S_ISDIR(status.st_mode):
        return _failed(errno.EISDIR)
    if not stat.S_ISREG(status.st_mode):
        return _failed(errno.ENXIO)
    return _too_large(limit) if status.st_size > limit else None


def _read_all(descriptor: int, limit: int) -> bytes | Failure:
    data = bytearray()
    while part := os.read(descriptor, min(1 << 20, limit + 1)):
        data += part
        if len(data) > limit:
            return _too_large(limit)
    return bytes(data)


def _failed(number: int) -> Failure:
    return Failure(FailureReason.UNREADABLE, _WORDS[number])


def _too_large(limit: int) -> Failure:
    return Failure(FailureReason.TOO_LARGE, f"it is larger than {limit // 2**20} MiB")


def unreadable(error: OSError | ValueError) -> Failure:
    """Say in plain words why the system would not give a file."""
    if isinstance(error, OSError) and error.errno in _WORDS:
        return _failed(error.errno)
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Failure(FailureReason.UNREADABLE, clean(words, 200))
