"""A certificate's part in words: one line in a list, or all that is known of it."""

from collections.abc import Iterator, Mapping, Sequence

from certwizard.diagnosis.result import Cause
from certwizard.domain.anatomy.part import Part
from certwizard.knowledge.lessons import Lesson
from certwizard.reports.paper import Paper
from certwizard.wizard.symbols import SEVERITY, Mark

LONGEST_VALUE = 160
"""In a list; the part itself is told in full."""
Found = tuple[str, Part]


def part_name(part: Part, faults: Mapping[str, Mark]) -> str:
    """Return a part as one entry of a list.

    Args:
        part: The part.
        faults: The broken fields of the certificate, with how.
    """
    mark = faults.get(part.field.value) if part.field is not None else None
    value = _heard(part.value)
    value = value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]} ..."
    words = f"{part.label}: {value}" if value else part.label
    critical = ", critical" if part.critical else ""
    inside = f", {len(part.children)} inside" if part.children else ""
    return f"{f'{mark.word}: ' if mark else ''}{words}{critical}{inside}"


def part_lines(
    part: Part, causes: Sequence[Cause], lessons: Sequence[Lesson], size: int, paper: Paper
) -> Iterator[str]:
    """Yield all that is known of a part but its bytes.

    Args:
        part: The part.
        causes: What is wrong with its field.
        lessons: On what is wrong, then on the field.
        size: Bytes of the whole certificate.
        paper: What the output can show.
    """
    yield from paper.wrap(f"{part.label}: {_heard(part.value)}" if part.value else part.label)
    if part.note:
        yield from paper.wrap(f"Note: {part.note}")
    if part.critical:
        yield "Critical: a client that does not know it must refuse."
    for cause in causes:
        yield from paper.wrap(f"{SEVERITY[cause.severity].word}: {cause.headline}")
        for label, value in (("seen", cause.seen), ("expected", cause.expected)):
            if value:
                yield from paper.wrap(f"{label}: {value}", "   ")
    if lessons:
        yield from paper.wrap(f"What it means: {lessons[0].summary} m reads on.")
    if part.end > part.start:
        yield f"Bytes {part.start} to {part.end - 1} of {size}."


def _heard(value: str) -> str:
    """Return a value without the dot that only the eye takes for a pause."""
    return value.replace(" · ", ", ")


def search_parts(outer: Part, words: str) -> list[Found]:
    """Return the parts that hold every word, each with the words that say what it stands in.

    Args:
        outer: Where to look.
        words: What is searched; letter case does not count.
    """
    return list(_search(outer, "", words.casefold().split()))


def _search(outer: Part, where: str, wanted: Sequence[str]) -> Iterator[Found]:
    for part in outer.children:
        text = f"{part.label}\n{part.value}\n{part.note}\n{part.copy}".casefold()
        if all(word in text for word in wanted):
            yield where, part
        yield from _search(part, f", in {part.label}", wanted)
