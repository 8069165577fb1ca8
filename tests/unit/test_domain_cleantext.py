"""What a hostile text may do to the reader: nothing."""

import pytest

from certwizard.domain.cleantext import clean, clean_block, escape


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("red \x1b[31m", "red \\x1b[31m"),
        ("bell\x07", "bell\\x07"),
        ("del\x7f", "del\\x7f"),
        ("nul\x00.evil", "nul\\x00.evil"),
        ("C1 \x9b31m", "C1 \\x9b31m"),
        ("next line\x85", "next line\\x85"),
        ("turn \u202egpj.exe", "turn \\u202egpj.exe"),
        ("isolate \u2066x\u2069", "isolate \\u2066x\\u2069"),
        ("marks \u200e\u200f\u061c", "marks \\u200e\\u200f\\u061c"),
        ("zero\u200bwidth\u200d\ufeff", "zero\\u200bwidth\\u200d\\ufeff"),
        ("soft\u00adhyphen", "soft\\xadhyphen"),
        ("line\u2028paragraph\u2029", "line\\u2028paragraph\\u2029"),
        ("half \ud800", "half \\ud800"),
        ("private \ue000", "private \\ue000"),
        ("tag \U000e0041", "tag \\U000e0041"),
        ("unassigned \u0378", "unassigned \\u0378"),
        ("filler \u3164\u2800", "filler \\u3164\\u2800"),
        ("variation \ufe0f", "variation \\ufe0f"),
    ],
)
def test_what_hides_or_moves_becomes_a_visible_escape(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text", ["Zürich", "Ελλάδα", "日本語", "שלום", "🔒 lock", "[bold]markup[/bold]", "$(rm -rf ~)"]
)
def test_honest_text_of_any_script_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_white_space_of_every_kind_folds_into_one_space() -> None:
    assert clean(" a \t\r\n b\u00a0\u3000c\v\f d ") == "a b c d"


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert clean("x" * 600) == "x" * 499 + "…"
    assert clean("abcdef", 4) == "abc…"
    assert clean("abcdef", 6) == "abcdef"


def test_a_text_that_grows_by_its_escapes_is_cut_too() -> None:
    assert len(clean("\x1b" * 200, 100)) == 100


def test_a_flood_of_combining_marks_is_bounded_and_shown() -> None:
    assert clean("e" + "\u0301" * 50 + "x") == "e\u0301\u0301\u0301\\u0301x"


def test_a_mark_with_nothing_to_stand_on_does_not_land_on_our_own_text() -> None:
    assert clean("\u0301abc") == "\\u0301abc"
    assert clean(" \u0301abc") == "\\u0301abc"


def test_escape_keeps_spaces_where_they_are_evidence() -> None:
    assert escape(" example.com ") == " example.com "
    assert escape("a\tb\nc") == "a\\x09b\\x0ac"
    assert escape("x" * 20, 5) == "xxxx…"


def test_a_block_keeps_its_lines_and_indentation() -> None:
    assert clean_block("a\n\tb\r\n\n\x1bc\n\n") == "a\n    b\n\n\\x1bc"


def test_a_block_is_bounded_in_lines_and_width() -> None:
    assert clean_block("a\nb\nc", lines=2) == "a\nb\n…"
    assert clean_block("x" * 50, limit=10) == "x" * 9 + "…"
    assert len(clean_block(" " * 50 + "x" * 50, limit=10)) == 10
