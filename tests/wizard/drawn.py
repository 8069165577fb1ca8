"""A screen as text: its characters, and which style each run of them has."""

from collections.abc import Iterator

from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
Run = tuple[str, int]


def rows_of(pilot: Pilot[None]) -> list[list[Segment]]:
    """Return the rows of the screen on top, as they go to the terminal."""
    screen = pilot.app.screen
    return [list(strip) for strip in screen._compositor.render_strips(screen.size)]


def characters(rows: list[list[Segment]]) -> list[str]:
    """Return the rows' characters, each row between bars so that no blank at its end is lost."""
    return [f"|{''.join(segment.text for segment in row)}|" for row in rows]


def style_runs(rows: list[list[Segment]]) -> list[str]:
    """Return the styles with a letter each, then each row's runs: how many characters have which."""
    letters: dict[str, str] = {}
    runs = [
        [(letters.setdefault(name, _letter(len(letters))), size) for name, size in _runs(row)] for row in rows
    ]
    legend = [f"{letter} {name}" for name, letter in letters.items()]
    return [*legend, *(_row(number, row) for number, row in enumerate(runs, 1))]


def colours(rows: list[list[Segment]]) -> set[tuple[int, int, int]]:
    """Return every colour on the screen, of letters and behind them."""
    styles = [segment.style for row in rows for segment in row if segment.style]
    found = {colour for style in styles for colour in (style.color, style.bgcolor) if colour}
    return {tuple(colour.get_truecolor()) for colour in found if not colour.is_default}  # type: ignore[misc] # of three


def _letter(number: int) -> str:
    return LETTERS[number]


def _row(number: int, runs: list[Run]) -> str:
    return f"{number:>2}: {' '.join(f'{letter}{size}' for letter, size in runs)}"


def _runs(row: list[Segment]) -> Iterator[tuple[str, int]]:
    """Yield a row's runs; of blanks only what is behind them counts, as nothing else is seen."""
    name, size = "", 0
    for segment in row:
        style = _name(segment.style or Style(), seen=bool(segment.text.strip()))
        if style != name and size:
            yield name, size
            size = 0
        name, size = style, size + len(segment.text)
    if size:
        yield name, size


def _name(style: Style, *, seen: bool) -> str:
    behind = f"on {_hex(style, behind=True)}"
    marks = [each for each in ATTRIBUTES if getattr(style, each)]
    if not seen and not {"underline", "reverse", "strike"} & set(marks):
        return behind
    return " ".join([_hex(style, behind=False), behind, *marks])


def _hex(style: Style, *, behind: bool) -> str:
    colour = style.bgcolor if behind else style.color
    return "default" if colour is None or colour.is_default else colour.get_truecolor().hex
