"""Rewrites BER's indefinite lengths, which old PKCS#7 writers use, as definite ones."""

from certwizard.domain import der
from certwizard.domain.der import DerError

_MAX_DEPTH = 16
_CONSTRUCTED = 0x20
_END = b"\0\0"


def definite(data: bytes) -> bytes:
    """Return the structure at the start of the bytes with definite lengths (X.690 8.1.3.6).

    What has a definite length already is copied as it stands, so that signed bytes do not change.

    Raises:
        DerError: The structure ends too early or is nested too deeply.
    """
    return _rewrite(data, 0, 0)[0] if data[1:2] == b"\x80" else data


def _rewrite(data: bytes, at: int, depth: int) -> tuple[bytes, int]:
    """Return one element with definite lengths, and where the next one starts."""
    if data[at + 1 : at + 2] != b"\x80":
        element = der.read(data, at)
        return element.raw, element.end
    if depth == _MAX_DEPTH or not data[at] & _CONSTRUCTED:
        raise DerError(f"an indefinite length at byte {at} where none can be")
    tag, parts = data[at], []
    at += 2
    while data[at : at + 2] != _END:
        part, at = _rewrite(data, at, depth + 1)
        parts.append(part)
    return der.wrap(tag, *parts), at + 2
