"""Every pair of colours that stands on a screen can be read: by the stylesheet's rules, and on the drawn screens."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color
from textual.screen import ModalScreen
from textual.theme import Theme

import certwizard.wizard as wizard_package
from certwizard.wizard.appearance import VEIL
from certwizard.wizard.themes import CONTRAST, DARK, LIGHT
from tests.wizard.scenes import SCENES, Scene
from tests.wizard.test_themes import MEANINGS, _contrast

LEAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
STYLES = Path(wizard_package.__file__).parent
BUTTONS = (0.30, 0.35)
"""Under a button that is the next sensible one, or under the mouse; it carries its own colours alone."""
FOLDER = Path(__file__).parent / "screens"


def veils() -> set[float]:
    """Every share of the accent that a stylesheet lays under text."""
    sheets = [*STYLES.rglob("*.tcss"), *STYLES.rglob("*.py")]
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return {int(share) / 100 for share in re.findall(r"background: \$accent (\d+)%", text)} | {VEIL}


def grounds(theme: Theme) -> Iterator[Color]:
    """Yield what any text may stand on: the body, a window, a panel, and a marked line on the first two."""
    body, window = Color.parse(theme.background or ""), Color.parse(theme.surface or "")
    yield from (body, window, Color.parse(theme.panel or ""))
    for veil in sorted(veils() - set(BUTTONS)):
        yield from (each.blend(Color.parse(theme.accent or ""), veil) for each in (body, window))


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda each: each.name)
def test_every_colour_of_text_is_readable_on_everything_it_can_stand_on(theme: Theme) -> None:
    texts = [theme.foreground or "", *(theme.variables[name] for name in (*MEANINGS, "text-muted"))]
    pairs = [(text, ground.hex) for text in texts for ground in grounds(theme)]
    assert [pair for pair in pairs if _contrast(*pair) < LEAST] == []


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda each: each.name)
def test_buttons_and_what_is_selected_are_readable(theme: Theme) -> None:
    body, accent = Color.parse(theme.background or ""), Color.parse(theme.accent or "")
    next_, pointed = (body.blend(accent, share) for share in BUTTONS)
    assert _contrast(theme.variables["text-accent"], next_) >= LEAST
    assert _contrast(theme.foreground or "", pointed) >= LEAST
    assert _contrast(body, accent) >= LEAST
    assert _contrast(theme.foreground or "", theme.variables["input-selection-background"]) >= LEAST


def test_the_shares_of_the_accent_in_the_stylesheets_are_known() -> None:
    assert veils() <= {0.15, VEIL, *BUTTONS}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_is_drawn_on_a_screen_can_be_read(scene: Scene) -> None:
    pale = {
        (look, text.strip(), colours)
        for look, text, colours in drawn(scene)
        if re.match(r"#\w+ on #\w+", colours) and _contrast(*colours.split()[:3:2]) < LEAST
    }
    assert pale == set()


def drawn(scene: Scene) -> Iterator[tuple[str, str, str]]:
    """Yield each run of letters or digits with its colours; of a window's ground nothing, as it is veiled."""
    words: dict[str, list[str]] = {}
    for part in re.split(r"(?m)^== ", (FOLDER / f"{scene.name}.txt").read_text(encoding="utf-8"))[1:]:
        title, *lines = part.split("\n")
        own = [line[1:-1] for line in lines if line.startswith("|")]
        words[title] = own or words[lines[0].removeprefix("the words of ")]
        if title.endswith("no colour"):
            continue  # greys, made of the same colours by Textual
        styles = {line[0]: line[2:] for line in lines if re.match(r"[a-zA-Z] ", line)}
        runs = [match for line in lines if (match := re.match(r" ?(\d+): (.*)", line))]
        left, right, rows = (
            window(words[title]) if issubclass(scene.screen, ModalScreen) else (0, 999, range(99))
        )
        for match in runs:
            row, place = int(match[1]) - 1, 0
            for run in match[2].split():
                size = int(run[1:])
                text = words[title][row][place : place + size]
                inside = row in rows and left <= place and place + size <= right
                place += size
                if inside and any(letter.isalnum() for letter in text):
                    yield title, text, styles[run[0]]


def window(rows: list[str]) -> tuple[int, int, range]:
    """Return the columns and the rows inside the tallest frame."""
    frames = []
    for first, row in enumerate(rows):
        if "╭" in row and "╮" in row:
            left = row.index("╭")
            last = next(index for index in range(first, len(rows)) if rows[index][left : left + 1] == "╰")
            frames.append((last - first, left + 1, row.rindex("╮"), range(first + 1, last)))
    return max(frames, key=lambda frame: frame[0])[1:]


def test_a_pale_pair_would_be_found() -> None:
    assert _contrast("#929dad", "#29374b") < LEAST < _contrast("#9fa9b8", "#29374b")
