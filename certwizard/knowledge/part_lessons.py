"""Which lesson explains a part of a certificate: that of its extension, of its field, or the general one."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from certwizard.domain.extension_names import field_of
from certwizard.domain.vocabulary import FieldId
from certwizard.knowledge.lessons import Lesson, LessonKind, find_by_key, find_lesson, search_lessons

_OID = re.compile(r"[0-2](\.\d{1,40}){2,40}")


def lesson_on_part(topic: str, field: FieldId | None) -> Lesson | None:
    """Return the lesson on a part; None only where it has neither topic nor field.

    Args:
        topic: The OID of the extension that it is in, or a word such as ``malformed``; empty for none.
        field: The field that it belongs to.
    """
    own = _own(topic)
    if own is not None:
        return find_by_key(own)
    if field is not None:
        return find_lesson(LessonKind.FIELD, field.value)
    return find_by_key(fallback()) if topic else None


def lesson_on_extension(oid: str) -> Lesson | None:
    """Return the lesson on an extension, the general one where it has none of its own.

    Args:
        oid: Its object identifier, dotted.
    """
    return lesson_on_part(oid, FieldId(field_of(oid)))


def look_up(words: str) -> tuple[Lesson, ...]:
    """Return the lessons that fit what somebody searches, best first; an OID finds its extension's.

    Args:
        words: Words, or an object identifier.
    """
    found = search_lessons(words)
    oid = words.strip()
    named = lesson_on_extension(oid) if _OID.fullmatch(oid) else None
    return (named, *(each for each in found if each is not named)) if named else found


def fallback() -> str:
    """Return the key of the general lesson, which stands where an extension has none of its own."""
    return _table().fallback


@dataclass(frozen=True, slots=True)
class _Table:
    """The table of part_lessons.toml."""

    fallback: str
    exactly: dict[str, str]
    below: dict[str, str]


def _own(topic: str) -> str | None:
    table = _table()
    if topic in table.exactly:
        return table.exactly[topic]
    arcs = (key for arc, key in table.below.items() if f"{topic}.".startswith(f"{arc}."))
    return next(arcs, None)


@cache
def _table() -> _Table:
    text = files("certwizard.knowledge").joinpath("part_lessons.toml").read_text(encoding="utf-8")
    return _Table(**tomllib.loads(text))
