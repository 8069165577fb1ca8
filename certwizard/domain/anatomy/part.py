"""One part of a certificate: what it is called, what it says, and which bytes say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from certwizard.domain.der import Tlv
from certwizard.domain.vocabulary import FieldId


@dataclass(frozen=True, slots=True)
class Part:
    """A field, an extension or a piece of one; its texts are clean."""

    label: str
    """People's word first, the field's term in brackets where it differs: ``Ends (Not After)``."""
    value: str = ""
    """What it says, in one line."""
    field: FieldId | None = None
    """The field whose lesson explains it."""
    start: int = 0
    """First byte in the encoded certificate."""
    end: int = 0
    """Byte behind the last one; equal to `start` for what is computed, such as a fingerprint."""
    note: str = ""
    """A word on the value: what the OID means, why it could not be read."""
    copy: str = ""
    """What copying takes, where that is not `value`."""
    critical: bool = False
    """Of extensions: whether clients that do not know it must refuse."""
    topic: str = ""
    """What explains it better than its field: the OID of an extension, or a word such as ``malformed``."""
    children: tuple[Part, ...] = ()

    @property
    def copied(self) -> str:
        """The text that copying takes."""
        return self.copy or self.value or self.label

    def walk(self) -> Iterator[Part]:
        """Yield this part and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def placed(tlv: Tlv, part: Part) -> Part:
    """Return a part at the place of a value of the encoding."""
    return replace(part, start=tlv.start, end=tlv.end)


def hexadecimal(octets: bytes, most: int = 64) -> str:
    """Return bytes as ``0a:1b:...``, cut with an ellipsis after `most` bytes."""
    text = octets[:most].hex(":")
    return text if len(octets) <= most else f"{text}… ({len(octets)} bytes)"
