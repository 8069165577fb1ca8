"""What is beside the steps line by line: the viewer, copying, options, reports, recent targets, files."""

from pathlib import Path
from typing import Any

import pytest

from certwizard.domain.options import ProbeOptions
from certwizard.wizard.plain.listing import PAGE, Listed, pick
from certwizard.wizard.recent import RecentTargets
from certwizard.wizard.subject import subject_of
from tests.wizard import canned
from tests.wizard.plainly import Dialogue, flat, on_canned_case


def test_fields_are_told_ten_at_a_time_with_what_is_wrong_and_opened_by_number() -> None:
    text = flat(on_canned_case("c 1", "", "2", "", "b", "q"))
    assert "Certificate 1 of 3, leaf: " in text
    assert "error: " in text
    assert "11. " in text
    assert "What it means: " in text
    assert "Inside it, " in text


def test_the_viewer_searches_copies_and_gives_bytes_and_lessons(clipboard: list[str]) -> None:
    text = flat(on_canned_case("c 1", "not after", "y", "hex", "m", "", "", "y 99", "zzz", "b", "q"))
    assert "Ends (Not After): " in text
    assert "DER:" in text
    assert "Lesson: " in text
    assert clipboard
    assert clipboard[0] in text
    assert "99 was understood; expected a number from 1 to" in text
    assert "Nothing here holds zzz." in text


def test_the_next_certificate_is_shown_from_inside_the_one_before() -> None:
    text = flat(on_canned_case("c 1", "2", "n", "p", "pem", "all", "b", "q"))
    assert "Certificate 2 of 3, intermediate" in text
    assert text.count("Certificate 1 of 3") == 2
    assert "-----BEGIN CERTIFICATE-----" in text


@pytest.mark.usefixtures("no_clipboard")
def test_without_a_clipboard_a_value_is_told_alone() -> None:
    text = on_canned_case("3", "y 1", "y 99", "q")
    assert "No clipboard was found here." in flat(text)
    assert "\n2026-11-11 09:12 UTC, 12 days ago\n" in text
    assert "expected one of them, as in y 1" in flat(text)


def test_a_command_the_verdict_and_the_text_for_the_owner_are_copied(clipboard: list[str]) -> None:
    on_canned_case("x", "y 1", "9", "y", "q")
    assert clipboard[0] == f"certbot renew --cert-name {canned.HOST}"
    assert clipboard[1].startswith("shop.eu.example.com:443: ")


def test_a_step_is_ticked_off_and_stays_so_over_a_recheck() -> None:
    text = flat(on_canned_case("x", "k 1", "r", "x", "k 1", "k 99", "q"))
    assert "Step 1 is done." in text
    assert "1. done: " in text
    assert "Step 1 is not done." in text
    assert "expected one of them, as in k 1" in text


def test_another_look_is_taken_with_other_options_and_wrong_ones_are_explained() -> None:
    asked: list[tuple[str | None, int | None, str | None]] = []

    def observe(target: object, options: ProbeOptions, *_: object) -> object:
        asked.append((canned.TARGET.host, getattr(target, "port", None), options.proxy))
        return canned.observation()

    text = flat(
        on_canned_case(
            "e", "2", "99999", "2", "8443", "5", "ftp://x", "zz", "5", "socks5://127.0.0.1:1", "", "q",
            observe=observe,
        )
    )  # fmt: skip
    assert [each[1] for each in asked] == [443, 8443]
    assert asked[1][2] == "socks5://127.0.0.1:1"
    assert "99999" in text
    assert "expected a number from 1 to 65535" in text
    assert "The same without the wizard:" in text
    assert "zz was understood; expected a number from 1 to" in text


def test_options_can_be_left_as_they_were() -> None:
    text = flat(on_canned_case("e", "?", "b", "q"))
    assert text.count("Step 3 of 8") == 1
    assert "b changes nothing" in text


def test_a_report_is_written_and_not_over_another_file(tmp_path: Path) -> None:
    there = tmp_path / "there.md"
    there.write_text("mine")
    text = flat(on_canned_case("d", "there.md", "", "x.exe", "", "d", "b", "q", folder=tmp_path))
    assert there.read_text() == "mine"
    assert "there.md is there already" in text
    assert "x.exe was understood; expected a name ending in" in text
    assert len(list(tmp_path.iterdir())) == 2
    assert "Saved: " in text


def test_recent_targets_are_kept_taken_again_and_forgotten(tmp_path: Path) -> None:
    kept = RecentTargets(tmp_path / "recent.json")
    known: dict[str, Any] = {
        "observe": lambda *_: canned.observation(),
        "judge": lambda *_: canned.case(),
        "recent": kept,
    }
    Dialogue("q", **known).run(subject_of(canned.TARGET, ProbeOptions()))
    (one,) = kept.load().targets
    text = flat(Dialogue("recent", "1", "q", **known).run())
    assert f"1. {one.target}, REJECTED on " in text
    assert "Looking at the server" in text
    flat(Dialogue("forget", "keep", "recent", "q", **known).run())
    assert kept.load().targets == ()
    assert not kept.load().wanted


def test_a_file_is_found_by_walking_folders(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.pem").write_text("x")
    (tmp_path / "note.txt").write_text("x")
    dialogue = Dialogue(
        "file", "sub", "a.p", "q", folder=lambda: tmp_path,
        observe=lambda *_: canned.observation(), judge=lambda *_: canned.case(),
    )  # fmt: skip
    text = flat(dialogue.run())
    assert "1 folders, 0 files; 1 other files are left out" in text
    assert "a.pem, read in place of a server" in text


def test_a_long_list_is_told_by_pages_and_any_number_chooses() -> None:
    names = [f"name {number}" for number in range(25)]
    dialogue = Dialogue("", "?", "99", "25")
    assert pick(dialogue.wizard.talk, Listed("One", names)) == 24
    text = flat("".join(dialogue.said))
    assert text.count("name ") == 2 * PAGE
    assert "Enter tells 5 of 5 more" in text
    assert "expected a number from 1 to 25" in text


def test_nothing_that_is_typed_breaks_the_dialogue() -> None:
    odd = ("x" * 9000, "\x00\x1b[31m", "99999999999999999999999", "½", "m ²", "/", "y -1", "c 0", "k")
    for answer in odd:
        text = on_canned_case(answer, "b", "", "q")
        assert all(char.isprintable() or char == "\n" for char in text)
