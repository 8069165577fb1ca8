"""The validity of every certificate as bars over time, with now drawn through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from certwizard.domain.wording import relative
from certwizard.wizard.pictures.canvas import Line, fit, line
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, HERE, QUIET

LABEL = 14
MARGIN = 0.06
ROOM_FOR_WORDS = 96
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Span:
    """One certificate's validity."""

    label: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns times into columns; in seconds, as its margins may lie outside of the calendar (RFC 5280 4.1.2.5)."""

    low: float
    high: float
    width: int

    def column(self, moment: datetime) -> int:
        """Return the column of a time; outside of the window it is outside of 0..width-1."""
        share = (moment.timestamp() - self.low) / (self.high - self.low)
        return int(max(-1.0, min(2.0, share)) * (self.width - 1))


def draw_timeline(spans: Sequence[Span], now: datetime, width: int) -> list[Line]:
    """Draw the bars; the window is the first span's, widened to hold now, and longer bars end in arrows.

    Args:
        spans: Leaf first.
        now: The time judged as of.
        width: Cells there are.
    """
    if not spans or width < LABEL + 20:
        return []
    words = width >= ROOM_FOR_WORDS
    scale = _scale(spans[0], now, width - LABEL - (26 if words else 0))
    rows = [line((fit(span.label, LABEL), QUIET), *_bar(span, now, scale, words)) for span in spans]
    return [*rows, *_axis(spans[0], now, scale)]


def _scale(first: Span, now: datetime, width: int) -> _Scale:
    low, high = min(first.begins, now).timestamp(), max(first.ends, now).timestamp()
    margin = max((high - low) * MARGIN, _HOUR)
    return _Scale(low - margin, high + margin, width)


def _bar(span: Span, now: datetime, scale: _Scale, words: bool) -> list[Line | tuple[str, str]]:
    begin, end, here = scale.column(span.begins), scale.column(span.ends), scale.column(now)
    last = scale.width - 1
    style = _style(span, now)
    cells = [" "] * scale.width
    for column in range(max(begin, 0), min(end, last) + 1):
        cells[column] = "━"
    if begin <= last:
        cells[max(begin, 0)] = "◂" if begin < 0 else "┣"
    if end >= 0:
        cells[min(end, last)] = "▸" if end > last else "┫"
    inside = begin < here < end
    cells[here] = "╋" if inside else "┃"
    bar = line(
        ("".join(cells[:here]), style), (cells[here], f"bold {HERE}"), ("".join(cells[here + 1 :]), style)
    )
    told = (f"  {ended_words(span, now)}", style) if words else ("", "")
    return [bar, told]


def ended_words(span: Span, now: datetime) -> str:
    """Say when a span ends or begins, as seen from now.

    Args:
        span: A validity.
        now: The time judged as of.
    """
    if now < span.begins:
        return f"begins {relative(span.begins, now)}"
    return f"{'ended' if now > span.ends else 'ends'} {relative(span.ends, now)}"


def _style(span: Span, now: datetime) -> str:
    if now > span.ends:
        return BROKEN
    return ATTENTION if now < span.begins else GOOD


def _axis(first: Span, now: datetime, scale: _Scale) -> list[Line]:
    """Label start, end and now under their columns, in a second row where they would collide."""
    here = scale.column(now)
    labels = [
        (here, f"▲ now {now:%Y-%m-%d}", f"bold {HERE}"),
        (scale.column(first.ends), f"{first.ends:%Y-%m-%d}", QUIET),
        (scale.column(first.begins), f"{first.begins:%Y-%m-%d}", QUIET),
    ]
    rows: list[list[tuple[int, str, str]]] = [[], []]
    for column, text, style in labels:
        shift = 0 if text.startswith("▲") else len(text) // 2
        left = max(0, min(column - shift, scale.width - len(text)))
        if text.startswith("▲") and column + len(text) > scale.width:
            text = text[2:] + " ▲"
            left = max(0, column - len(text) + 1)
        for row in rows:
            if all(left + len(text) < other or left > other + len(words) for other, words, _ in row):
                row.append((left, text, style))
                break
    return [_label_row(row) for row in rows if row]


def _label_row(labels: list[tuple[int, str, str]]) -> Line:
    parts: list[str | tuple[str, str]] = [" " * LABEL]
    used = 0
    for left, text, style in sorted(labels):
        parts += [" " * (left - used), (text, style)]
        used = left + len(text)
    return line(*parts)
