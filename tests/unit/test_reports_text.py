"""The text report: the answer first, then the checks, the cause, who refuses and the fix."""

import re

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.vocabulary import CheckId
from certwizard.remedies.catalogue import remedies_for
from certwizard.reports import text
from certwizard.reports.glyphs import ascii_form, can_show_glyphs
from certwizard.reports.paper import Paper, Tone
from tests.factory import HOST, Issued, files_observation, leaf, observation, pki
from tests.surgery import rebuilt, subject

COMMON_NAME = bytes.fromhex("550403")
UTF8 = 0x0C


def _render(diagnosis: Diagnosis, paper: Paper | None = None) -> str:
    return text.render(diagnosis, remedies_for(diagnosis), paper or Paper())


def _diagnosed(*chain: Issued) -> Diagnosis:
    return diagnose(observation(chain, anchors=(pki().root,), anchor_stores=("ca-file",)))


@pytest.fixture
def expired() -> Diagnosis:
    return _diagnosed(leaf(pki().intermediate, days=(-90, -3)), pki().intermediate)


def test_the_answer_comes_first_and_the_rest_in_its_order(expired: Diagnosis) -> None:
    shown = _render(expired)
    assert shown.startswith(f"{HOST}:443   judged as of ")
    parts = ["✘ REJECTED", "Connection", "Root cause", "Who refuses", "Fix: "]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


def test_every_check_has_its_line_with_a_mark_and_a_word(expired: Diagnosis) -> None:
    shown = _render(expired)
    for check in CheckId:
        assert re.search(
            rf"(?m)^  [✔!✘?-] {check.value.capitalize()} +(PASS|WARN|FAIL|UNKNOWN|SKIPPED) ", shown
        )


def test_the_root_cause_says_what_was_seen_and_what_is_expected(expired: Diagnosis) -> None:
    shown = _render(expired)
    root = shown[shown.index("Root cause") :].partition("\n\n")[0]
    assert "expired" in root.splitlines()[0]
    assert "\n  seen " in root
    assert "\n  expected " in root


def test_what_is_accepted_needs_no_fix() -> None:
    shown = _render(_diagnosed(*pki().chain))
    assert "✔ ACCEPTED" in shown
    assert "Fix:" not in shown
    assert "Root cause" not in shown


def test_a_file_without_a_certificate_blames_no_client() -> None:
    shown = _render(diagnose(files_observation(())))
    assert "? COULD NOT FIND OUT" in shown
    assert "Who refuses" not in shown


def test_commands_stand_on_one_line_each_and_prose_is_wrapped(expired: Diagnosis) -> None:
    for line in _render(expired).splitlines():
        if not line.startswith(("     $ ", "     prove  ", "       ")):
            assert len(line) <= 80


def test_ascii_paper_holds_ascii_alone(expired: Diagnosis) -> None:
    shown = _render(expired, Paper(unicode=False))
    assert shown.isascii()
    assert "x REJECTED" in shown


def test_colour_only_adds_to_what_is_there_without_it(expired: Diagnosis) -> None:
    coloured = _render(expired, Paper(colour=True))
    assert re.sub(r"\x1b\[\d+m", "", coloured) == _render(expired)
    assert coloured.count("\x1b[0m") * 2 == coloured.count("\x1b[")


def test_a_lesson_is_added_under_its_title_without_marks_of_markdown(expired: Diagnosis) -> None:
    body = "one\ntwo\n\n## How to read it\n\n**So.**\n\n    a command"
    shown = text.render(expired, (), Paper(), lessons=(("A title", body),))
    assert shown.endswith(
        "\n\nA title\n-------\n\n  one two\n\n  How to read it\n\n  So.\n\n      a command\n"
    )


def test_one_line_names_target_answer_and_cause(expired: Diagnosis) -> None:
    line = text.one_line(expired, Paper())
    assert line.startswith(f"✘ {HOST}:443: ")
    assert line.endswith("[expired]")
    assert "\n" not in line


@pytest.mark.parametrize(
    "words",
    [
        "\x1b[31mred\x1b]0;title\x07",
        "\u202egnp.exe",
        "two\r\nlines",
        "a\0b",
        "[bold red]x[/]",
        "$(touch pwned)",
        "x" * 100_000,
    ],
)
def test_hostile_words_of_a_certificate_are_shown_harmlessly(words: str) -> None:
    spoilt = rebuilt(pki().leaf.der, subject=subject((COMMON_NAME, UTF8, words.encode())))
    for paper in (Paper(), Paper(unicode=False)):
        shown = _render(diagnose(observation([spoilt, pki().intermediate])), paper)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        assert max(map(len, shown.splitlines())) < 2000


@pytest.mark.parametrize(
    ("encoding", "shows"),
    [
        ("utf-8", True),
        ("UTF8", True),
        ("ascii", False),
        ("latin-1", False),
        ("cp437", False),
        (None, False),
        ("no-such", False),
    ],
)
def test_glyphs_are_for_encodings_that_have_them(encoding: str | None, shows: bool) -> None:
    assert can_show_glyphs(encoding) is shows


def test_typographic_signs_have_plain_forms_and_the_rest_escapes() -> None:
    assert ascii_form("“a” – b… → ‘c’ é") == "\"a\" - b... -> 'c' \\xe9"


def test_a_tone_is_nothing_without_colour() -> None:
    assert Paper().tone("x", Tone.BROKEN) == "x"
    assert Paper(colour=True).tone("x", None) == "x"


def test_text_beside_a_head_is_cut_after_so_many_lines() -> None:
    lines = Paper(width=40).hang("head  ", 6, "word " * 40, lines=2)
    assert len(lines) == 2
    assert lines[0].startswith("head  word")
    assert lines[1].startswith("      word")
    assert lines[1].endswith("…")
