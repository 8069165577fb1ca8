"""Every size from 60x20 up: the answer and the first failing fact are on the screen."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from textual.geometry import Region, Size
from textual.screen import Screen

from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import Verdict
from certwizard.wizard.case import Case
from certwizard.wizard.recent import Recent, recent_targets
from certwizard.wizard.screens.files import FilesScreen
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.screens.practice import PracticeScreen
from certwizard.wizard.steps import STEPS
from certwizard.wizard.widgets.key_bar import KeyBar
from tests.wizard import canned
from tests.wizard.canned_remedies import RENEW
from tests.wizard.driving import known, press, settle, shown, wizard, wizard_of

FAILING = {
    "3": ("It ended 12 days ago.", "2026-11-11 09:12 UTC"),
    "4": ("No: a wildcard", "Names (SAN)"),
    "5": ("Only if the client", "Chain as sent"),
}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (99, 30), (100, 30), (200, 60)])
@pytest.mark.parametrize("key", FAILING)
async def test_answer_and_first_failing_fact_are_on_the_screen(key: str, size: tuple[int, int]) -> None:
    async with wizard(key, size=size) as pilot:
        text = shown(pilot)
        assert all(words in text for words in FAILING[key])
        assert "▸ ✘" in text


@pytest.mark.parametrize("key", [each.key for each in STEPS])
async def test_the_next_way_on_is_a_button_at_every_width(key: str) -> None:
    async with wizard(key, size=(60, 20)) as pilot:
        buttons = [button for button in pilot.app.screen.query("WayButton") if button.display]
        assert buttons
        assert buttons[-1].region.right <= 60


async def test_resizing_keeps_the_step_and_changes_the_rail() -> None:
    async with wizard("3", size=(120, 40)) as pilot:
        assert "3 of 8" not in shown(pilot)
        await pilot.resize_terminal(70, 22)
        await pilot.pause()
        assert "3 of 8" in shown(pilot)
        assert "It ended 12 days ago." in shown(pilot)
        await press(pilot, "n")
        assert "4 of 8" in shown(pilot)


async def test_a_very_wide_terminal_shows_the_lesson_beside_the_step_and_lets_it_follow_the_mark() -> None:
    async with wizard("2", size=(170, 40)) as pilot:
        aside = pilot.app.screen.query_one("#aside")
        assert aside.display
        before = shown(pilot)
        assert "the whole lesson" in before
        await press(pilot, "down", "down")
        assert shown(pilot) != before
    async with wizard("2", size=(120, 40)) as pilot:
        assert not pilot.app.screen.query_one("#aside").display


KEY_FACTS = {
    ("1",): "Yes, with TLS 1.3 at one of two addresses.",
    ("2",): "vouched for by R11.",
    ("3",): "It ended 12 days ago.",
    ("4",): "No: a wildcard covers one label",
    ("5",): "Only if the client fetches",
    ("6",): "The chain is incomplete.",
    ("7",): "The authority did not answer in time.",
    ("8",): "Nothing to hold against it.",
    ("9",): "Every client refuses it",
    ("x",): RENEW.title,
    ("p",): "How does it stay repaired?",
    ("3", "c"): "2026-11-11 09:12 UTC",
    ("3", "enter"): "The certificate has expired",
    ("3", "question_mark"): "Is the certificate within its dates?",
    ("3", "v"): canned.HOST,
}


@pytest.mark.parametrize("keys", KEY_FACTS, ids="-".join)
async def test_no_screen_cuts_its_key_fact_off_at_the_smallest_size(keys: tuple[str, ...]) -> None:
    async with wizard(*keys, size=(60, 20)) as pilot:
        text = " ".join(shown(pilot).split())
        assert KEY_FACTS[keys] in text
        assert max(map(cell_len, shown(pilot).splitlines())) <= 60


async def test_the_start_asks_its_question_whole_at_the_smallest_size() -> None:
    async with wizard(target=None, size=(60, 20)) as pilot:
        lines = shown(pilot).splitlines()
        assert "shall we look at?" in lines[1]
        assert "…" not in lines[0]


async def test_a_vast_terminal_shows_the_clients_beside_the_causes() -> None:
    async with wizard("9", size=(250, 70)) as pilot:
        row = next(line for line in shown(pilot).splitlines() if "What they say" in line)
        assert "Root cause" in row
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        row = next(line for line in shown(pilot).splitlines() if "What they say" in line)
        assert "Root cause" not in row


async def test_a_vast_terminal_shows_the_whole_lesson_and_no_line_too_long_to_read() -> None:
    async with wizard("3", size=(250, 70)) as pilot:
        assert "How to read it" in shown(pilot)
        for widget in pilot.app.screen.query("Aside, Note, Answer"):
            drawn = widget.lines(widget.content_size.width)  # type: ignore[attr-defined] # all three are drawings
            indent = 16 if type(widget).__name__ == "Answer" else 2
            assert max((row.cell_length for row in drawn), default=0) <= 76 + indent


def wide(observation: Observation, before: Case | None) -> Case:
    """The canned case in letters that take two cells, or stand on others."""
    words = "日本語の証明書 " * 6 + "e\u0301\u0323 " * 8 + "한국어"
    made = known(observation, before)
    told = replace(
        made.diagnosis,
        headline=words,
        checks=tuple(
            replace(
                each,
                headline=words,
                facts=tuple(
                    replace(fact, label=words[:12], seen=words, expected=words) for fact in each.facts
                ),
            )
            for each in made.diagnosis.checks
        ),
        causes=tuple(replace(each, headline=words, explanation=words) for each in made.diagnosis.causes),
    )
    return replace(made, diagnosis=told, title=words)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (250, 70)])
async def test_wide_and_combining_letters_keep_every_line_within_the_terminal(size: tuple[int, int]) -> None:
    async with wizard("1", judge=wide, size=size) as pilot:
        for key in ("1", "3", "5", "9"):
            await press(pilot, key)
            assert "日本語" in shown(pilot)
            assert {cell_len(line) for line in shown(pilot).splitlines()} == {size[0]}


async def test_resizing_at_any_moment_keeps_the_answer_in_view() -> None:
    sizes = [(250, 70), (60, 20), (100, 30), (61, 21), (99, 24), (180, 36), (60, 20), (80, 24)]
    async with wizard("1", size=(80, 24)) as pilot:
        for number, size in enumerate(sizes):
            step = STEPS[number % 9]
            await pilot.resize_terminal(*size)
            await pilot.press(step.key.split()[0])
            await pilot.resize_terminal(size[0] + 1, size[1])
            await press(pilot)
            assert step.question in " ".join(shown(pilot).split())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (250, 70)])
async def test_the_start_shows_field_role_recent_targets_and_practice_at_every_size(
    size: tuple[int, int],
) -> None:
    recent_targets(os.environ).add(Recent("shop.example.com", Verdict.REJECTED, datetime.now(UTC)))
    async with wizard(target=None, size=size) as pilot:
        text = shown(pilot)
        for words in ("Which server, file or message", "an error message", "visitor", "F8 forget", "expired"):
            assert words in text
        assert "✘ shop.example.com" in text
        assert all(widget.region.right <= size[0] for widget in pilot.app.screen.query("#main *"))


async def test_the_start_is_plain_ascii_where_the_terminal_can_show_no_more() -> None:
    recent_targets(os.environ).add(Recent("shop.example.com", Verdict.REJECTED, datetime.now(UTC)))
    async with wizard(target=None) as pilot:
        wizard_of(pilot).plain_ascii(True)
        pilot.app.screen.refresh()
        await pilot.pause()
        rows = [pilot.app.screen.query_one(kind) for kind in ("RoleChoice", "RecentList", "ScenarioList")]
        texts = ["".join(part.text for part in row.render_lines(row.size.region)[0]) for row in rows]
        assert all(text.isascii() for text in texts)
        assert "x shop.example.com" in texts[1]


async def test_the_footer_of_the_start_opens_files_and_practice_by_mouse() -> None:
    for label, kind in (("File", FilesScreen), ("Practice", PracticeScreen)):
        async with wizard(target=None) as pilot:
            bar = pilot.app.screen.query_one(KeyBar)
            place = bar.lines(bar.content_size.width)[0].plain.index(label)
            await pilot.click(KeyBar, offset=(2 + place, 0))
            await settle(pilot)
            assert isinstance(pilot.app.screen, kind)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_screen_stands_where_it_stays_from_its_first_layout_on(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    places: dict[Screen[object], list[Region]] = {}
    lay_out = Screen._refresh_layout

    def watched(screen: Screen[object], size: Size | None = None, scroll: bool = False) -> None:
        lay_out(screen, size, scroll)
        places.setdefault(screen, []).extend(found.region for found in screen.query("#main"))

    monkeypatch.setattr(Screen, "_refresh_layout", watched)
    async with wizard("1", "9", "x", "p", "c", "escape", "t", size=size):
        framed = [each for screen, each in places.items() if isinstance(screen, FrameScreen)]
    assert len(framed) >= len(["probe", "dates", "1", "9", "x", "p", "c", "t"])
    assert all(len(set(each)) == 1 for each in framed), places
