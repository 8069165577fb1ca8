"""Finds PEM blocks in whatever stands around them."""

import base64
import codecs
import re
from dataclasses import dataclass
from itertools import islice

_MARK = re.compile(r"-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----")
_HEADER = re.compile(r"^[A-Za-z][A-Za-z0-9-]*:.*(?:\n[ \t]+.*)*$", re.MULTILINE)
_SPACE = re.compile(r"\s+")
_MOST_MARKS = 40_000
_LONGEST_HEADERS = 1 << 16
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class PemBlock:
    """One block between its BEGIN and END lines."""

    label: str
    der: bytes
    """Empty where the content is not base64 or the END line is missing."""
    problem: str = ""
    """Why the block could not be decoded, in a clause."""
    text: str = ""
    """The block as it stands, armour included, for readers that want the whole."""
    headers: str = ""
    """Header lines of old encrypted keys (RFC 1421), joined."""


@dataclass(frozen=True, slots=True)
class PemText:
    """The blocks of a file in their order, and what was tolerated."""

    blocks: tuple[PemBlock, ...]
    notes: tuple[str, ...]


def find_blocks(data: bytes) -> PemText:
    """Return every PEM block of a file in the order it stands there."""
    text, notes = as_text(data)
    if "\\n" in text and "-----BEGIN " in text:
        text = text.replace("\\r", "").replace("\\n", "\n")
        notes.append("line ends written as \\n")
    blocks, outside = _cut(text)
    if blocks:
        notes += _line_end_notes(text)
        if _SPACE.sub("", outside):
            notes.append("text around the blocks")
        if re.search(r"(?m)^[ \t]+-----BEGIN ", text):
            notes.append("indented lines")
    return PemText(tuple(blocks), tuple(notes))


def as_text(data: bytes) -> tuple[str, list[str]]:
    """Decode a text file, whatever its byte order mark says, byte by byte where it says nothing."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :].decode("latin-1"), ["a UTF-8 byte order mark"]
    # Two stray bytes before plain armour are no reason to misread all of it.
    if b"-----BEGIN " not in data:
        for mark, encoding in _WIDE:
            # The same bytes shifted by one are the other order.
            if data.startswith(mark) or data[: 1 << 16].find("-----BEGIN ".encode(encoding)) % 2 == 0:
                return data.removeprefix(mark).decode(encoding, "replace"), ["UTF-16 text"]
    return data.decode("latin-1"), []


def _line_end_notes(text: str) -> list[str]:
    if "\r\n" in text:
        return ["Windows line ends (CRLF)"]
    return ["old Mac line ends (CR)"] if "\r" in text else []


def _cut(text: str) -> tuple[list[PemBlock], str]:
    """Split a text into its blocks and what stands outside of them."""
    blocks: list[PemBlock] = []
    outside: list[str] = []
    at, begin = 0, None
    # Nobody serves so many; a file of nothing but BEGIN lines must not keep the reader busy.
    for mark in islice(_MARK.finditer(text), _MOST_MARKS):
        if mark[1] == "BEGIN":
            if begin is not None:
                blocks.append(PemBlock(begin[2], b"", "its END line is missing"))
            else:
                outside.append(text[at : mark.start()])
            begin = mark
        elif begin is not None:
            blocks.append(_decode(begin[2], mark[2], text[begin.start() : mark.end()]))
            begin, at = None, mark.end()
    if begin is not None:
        blocks.append(PemBlock(begin[2], b"", "its END line is missing"))
    else:
        outside.append(text[at:])
    return blocks, "".join(outside)


def _decode(label: str, end_label: str, whole: str) -> PemBlock:
    if label != end_label:
        return PemBlock(label, b"", f"it ends as {end_label}", whole)
    body = whole[whole.index("-----", 5) + 5 : whole.rindex("-----END")].replace("\r", "\n")
    head, rest = body[:_LONGEST_HEADERS], body[_LONGEST_HEADERS:]
    headers = " ".join(_HEADER.findall(head))
    packed = _SPACE.sub("", _HEADER.sub("", head) + rest)
    if not packed:
        return PemBlock(label, b"", "it is empty", whole)
    try:
        return PemBlock(label, base64.b64decode(packed, validate=True), "", whole, headers)
    except ValueError:
        return PemBlock(label, b"", "it is not base64", whole, headers)


# "-----BEGIN" once more in base64, as Kubernetes keeps a Secret.
_ARMOUR_IN_BASE64 = "LS0tLS1CRUdJT"


def bare_base64(data: bytes) -> bytes | None:
    """Return the bytes behind a file that is base64 without BEGIN and END lines, or None."""
    packed = _SPACE.sub("", as_text(data[: 1 << 20])[0])
    if len(packed) < 64 or not packed.startswith(("MI", _ARMOUR_IN_BASE64)):
        return None
    try:
        return base64.b64decode(packed, validate=True)
    except ValueError:
        return None
