"""``certwizard learn``: lists, shows, searches, suggests; as wide as the output is."""

import re

import pytest

from certwizard.cli import main
from certwizard.diagnosis.diagnose import diagnose
from certwizard.knowledge.lessons import all_lessons, find_by_key
from certwizard.reports.lesson_text import lesson_lines
from certwizard.reports.paper import Paper
from certwizard.reports.text import render
from tests.factory import leaf, observation, pki

Output = pytest.CaptureFixture[str]


def test_the_list_names_every_lesson(capsys: Output) -> None:
    assert main(["learn"]) == 0
    listed = capsys.readouterr().out
    assert [lesson.id for lesson in all_lessons() if f"  {lesson.id} " not in listed] == []


@pytest.mark.parametrize("name", ["expired", "cause/expired", "Expired", "CAUSE/expired"])
def test_a_lesson_is_shown_by_its_name(capsys: Output, name: str) -> None:
    assert main(["learn", name]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("The certificate has expired\n===")
    assert "  certwizard learn field/not-after" in shown
    assert "**" not in shown


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_text_is_wrapped_to_the_width_and_commands_stay_whole(width: int) -> None:
    for lesson in all_lessons():
        for line in lesson_lines(lesson, Paper(width=width)):
            if not line.startswith(("    ", "  certwizard")):
                assert len(line) <= min(width, 78) or " " not in line.strip("- "), (lesson.key, line)
        commands = [row for row in lesson.body_markdown.splitlines() if row.startswith("    ")]
        assert set(commands) <= set(lesson_lines(lesson, Paper(width=width)))


def test_without_colour_no_escape_is_written_and_with_it_only_colour_differs() -> None:
    lesson = find_by_key("cause/expired")
    assert lesson is not None
    plain, coloured = (lesson_lines(lesson, Paper(colour=colour)) for colour in (False, True))
    assert "\x1b" not in "".join(plain)
    assert "\x1b[1m" in "".join(coloured)
    assert [re.sub(r"\x1b\[[0-9]*m", "", line) for line in coloured] == plain


def test_an_unknown_name_gets_near_names_and_the_usage_code(capsys: Output) -> None:
    assert main(["learn", "missing-intermediat"]) == 64
    assert "near it: missing-intermediate" in capsys.readouterr().err
    assert main(["learn", "qqxxzz"]) == 64
    told = capsys.readouterr().err
    assert "near it" not in told
    assert "expected a name from `certwizard learn`" in told


def test_a_search_lists_what_holds_the_words_best_first(capsys: Output) -> None:
    assert main(["learn", "--search", "staple"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].startswith("Lessons that speak of staple, best first")
    assert rows[1].split()[0] in ("must-staple", "stapling")
    assert main(["learn", "--search"]) == 64
    assert "--search got no words" in capsys.readouterr().err


def test_a_number_shows_the_lesson_on_its_extension(capsys: Output) -> None:
    assert main(["learn", "1.3.6.1.4.1.311.21.7"]) == 0
    assert capsys.readouterr().out.startswith("Microsoft extensions\n")


def test_control_characters_in_a_topic_are_not_echoed(capsys: Output) -> None:
    assert main(["learn", "\x1b[31mxx"]) == 64
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("cause", ["expired", "must-staple", "wrong-order", "clock-wrong"])
def test_a_lesson_on_a_cause_ends_with_what_visitors_see(
    cause: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["learn", f"cause/{cause}"]) == 0
    seen = capsys.readouterr().out.partition("What a visitor sees\n")[2]
    assert "At risk:" in seen
    assert "Never:" in seen
    assert main(["learn", "term/hsts"]) == 0
    assert "What a visitor sees" not in capsys.readouterr().out


@pytest.mark.parametrize("width", [60, 80])
def test_the_lesson_in_a_report_is_wrapped_too_and_has_no_markup(width: int) -> None:
    lesson = find_by_key("cause/expired")
    assert lesson is not None
    chain = pki()
    seen = observation([leaf(chain.intermediate, days=(-100, -10)), chain.intermediate], anchors=[chain.root])
    told = ((lesson.title, f"{lesson.summary}\n\n{lesson.body_markdown}"),)
    report = render(diagnose(seen), (), Paper(width=width), lessons=told)
    lines = report.partition(f"\n{lesson.title}\n")[2].splitlines()
    assert len(lines) > 20
    assert [line for line in lines if len(line) > width and not line.startswith("      ")] == []
    assert "**" not in report
    assert "## " not in report
    assert "      certbot renew --cert-name example.com" in lines
