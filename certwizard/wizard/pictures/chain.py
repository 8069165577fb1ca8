"""The chain from the server's certificate to the root, drawn: who signed whom, and whence."""

from datetime import datetime

from rich.cells import cell_len

from certwizard.diagnosis.result import ChainRole, Diagnosis, Origin, PathLink
from certwizard.domain.vocabulary import CauseId
from certwizard.wizard.pictures.canvas import Line, cut, fit, line, pad, wrap
from certwizard.wizard.pictures.timeline import Span, ended_words
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, QUIET

ORIGIN_WIDTH = 9
ROLE_WIDTH = 14
INDENT = ORIGIN_WIDTH + 2 + ROLE_WIDTH

ORIGINS: dict[Origin, tuple[str, str]] = {
    Origin.SENT: ("sent", "●"),
    Origin.FETCHED: ("missing", "○"),
    Origin.STORE: ("store", "●"),
}

FAULTS: dict[CauseId, str] = {
    CauseId.BAD_SIGNATURE: "its signature is wrong",
    CauseId.NOT_A_CA: "may not issue",
    CauseId.PATH_LENGTH: "too many CAs below",
    CauseId.NAME_CONSTRAINTS: "name not allowed",
    CauseId.UNKNOWN_CRITICAL_EXTENSION: "unknown critical rule",
}
"""What breaks a path at one certificate, in as few words as a drawing has room for."""

STORE_NAMES = {
    "mozilla": "Mozilla",
    "microsoft": "Microsoft",
    "system": "this system",
    "java": "Java",
    "ca-file": "your CA file",
}


def draw_chain(diagnosis: Diagnosis, width: int) -> list[Line]:
    """Draw the path as judged, leaf at the top; what has no room beside a name stands below it, nothing is cut.

    Args:
        diagnosis: What was judged.
        width: Cells there are.
    """
    if not diagnosis.path or width < 40:
        return []
    now = diagnosis.judged_at
    faults = [_fault(diagnosis, link) for link in diagnosis.path]
    told = [
        (fault, BROKEN) if fault else _words(link, now)
        for fault, link in zip(faults, diagnosis.path, strict=True)
    ]
    name_width = max(cell_len(link.certificate.subject.short) for link in diagnosis.path)
    beside = INDENT + name_width + 2 + max(cell_len(words) for words, _ in told) <= width
    rows: list[Line] = []
    for index, link in enumerate(diagnosis.path):
        last = index == len(diagnosis.path) - 1
        head, bar = _head(link, bool(faults[index])), "" if last else "│"
        words = line(told[index])
        name = wrap(link.certificate.subject.short, width - INDENT, "bold")
        if beside:
            rows.append(line(head, pad(name[0] if name else line(), name_width), "  ", words))
        else:
            below = [*name[1:], *words.wrap(width - INDENT)]
            rows.append(line(head, name[0] if name else ""))
            rows += [line((f"{' ' * ORIGIN_WIDTH}{bar}".ljust(INDENT), QUIET), row) for row in below]
        if not last:
            rows.append(line(" " * ORIGIN_WIDTH, ("│ signed by", QUIET)))
    if diagnosis.path[-1].origin is not Origin.STORE:
        rows += _loose_end(diagnosis.path[-1], width)
    return rows


def _fault(diagnosis: Diagnosis, link: PathLink) -> str:
    """Return what breaks the path at this certificate, or nothing."""
    for cause in diagnosis.causes:
        here = cause.concerns == link.certificate.sha256 or (
            link.index is not None and cause.certificate == link.index
        )
        if here and cause.id in FAULTS:
            return FAULTS[cause.id]
    return ""


def _head(link: PathLink, broken: bool) -> Line:
    origin, glyph = ORIGINS[link.origin]
    style = ATTENTION if link.origin is Origin.FETCHED else GOOD if link.origin is Origin.STORE else ""
    if broken:
        glyph, style = "✘", BROKEN
    return line(
        (fit(origin, ORIGIN_WIDTH), style or QUIET),
        (f"{glyph} ", f"bold {style}".strip()),
        (fit(link.role.value, ROLE_WIDTH), QUIET),
    )


def _words(link: PathLink, now: datetime) -> tuple[str, str]:
    if link.origin is Origin.FETCHED:
        return "not sent", ATTENTION
    if link.origin is Origin.STORE:
        held = ", ".join(STORE_NAMES.get(store, store) for store in link.stores)
        return (f"in {held}" if held else "in a trust store"), GOOD
    begins, ends = link.certificate.not_before, link.certificate.not_after
    if begins is None or ends is None:
        return "its dates cannot be read", ATTENTION
    return ended_words(Span("", begins, ends), now), QUIET if begins <= now <= ends else BROKEN


def _loose_end(last: PathLink, width: int) -> list[Line]:
    """Say where the path breaks off."""
    if last.certificate.is_self_issued:
        words = (
            "no trust store knows this root"
            if last.role is ChainRole.ROOT
            else "signed by itself, by nobody else"
        )
        return [line(" " * ORIGIN_WIDTH, ("✘ ", f"bold {BROKEN}"), (cut(words, width - 12), BROKEN))]
    head = line((fit("unknown", ORIGIN_WIDTH), BROKEN), ("✘ ", f"bold {BROKEN}"))
    told = line((last.certificate.issuer.short, "bold"), ("  neither sent nor in a trust store", BROKEN))
    rows = told.wrap(width - head.cell_length)
    indent = " " * head.cell_length
    return [
        line(" " * ORIGIN_WIDTH, ("│ signed by", QUIET)),
        *(line(indent if number else head, row) for number, row in enumerate(rows)),
    ]
