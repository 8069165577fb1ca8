"""Themes: readable by measure, chosen by key and palette, remembered, and never in the way."""

import os
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from certwizard.wizard.folders import LONGEST, own_folder, read_small, write_small
from certwizard.wizard.preferences import remember_theme, remembered_theme
from certwizard.wizard.themes import CONTRAST, DARK, LIGHT, TERMINAL, THEMES, next_theme
from tests.wizard.driving import press, shown, wizard, wizard_of

MEANINGS = ("text-success", "text-warning", "text-error", "text-accent")
MARKED = 0.20
"""How much of the accent lies under a marked line."""
NAMES = [theme.name for theme in THEMES]


def _luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [each / 255 for each in (colour.r, colour.g, colour.b)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str | Color, other: str | Color) -> float:
    both = [_luminance(Color.parse(each) if isinstance(each, str) else each) for each in (one, other)]
    return (max(both) + 0.05) / (min(both) + 0.05)


def _grounds(theme: Theme) -> list[Color]:
    background, accent = Color.parse(theme.background or ""), Color.parse(theme.accent or "")
    plain = [background, Color.parse(theme.surface or ""), Color.parse(theme.panel or "")]
    return [*plain, background.blend(accent, MARKED)]


@pytest.mark.parametrize(
    ("theme", "least"), [(DARK, 4.5), (LIGHT, 4.5), (CONTRAST, 7.0)], ids=lambda each: str(each)[:20]
)
def test_every_text_is_readable_on_every_ground(theme: Theme, least: float) -> None:
    for ground in _grounds(theme):
        for text in [theme.foreground or "", *(theme.variables[each] for each in MEANINGS)]:
            assert _contrast(text, ground) >= least, (theme.name, text, ground)
    for ground in _grounds(theme)[:3]:
        assert _contrast(theme.variables["text-muted"], ground) >= least
    for badge in (*MEANINGS, "text-muted"):
        assert _contrast(theme.background or "", theme.variables[badge]) >= least


def test_high_contrast_stands_out_from_its_ground_as_borders_too() -> None:
    for name in ("border", "border-blurred"):
        assert _contrast(CONTRAST.variables[name], CONTRAST.background or "") >= 3


def test_the_terminals_own_colours_are_no_others() -> None:
    used = [TERMINAL.primary, TERMINAL.background, TERMINAL.foreground, *TERMINAL.variables.values()]
    assert all(str(each).startswith("ansi_") for each in used)


async def test_a_key_goes_round_all_themes_and_the_choice_is_remembered() -> None:
    async with wizard("3") as pilot:
        seen = [pilot.app.theme]
        for _ in THEMES:
            await press(pilot, "ctrl+t")
            seen.append(pilot.app.theme)
            assert "It ended 12 days ago." in shown(pilot)
        assert seen == [*NAMES, NAMES[0]]
        await press(pilot, "ctrl+t")
    assert remembered_theme(NAMES) == LIGHT.name
    async with wizard("3") as pilot:
        assert pilot.app.theme == LIGHT.name


async def test_the_palette_names_every_theme() -> None:
    async with wizard("3", size=(100, 40)) as pilot:
        await press(pilot, "ctrl+p", *"colours")
        await pilot.pause(0.3)
        assert all(
            title in shown(pilot) for title in ("dark", "light", "high contrast", "the terminal's own")
        )


async def test_the_environments_theme_goes_before_the_remembered_one(monkeypatch: pytest.MonkeyPatch) -> None:
    remember_theme(LIGHT.name)
    monkeypatch.setenv("TEXTUAL_THEME", "nord")
    async with wizard() as pilot:
        assert pilot.app.theme == "nord"
    monkeypatch.setenv("TEXTUAL_THEME", "no-such-theme")
    async with wizard() as pilot:
        assert pilot.app.theme == LIGHT.name


async def test_no_color_goes_before_every_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    remember_theme(TERMINAL.name)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TEXTUAL_THEME", "nord")
    async with wizard("3") as pilot:
        assert pilot.app.theme == DARK.name
        for strip in pilot.app.screen._compositor.render_strips(pilot.app.screen.size):
            for segment in strip.apply_filter(pilot.app._filters[-1], Color(0, 0, 0)):
                colour = segment.style.color if segment.style else None
                if colour is not None and colour.triplet is not None:
                    assert len(set(colour.triplet)) == 1, "a grey has three equal parts"


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\0", b"x" * (LONGEST + 1), b"no-such-theme", b"\x1b[2J"])
async def test_a_corrupt_memory_changes_nothing(text: bytes) -> None:
    folder = own_folder("XDG_STATE_HOME")
    assert folder is not None
    folder.mkdir(parents=True)
    (folder / "theme").write_bytes(text)
    async with wizard() as pilot:
        assert pilot.app.theme == DARK.name


async def test_a_folder_that_cannot_be_written_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    async with wizard("3") as pilot:
        await press(pilot, "ctrl+t")
        assert pilot.app.theme == LIGHT.name
        assert wizard_of(pilot).is_running


def test_a_small_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    assert write_small(tmp_path / "deep" / "theme", "one\n")
    assert write_small(tmp_path / "deep" / "theme", "two\n")
    assert read_small(tmp_path / "deep" / "theme") == "two\n"
    assert os.listdir(tmp_path / "deep") == ["theme"]


def test_a_theme_of_another_hand_leads_back_to_ours() -> None:
    assert next_theme("nord") == DARK.name
