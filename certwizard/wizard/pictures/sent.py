"""What the server sent beside what it should send."""

from certwizard.diagnosis.result import ChainRole, Diagnosis, Origin, PathLink, SentCertificate
from certwizard.wizard.pictures.canvas import Line, columns, line, wrap
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, QUIET

MOST = 8
"""Rows of a list; a chain of a hundred certificates says no more by being shown whole."""


def draw_sent(diagnosis: Diagnosis, width: int) -> list[Line]:
    """Draw both lists side by side, in the order of sending.

    Args:
        diagnosis: What was judged.
        width: Cells there are.
    """
    if not diagnosis.sent or width < 40:
        return []
    half = min((width - 4) // 2, 56)
    should = wanted(diagnosis)
    left = [line(("the server sends", QUIET)), *_all_sent(diagnosis.sent, should, half)]
    right = [line(("it should send", QUIET))]
    for index, link in enumerate(should[:MOST]):
        right += _wanted(index, link, diagnosis, half)
    right += _rest(len(should) - MOST)
    if not diagnosis.trusted:
        right += wrap("and whatever links this to a root", half, QUIET)
    return columns([(left, half), (right, half)], gap=4)


def wanted(diagnosis: Diagnosis) -> tuple[PathLink, ...]:
    """Return the path without its anchor: clients bring the root themselves.

    Args:
        diagnosis: What was judged.
    """
    return tuple(
        link
        for index, link in enumerate(diagnosis.path)
        if index == 0 or (link.origin is not Origin.STORE and link.role is not ChainRole.ROOT)
    )


def _all_sent(sent: tuple[SentCertificate, ...], should: tuple[PathLink, ...], width: int) -> list[Line]:
    """Return the rows of the first ones and of those that belong there."""
    belonging = {link.certificate.sha256 for link in should}
    shown = [item for item in sent if item.index < MOST or item.certificate.sha256 in belonging][: 2 * MOST]
    rows = [row for item in shown for row in _sent(item, should, width)]
    return [*rows, *_rest(len(sent) - len(shown))]


def _rest(number: int) -> list[Line]:
    return [line((f"… and {number} more", QUIET))] if number > 0 else []


def _sent(item: SentCertificate, should: tuple[PathLink, ...], width: int) -> list[Line]:
    place = next(
        (index for index, link in enumerate(should) if link.certificate.sha256 == item.certificate.sha256),
        None,
    )
    if place == item.index:
        glyph, style, remark = "✔", GOOD, ""
    elif place is not None:
        glyph, style, remark = "!", ATTENTION, f" → belongs at {place + 1}"
    else:
        glyph, style, remark = (
            "-",
            QUIET,
            " (root: not needed)" if item.role is ChainRole.ROOT else " (not needed)",
        )
    return _row(item.index, (glyph, style), line(item.certificate.subject.short, (remark, QUIET)), width)


def _row(index: int, mark: tuple[str, str], words: Line, width: int) -> list[Line]:
    """Draw a number, a mark and a name, wrapped where it is long."""
    glyph, style = mark
    head = line((f"{index + 1:>2} ", QUIET), (f"{glyph} ", f"bold {style}"))
    return columns([([head], 5), (words.wrap(width - 5), width - 5)], gap=0)


def _wanted(index: int, link: PathLink, diagnosis: Diagnosis, width: int) -> list[Line]:
    was_sent = any(item.certificate.sha256 == link.certificate.sha256 for item in diagnosis.sent)
    glyph, style = ("✔", GOOD) if was_sent else ("✘", BROKEN)
    remark = "" if was_sent else " (missing)"
    words = line((link.certificate.subject.short, "" if was_sent else "bold"), (remark, style))
    return _row(index, (glyph, style), words, width)
