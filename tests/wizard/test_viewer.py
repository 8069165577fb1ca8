"""The certificate viewer: the broken field is marked, everything is found, copied and explained."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from certwizard.domain.observation import Observation
from certwizard.wizard.case import judge
from certwizard.wizard.screens.lesson import LessonScreen
from certwizard.wizard.screens.viewer import ViewerScreen
from certwizard.wizard.widgets.part_tree import PartTree
from tests import factory as f
from tests.wizard.driving import WizardPilot, press, settle, shown, until, wizard

P = f.pki()
EXPIRED = f.observation([f.leaf(P.intermediate, days=(-100, -10)), P.intermediate], anchors=[P.root])


def viewer(
    observation: Observation = EXPIRED, *keys: str, size: tuple[int, int] = (120, 40)
) -> AbstractAsyncContextManager[WizardPilot]:
    """Open the viewer on what was seen, and press keys."""
    return wizard("c", *keys, size=size, observe=lambda *_: observation, judge=judge)


def marked(pilot: WizardPilot) -> str:
    """The label of the marked part."""
    part = pilot.app.screen.query_one(PartTree).part
    return part.label if part else ""


async def test_the_cursor_begins_at_the_broken_field_and_the_panel_says_why() -> None:
    async with viewer() as pilot:
        assert marked(pilot) == "Ends (Not After)"
        screen = shown(pilot)
        assert "✘ ▾ Ends (Not After)" in screen
        assert "The certificate expired 10 days ago." in screen
        assert "The last second at which the" in screen
        assert "Bytes " in screen
        assert "15 bytes, DER" in screen


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_broken_field_is_in_sight_at_every_size(size: tuple[int, int]) -> None:
    async with viewer(size=size) as pilot:
        assert "✘ ▾ Ends" in shown(pilot)
        assert "10 days ago" in shown(pilot)


async def test_right_and_left_open_and_close_and_go_up() -> None:
    async with viewer(EXPIRED, "home") as pilot:
        assert marked(pilot) == "Names (Subject Alternative Name)"
        await press(pilot, "right", "right")
        assert marked(pilot) == "DNS name"
        await press(pilot, "left")
        assert marked(pilot) == "Names (Subject Alternative Name)"
        await press(pilot, "left")
        assert "DNS name" not in shown(pilot)


async def test_tab_shows_the_next_certificate_and_the_titles_say_which() -> None:
    async with viewer(EXPIRED, "tab") as pilot:
        assert "Test Intermediate" in pilot.app.screen.query_one(PartTree).root_part.label
        await press(pilot, "shift+tab")
        assert "www.example.com" in pilot.app.screen.query_one(PartTree).root_part.label


async def test_a_search_shows_what_holds_the_words_and_escape_ends_it_first() -> None:
    async with viewer(EXPIRED, "slash", *"serverauth") as pilot:
        assert "What it is for" in shown(pilot)
        assert "Not After" not in shown(pilot).split("│")[0]
        await press(pilot, "enter")
        assert marked(pilot) == "What it is for (Extended Key Usage)"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ViewerScreen)
        assert marked(pilot) == "What it is for (Extended Key Usage)"
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ViewerScreen)


async def test_a_search_without_a_hit_says_so() -> None:
    async with viewer(EXPIRED, "slash", *"zzz") as pilot:
        assert "Nothing here holds that." in shown(pilot)


async def test_y_copies_the_value_and_shift_p_the_pem(clipboard: list[str]) -> None:
    async with viewer(EXPIRED, "y", "P") as pilot:
        await until(pilot, lambda: len(clipboard) == 2)
        assert sorted(clipboard)[0].startswith("-----BEGIN CERTIFICATE-----")
        assert sorted(clipboard)[1] == "2026-11-13T12:00:00+00:00"


async def test_enter_opens_the_lesson_on_the_cause_and_v_the_text() -> None:
    async with viewer(EXPIRED, "enter") as pilot:
        assert isinstance(pilot.app.screen, LessonScreen)
        await press(pilot, "escape", "v", "tab")
        assert "Ends (Not After): 10 days ago" in shown(pilot)


async def test_a_click_marks_a_row_and_a_second_one_opens_it() -> None:
    async with viewer(EXPIRED, "home") as pilot:
        await pilot.click(PartTree, offset=(10, 1))
        await settle(pilot)
        first = marked(pilot)
        await pilot.click(PartTree, offset=(10, 1))
        await settle(pilot)
        assert first == marked(pilot) == "For whom (Subject)"
        assert "Common name (CN)" in shown(pilot)


async def test_markup_and_escapes_in_a_name_are_shown_as_they_are() -> None:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "[red]x[/nope]\x1b[2J")])
    odd = f.observation([f.leaf(P.intermediate, subject=subject), P.intermediate], anchors=[P.root])
    async with viewer(odd) as pilot:
        assert "[red]x[/nope]\\x1b[2J" in shown(pilot)


async def test_ten_thousand_names_are_searched_and_reached() -> None:
    names = tuple(f"host{number}.example.com" for number in range(10_000))
    many = f.observation(
        [f.leaf(P.intermediate, names), P.intermediate], "host9999.example.com", anchors=[P.root]
    )
    async with viewer(many, "home", "right", "end") as pilot:
        tree = pilot.app.screen.query_one(PartTree)
        assert tree.virtual_size.height > 10_000
        await press(pilot, "slash", *"host9998.")
        assert "host9998.example.com" in shown(pilot)


async def test_without_a_certificate_the_viewer_says_so() -> None:
    async with wizard("c", observe=lambda *_: f.observation([]), judge=judge) as pilot:
        assert not isinstance(pilot.app.screen, ViewerScreen)
        await until(pilot, lambda: any("No certificate" in n.message for n in pilot.app._notifications))


OPENED = {
    "Names (Subject Alternative Name)": "How to read it",
    "1.3.6.1.4.1.99999.1": "Other extension",
    "microsoftCertificateTemplate": "Microsoft extensions",
    "Newest changes (Freshest CRL)": "Freshest CRL",
    "Serial number": "Serial number",
}
"""Rows of the tree, and the title of the lesson that they open."""


async def test_a_row_opens_the_lesson_on_its_own_extension_or_field() -> None:
    having = (
        x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00"),
        x509.MSCertificateTemplate(x509.ObjectIdentifier("1.3.6.1.4.1.311.21.8.1"), 1, 0),
        x509.FreshestCRL([x509.DistributionPoint([x509.DNSName("crl.example.com")], None, None, None)]),
    )
    leaf = f.leaf(P.intermediate, having=having)
    seen = f.observation([leaf, P.intermediate], anchors=[P.root])
    async with viewer(seen, "home") as pilot:
        told = {}
        for _ in range(len(pilot.app.screen.query_one(PartTree).root_part.children)):
            label = marked(pilot)
            if label in OPENED:
                await press(pilot, "enter")
                told[label] = shown(pilot)
                await press(pilot, "escape")
            await pilot.press("down")
        assert {label: title for label, title in OPENED.items() if title in told[label]} == OPENED
