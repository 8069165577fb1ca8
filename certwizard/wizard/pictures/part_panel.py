"""What is known of one part of a certificate: its value in full, its fault, its lesson, its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from certwizard.diagnosis.result import Cause
from certwizard.domain.anatomy.part import Part
from certwizard.wizard.pictures.canvas import clickable, columns, line, wrap
from certwizard.wizard.pictures.octets import draw_octets
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.symbols import SEVERITY

if TYPE_CHECKING:
    from certwizard.knowledge.lessons import Lesson

LONGEST_LINE = 76
_LABEL = 10


def draw_part(
    part: Part, causes: Sequence[Cause], lesson: Lesson | None, key: str, data: bytes, width: int
) -> list[Content]:
    """Draw what is known of a part.

    Args:
        part: The marked part.
        causes: What is wrong with its field.
        lesson: The lesson on its field.
        key: The key that opens the lesson.
        data: The whole certificate, DER.
        width: Cells there are.
    """
    room = min(width, LONGEST_LINE)
    rows = [*wrap(part.label, room, "bold"), *wrap(part.value, room)]
    if part.note:
        rows += wrap(part.note, room, QUIET)
    for cause in causes:
        rows += [line(), *_fault(cause, room)]
    if lesson is not None:
        rows += [line(), *_lesson(lesson, key, room)]
    if part.end > part.start:
        count = part.end - part.start
        title = f"Bytes {part.start}-{part.end - 1} of {len(data)}"
        rows += [line(), line((title, "bold"), (f"  {count} bytes, DER", QUIET))]
        rows += draw_octets(data, part.start, part.end, width)
    return rows


def _fault(cause: Cause, width: int) -> list[Content]:
    mark = SEVERITY[cause.severity]
    head = [line((f"{mark.glyph} {mark.word}  ", f"bold {mark.style}"), row) for row in ("",)]
    told = wrap(cause.headline, width, f"bold {mark.style}")
    rows = [*head, *told]
    for label, value in (("seen", cause.seen), ("expected", cause.expected)):
        if value:
            rows += columns(
                [([line((label, QUIET))], _LABEL), (wrap(value, width - _LABEL - 2), width - _LABEL - 2)]
            )
    return rows


def _lesson(lesson: Lesson, key: str, width: int) -> list[Content]:
    onward = clickable(line((key, f"bold {HERE}"), (" the whole lesson", QUIET)), "screen.means")
    bar = [*wrap(lesson.title, width - 2, f"bold {HERE}"), *wrap(lesson.summary, width - 2), onward]
    return [line(("▎ ", HERE), row) for row in bar]
