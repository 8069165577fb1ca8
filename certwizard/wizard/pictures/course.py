"""The course drawn: chapters with how far they are, a question with its answers, and the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from certwizard.wizard.pictures.canvas import clickable, columns, fit, line, wrap
from certwizard.wizard.styles import BROKEN, GOOD, HERE, QUIET

if TYPE_CHECKING:
    from certwizard.knowledge.course import Chapter, Question
    from certwizard.wizard.course_progress import CourseProgress

LONGEST_LINE = 76
_LEAD = 5
DONE, BEGUN, OPEN = ("✔", GOOD), ("◐", HERE), ("○", QUIET)


def mark_of(done: bool, begun: bool = False) -> tuple[str, str]:
    """Return the glyph and colour of something done, begun or open.

    Args:
        done: Whether it is done.
        begun: Whether it was begun.
    """
    return DONE if done else BEGUN if begun else OPEN


def chapter_row(index: int, chapter: Chapter, progress: CourseProgress) -> Content:
    """Draw a chapter in one line.

    Args:
        index: Its place.
        chapter: The chapter.
        progress: How far the user is.
    """
    answered = progress.answered(chapter)
    begun = answered > 0 or chapter.id in progress.read or chapter.id in progress.practised
    glyph, style = mark_of(progress.done(chapter), begun)
    state = f"{progress.right(chapter)} of {len(chapter.questions)} right" if answered else ""
    head = line(" ", (glyph, style), f" {index + 1:>2}  ", (fit(chapter.title, 40), "bold"))
    return line(head, (f" {chapter.minutes} min  ", QUIET), (state, QUIET))


def draw_score(right: int, of: int, answered: int, is_kept: bool, key: str, width: int) -> list[Content]:
    """Draw how the whole course stands.

    Args:
        right: Questions answered rightly.
        of: Questions there are.
        answered: Questions that have an answer.
        is_kept: Whether the progress could be kept.
        key: The key that opens a chapter.
        width: Cells there are.
    """
    if answered == of:
        rows = [line(("✔ ", GOOD), (f"You went through the whole course: {right} of {of} right.", "bold"))]
    elif answered:
        rows = [line((f"{right} right so far, {of - answered} of {of} questions to go.", QUIET))]
    else:
        rows = [line((f"Nothing answered yet. {key} opens the marked chapter.", QUIET))]
    if not is_kept:
        rows += wrap("The state folder cannot be written: this will be forgotten at the end.", width, QUIET)
    return rows


def draw_question(question: Question, cursor: int, chosen: int | None, width: int) -> list[Content]:
    """Draw a question; once one was chosen, every answer with its reason.

    Args:
        question: The question.
        cursor: Which answer is marked.
        chosen: Which one was chosen, None before that.
        width: Cells there are.
    """
    room = min(width, LONGEST_LINE)
    rows = [*wrap(question.ask, room, "bold"), line()]
    for index, answer in enumerate(question.answers):
        right = answer.right
        lead = _lead(index, cursor, chosen, right)
        style = "" if chosen is None else "bold" if right or index == chosen else QUIET
        if chosen is None and index == cursor:
            style = f"bold {HERE}"
        told = wrap(answer.text, room - _LEAD - 2, style)
        if chosen is not None:
            told += wrap(
                f"{'Right' if right else 'Wrong'}. {answer.why}", room - _LEAD - 2, "" if right else QUIET
            )
        rows += [
            clickable(row, f"choose({index})") if chosen is None else row
            for row in columns([([lead], _LEAD), (told, room - _LEAD - 2)])
        ]
        rows.append(line())
    return rows


def _lead(index: int, cursor: int, chosen: int | None, right: bool) -> Content:
    if chosen is None:
        return line(("▸ " if index == cursor else "  ", HERE), f"{index + 1}")
    glyph, style = ("✔", GOOD) if right else ("✘", BROKEN) if index == chosen else (" ", QUIET)
    return line((f"{glyph} ", style), f"{index + 1}")


def part_row(mark: tuple[str, str], verb: str, what: str, more: str = "") -> Content:
    """Draw one thing to do in a chapter.

    Args:
        mark: Glyph and colour of how far it is.
        verb: ``Read``, ``Practise``, ``Answer``.
        what: What is read or practised.
        more: A few words on it.
    """
    space = " " * max(10 - cell_len(verb), 1)
    tail = (f"  {more}", QUIET) if more else ""
    return line(" ", (mark[0], mark[1]), "  ", (verb, QUIET), space, (what, "bold"), tail)
