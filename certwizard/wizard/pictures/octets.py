"""Bytes as people read them: offset, hexadecimal with the part marked, and the letters beside."""

from __future__ import annotations

from textual.content import Content

from certwizard.wizard.pictures.canvas import Part, line
from certwizard.wizard.styles import HERE, QUIET

MOST_ROWS = 24
_CONTEXT = 1
"""Rows shown before and after the part."""


def draw_octets(data: bytes, start: int, end: int, width: int) -> list[Content]:
    """Draw the rows that hold a part of some bytes, the part in bold.

    Args:
        data: The whole encoding.
        start: First byte of the part.
        end: Byte behind its last one.
        width: Cells there are.
    """
    per_row = 16 if width >= 74 else 8 if width >= 42 else 4
    first = max(start // per_row - _CONTEXT, 0)
    last = min((max(end - 1, start)) // per_row + _CONTEXT, (len(data) - 1) // per_row)
    rows = list(range(first, last + 1))
    left_out = len(rows) - MOST_ROWS
    if left_out > 0:
        rows = rows[: MOST_ROWS - 2]
    drawn = [_row(data, row * per_row, per_row, start, end) for row in rows]
    if left_out > 0:
        drawn.append(line((f"… {left_out + 2} more rows", QUIET)))
    return drawn


def _row(data: bytes, offset: int, per_row: int, start: int, end: int) -> Content:
    octets = data[offset : offset + per_row]
    parts: list[Part] = [(f"{offset:06x}  ", QUIET)]
    for index, octet in enumerate(octets):
        inside = start <= offset + index < end
        parts.append((f"{octet:02x}", f"bold {HERE}" if inside else QUIET))
        parts.append(" " if index % 8 != 7 or index == per_row - 1 else "  ")
    blank = "   " * (per_row - len(octets)) + (" " if per_row > 8 and len(octets) <= 8 else "")
    parts.append(f"{blank} ")
    for index, octet in enumerate(octets):
        inside = start <= offset + index < end
        letter = chr(octet) if 0x20 <= octet < 0x7F else "·"
        parts.append((letter, f"bold {HERE}" if inside else QUIET))
    return line(*parts)
