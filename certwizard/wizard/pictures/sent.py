"""What the server sent beside what it should send."""

from certwizard.diagnosis.result import ChainRole, Diagnosis, Origin, PathLink, SentCertificate
from certwizard.wizard.pictures.canvas import Line, columns, cut, line, wrap
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
    wanted_rows = [_wanted(index, link, diagnosis, half) for index, link in enumerate(should)]
    right = [line(("it should send", QUIET)), *wanted_rows[:MOST], *_rest(len(wanted_rows) - MOST)]
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
    return [*(_sent(item, should, width) for item in shown), *_rest(len(sent) - len(shown))]


def _rest(number: int) -> list[Line]:
    return [line((f"… and {number} more", QUIET))] if number > 0 else []


def _sent(item: SentCertificate, should: tuple[PathLink, ...], width: int) -> Line:
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
    name = cut(item.certificate.subject.short, width - 5 - len(remark))
    return line((f"{item.index + 1} ", QUIET), (f"{glyph} ", f"bold {style}"), name, (remark, QUIET))


def _wanted(index: int, link: PathLink, diagnosis: Diagnosis, width: int) -> Line:
    was_sent = any(item.certificate.sha256 == link.certificate.sha256 for item in diagnosis.sent)
    glyph, style = ("✔", GOOD) if was_sent else ("✘", BROKEN)
    remark = "" if was_sent else " (missing)"
    name = cut(link.certificate.subject.short, width - 5 - len(remark))
    return line(
        (f"{index + 1} ", QUIET),
        (f"{glyph} ", f"bold {style}"),
        (name, "" if was_sent else "bold"),
        (remark, style),
    )
