"""Terminals that can show no more than ASCII."""

import ast
import string
from pathlib import Path

import pytest

import certwizard.wizard
from certwizard.domain.options import ProbeOptions
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.ascii import locale_shows_glyphs, to_ascii
from tests.wizard import canned
from tests.wizard.driving import known, seen, settle


def test_glyphs_have_plain_forms_of_the_same_width() -> None:
    assert to_ascii("✔ PASS ✘ ▸ ● ─ …") == "+ PASS x > * - ~"
    assert to_ascii("日本") == "????"


def test_every_glyph_that_the_wizard_itself_writes_has_a_plain_form() -> None:
    written = {
        char
        for source in Path(certwizard.wizard.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for char in node.value
        if not char.isascii()
    }
    assert "▾" in written
    assert not {char for char in written if "?" in to_ascii(char)}


async def test_every_line_is_ascii_where_the_encoding_has_no_more() -> None:
    app = CertwizardApp(canned.TARGET, ProbeOptions(), observe=seen, judge=known)
    app.plain_ascii(True)
    async with app.run_test() as pilot:
        await settle(pilot)
        for key in "1345gx":
            await pilot.press(key)
            await settle(pilot)
            drawn = app.export_screenshot()
            texts = [part.partition("<")[0] for part in drawn.split("<text")[1:]]
            assert all(set(text.replace("&#160;", " ")) <= set(string.printable) for text in texts)


@pytest.mark.parametrize(
    ("environment", "glyphs"),
    [
        ({}, True),
        ({"LANG": "de_DE.UTF-8"}, True),
        ({"LC_CTYPE": "UTF-8", "LANG": "C"}, True),
        ({"LANG": "C.utf8"}, True),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "POSIX"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LC_ALL": "", "LANG": "de_DE@euro"}, False),
    ],
)
def test_the_locale_says_what_the_terminal_shows(environment: dict[str, str], glyphs: bool) -> None:
    assert locale_shows_glyphs(environment) is glyphs
