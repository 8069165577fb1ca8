"""The name asked for, matched label by label against each entry of the certificate."""

from collections.abc import Sequence

from rich.cells import cell_len

from certwizard.domain.hostname import NameMatch
from certwizard.wizard.pictures.canvas import Line, columns, cut, cut_middle, fit, line, wrap
from certwizard.wizard.styles import BROKEN, GOOD, QUIET

LABEL = 16
LONGEST_LABEL = 46


def draw_names(matches: Sequence[NameMatch], width: int, most: int = 6) -> list[Line]:
    """Draw the asked name on top and each entry under it, labels under labels from the right.

    Args:
        matches: Best first.
        width: Cells there are.
        most: Entries to show at most.
    """
    if not matches or width < 40:
        return []
    shown = matches[:most]
    asked = shown[0].asked_labels
    rows_of_labels = [asked, *(match.entry_labels for match in shown if match.kind == "dns")]
    if len(asked) == 1:
        rows_of_labels += [(match.entry,) for match in shown if match.kind == "ip"]
    widths = _label_widths(rows_of_labels)
    room = sum(widths) + 3 * (len(widths) - 1)
    if room > width - LABEL or not asked:
        return _plain(shown, len(matches), width)
    rows = [line((fit("you asked for", LABEL), QUIET), _labels(asked, ("bold",) * len(asked), widths))]
    for match in shown:
        rows += _entry(match, widths, width)
    if len(matches) > most:
        rows.append(_rest(len(matches) - most, width))
    return rows


def draw_nameless(asked: str, common: str, width: int) -> list[Line]:
    """Draw the asked name over a certificate that names nothing; its common name is shown as what it is.

    Args:
        asked: The name asked for.
        common: The common name of the certificate, or nothing.
        width: Cells there are.
    """
    if not asked or width < 40:
        return []
    head = line((fit("in it", LABEL - 2), QUIET), ("✘ ", f"bold {BROKEN}"))
    rows = _hanging(line(("you asked for", QUIET)), asked, "bold", width)
    rows += _hanging(head, "no name at all (no SAN)", BROKEN, width)
    if common:
        words = f"{common} stands as its common name, where clients do not look"
        rows += _hanging(line(), words, QUIET, width)
    return rows


def _rest(count: int, width: int) -> Line:
    words = "1 more name" if count == 1 else f"{count} more names"
    return line(" " * LABEL, (cut(f"and {words}, none closer", width - LABEL), QUIET))


def _label_widths(names: Sequence[Sequence[str]]) -> list[int]:
    columns = max(len(labels) for labels in names)
    widths = [1] * columns
    for labels in names:
        for offset, label in enumerate(reversed(labels), 1):
            widths[-offset] = max(widths[-offset], min(cell_len(label), LONGEST_LABEL))
    return widths


def _labels(labels: Sequence[str], styles: Sequence[str], widths: Sequence[int]) -> Line:
    """Lay labels into their columns, the last one at the right."""
    parts: list[str | tuple[str, str]] = []
    empty = len(widths) - len(labels)
    for column, width in enumerate(widths):
        dot = " . " if column > empty else "   " if column else ""
        label = labels[column - empty] if column >= empty else ""
        style = styles[column - empty] if column >= empty else ""
        parts += [
            (dot, QUIET),
            (" " * max(width - cell_len(label), 0), ""),
            (cut_middle(label, width), style),
        ]
    return line(*parts)


def _entry(match: NameMatch, widths: Sequence[int], width: int) -> list[Line]:
    glyph, style = ("✔", GOOD) if match.matches else ("✘", BROKEN)
    head = line(
        (fit("it is for" if match.matches else "in it", LABEL - 2), QUIET), (glyph, f"bold {style}"), " "
    )
    if match.kind != "dns":
        room = max(sum(widths) + 3 * (len(widths) - 1), cell_len(match.entry))
        body = line((fit(match.entry, room), style))
    else:
        body = _labels(match.entry_labels, _styles(match), widths)
    if LABEL + body.cell_length > width:
        return [*_hanging(head, match.entry, style, width), *_note(match, width)]
    row = line(head, body)
    if row.cell_length + 2 + cell_len(match.note) <= width or not match.note:
        return [line(row, ("  " + match.note, QUIET))]
    return [row, *_note(match, width)]


def _note(match: NameMatch, width: int) -> list[Line]:
    return [line(" " * LABEL, part) for part in wrap(match.note, width - LABEL, QUIET)]


def _hanging(head: Line, text: str, style: str, width: int) -> list[Line]:
    """Return a text after its head, folded where it is long: two long names often differ in the middle."""
    return columns([([head], LABEL), (wrap(text, width - LABEL, style), width - LABEL)], gap=0)


def _styles(match: NameMatch) -> list[str]:
    """A style for each label of the entry: good where it covers the label asked for."""
    oks = match.label_ok
    count = len(match.entry_labels)
    aligned = [oks[-(count - index)] if count - index <= len(oks) else False for index in range(count)]
    return [f"bold {GOOD}" if good else f"bold {BROKEN}" for good in aligned]


def _plain(shown: Sequence[NameMatch], count: int, width: int) -> list[Line]:
    """The entries as a list, for names too long to stand label under label."""
    rows = _hanging(line(("you asked for", QUIET)), ".".join(shown[0].asked_labels), "bold", width)
    for match in shown:
        glyph, style = ("✔", GOOD) if match.matches else ("✘", BROKEN)
        head = line(" " * (LABEL - 2), (f"{glyph} ", f"bold {style}"))
        rows += _hanging(head, match.entry, style, width)
    if count > len(shown):
        rows.append(_rest(count - len(shown), width))
    return rows
