"""The transparency logs of a file that stands in for what vendors ship: its public keys."""

import binascii
import re

from certwizard.domain.observation import Failure
from certwizard.probe.bounded_file import read_bounded

MAX_LOGS = 64
_BLOCK = re.compile(rb"-----BEGIN PUBLIC KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END PUBLIC KEY-----")


def vendor_logs(path: str | None) -> tuple[bytes, ...]:
    """Return the public keys of a file, each the key of a log; none where there is no such file."""
    data = read_bounded(path) if path is not None else b""
    if isinstance(data, Failure):
        return ()
    return tuple(dict.fromkeys(filter(None, map(_decoded, _BLOCK.findall(data)[:MAX_LOGS]))))


def _decoded(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        return b""
