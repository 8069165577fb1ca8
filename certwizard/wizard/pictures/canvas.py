"""Small tools to draw lines of styled text that are exactly as wide as they should be."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

Line = Content
Part = str | Content | tuple[str, str]


def line(*parts: Part) -> Line:
    """Return a line made of parts; a pair is a text and its style. Nothing is read as markup.

    Args:
        *parts: Texts, styled pairs, or other lines.
    """
    return Content.assemble(*parts)


def clickable(content: Line, action: str) -> Line:
    """Return the line as one that runs an action when clicked.

    Args:
        content: A line.
        action: A Textual action, such as ``screen.turn(1)``.
    """
    return content.stylize(Style.from_meta({"@click": action}))


def fit(text: str, width: int) -> str:
    """Return the text cut (with an ellipsis) or padded to exactly that many cells.

    Args:
        text: A single line.
        width: Cells to fill.
    """
    if width <= 0:
        return ""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


def cut(text: str, width: int) -> str:
    """Return the text, cut with an ellipsis where it is longer than that many cells.

    Args:
        text: A single line.
        width: Cells it may take.
    """
    return text if cell_len(text) <= width else fit(text, width)


def cut_middle(text: str, width: int) -> str:
    """Return the text, shortened in its middle where it is too long, so that both ends stay readable.

    Args:
        text: A single line, such as a path or a host name.
        width: Cells it may take.
    """
    if cell_len(text) <= width or width < 5:
        return cut(text, width)
    left = (width - 1) // 2
    end = text[-(width - 1 - left) :]
    while cell_len(end) > width - 1 - left:
        end = end[1:]
    return set_cell_size(text, left).rstrip() + "…" + end.lstrip()


def wrap(text: str, width: int, style: str = "") -> list[Line]:
    """Return the text wrapped between words to lines of at most that width; long words are folded.

    Args:
        text: Running text.
        width: Cells a line may take.
        style: Style of the whole text.
    """
    if not text:
        return []
    return Content.styled(text, style).wrap(max(width, 4))


def packed(parts: Sequence[Line], width: int) -> list[Line]:
    """Return the parts in lines, a blank between them; none is parted between two lines where it fits into one.

    Args:
        parts: Names or the like.
        width: Cells a line may take.
    """
    rows: list[Line] = []
    for part in parts:
        if rows and rows[-1].cell_length + 1 + part.cell_length <= width:
            rows[-1] = line(rows[-1], " ", part)
        else:
            rows += part.wrap(max(width, 4))
    return rows


def pad(content: Line, width: int) -> Line:
    """Return the line filled with blanks to that many cells.

    Args:
        content: A line.
        width: Cells to fill.
    """
    return content.pad_right(max(width - content.cell_length, 0))


def columns(cells: list[tuple[list[Line], int]], gap: int = 2) -> list[Line]:
    """Lay wrapped cells side by side.

    Args:
        cells: For each column its lines and its width.
        gap: Blanks between columns.
    """
    height = max((len(lines) for lines, _ in cells), default=0)
    rows = []
    for row in range(height):
        parts: list[Part] = []
        for index, (lines, width) in enumerate(cells):
            content = lines[row] if row < len(lines) else Content("")
            last = index == len(cells) - 1
            parts.append(content if last else pad(content, width + gap))
        rows.append(line(*parts))
    return rows
