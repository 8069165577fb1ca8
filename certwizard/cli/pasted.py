"""Reads a text of any length and encoding from a pipe, within bounds of memory and time."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from certwizard.domain.errors import OptionError
from certwizard.explain.undressing import LONGEST

MOST_BYTES = 64 << 20
"""Read at most; nobody's log is explained by hand beyond that."""
_CHUNK = 1 << 20
_END = LONGEST // 4
_TELLING = ("certif", "x509", "ssl", "tls", "pkix", "handshake", "curl: (")
_STRIDE = 40
"""A line needs to be met once, not at each of its words."""
_LONGEST_LINE = 2000
_CONTROLS = re.compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 4096
_TOO_MANY = 0.02
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text as it was read."""

    text: str
    left_out: str = ""
    """What was not read, in words; empty where all was."""


def read_pasted(stream: BinaryIO) -> Pasted:
    """Return the text of a stream: all of it, or its two ends and what speaks of TLS between them.

    Args:
        stream: Standard input.

    Raises:
        OptionError: It is no text.
    """
    first = stream.read(_CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(first))("replace")
    head, held, size = decoder.decode(first), "", len(first)
    between: list[str] = []
    while size < MOST_BYTES and (chunk := stream.read(_CHUNK)):
        size += len(chunk)
        held += decoder.decode(chunk)
        if len(head) + len(held) > LONGEST:
            if not between:
                cut = _end_of_line(head, len(head))
                head, held = head[:cut], head[cut:] + held
            held = _sorted_out(held, between)
    if not between:
        return Pasted(_without_nulls(head + held))
    held = _sorted_out(held, between)
    words = "its first and last MiB were read whole, between them lines that speak of TLS"
    if size >= MOST_BYTES and stream.read(1):
        words = f"what comes after {MOST_BYTES >> 20} MiB was not read; of the rest {words}"
    return Pasted(_without_nulls("\n".join((head, *filter(None, between), held)))[:LONGEST], words)


def _sorted_out(held: str, between: list[str]) -> str:
    """Return the last part of what is held, and put the lines that tell among the rest to those between."""
    cut = _end_of_line(held, max(len(held) - _END, 0))
    room = LONGEST - 3 * _END - sum(map(len, between))
    between.append(_telling_lines(held[:cut], room))
    return held[cut:]


def _end_of_line(text: str, near: int) -> int:
    """Return where a line ends, at or before a place if there is one at all."""
    return text.rfind("\n", 0, near) + 1 or near


def _without_nulls(text: str) -> str:
    """Return text where UTF-16 that was appended to a file in another encoding can be read (PowerShell's >>)."""
    return text.replace("\0", "").replace("\ufeff", "")


def _telling_lines(text: str, room: int) -> str:
    """Return the lines that speak of TLS or certificates, as many as there is room for."""
    lower = text.lower() if room > 0 else ""
    text = text if len(lower) == len(text) else lower
    lines: list[str] = []
    position = 0
    for place in sorted(_places(lower)):
        if place < position:
            continue
        start = max(text.rfind("\n", position, place) + 1, position, place - _LONGEST_LINE)
        end = text.find("\n", place, place + _LONGEST_LINE)
        position = end if end >= 0 else place + _LONGEST_LINE
        lines.append(text[start:position])
        room -= position - start
        if room <= 0:
            break
    return "\n".join(lines)


def _places(lower: str) -> Iterator[int]:
    for word in _TELLING:
        position = lower.find(word)
        while position >= 0:
            yield position
            position = lower.find(word, position + _STRIDE)


def _encoding(data: bytes) -> str:
    """Return the encoding of a text by its beginning; Windows writes redirected output as UTF-16.

    Raises:
        OptionError: It is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark) and (encoding != "utf-16" or _is_utf16(data)):
            return encoding
    sample = data[:_SAMPLE]
    if 0 in sample[:2] and sample.count(0) > len(sample) // 4 and _looks_like_utf16(sample):
        return "utf-16-be" if sample[:1] == b"\0" else "utf-16-le"
    _refuse_binary(data)
    return "utf-8"


def _is_utf16(data: bytes) -> bool:
    """Whether what follows a byte order mark agrees with it: it may as well be a few bytes of damage before a text."""
    sample = data[2:_SAMPLE]
    letters = sum(32 <= byte < 127 for byte in sample)
    return _looks_like_utf16(data[2:]) and (0 in sample or letters < len(sample) * 0.7)


def _looks_like_utf16(data: bytes) -> bool:
    """Whether code units hold few control characters."""
    sample = data[:_SAMPLE].decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace")
    return sum(char < " " and char not in "\t\r\n\x1b" for char in sample) <= len(sample) * _TOO_MANY


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) <= max(len(sample) * _TOO_MANY, 2):
        return
    what = (
        "a certificate or key in binary form (DER)" if sample[:2] in (b"\x30\x82", b"\x30\x81") else "no text"
    )
    how = "look at it with certwizard FILE" if "DER" in what else "expected a message, a page or a log"
    raise OptionError(f"standard input holds {what}; {how}")
