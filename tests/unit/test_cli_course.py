"""``certwizard learn course``: chapters listed, one shown, questions asked only of a person."""

import io
import sys

import pytest

from certwizard.cli import main
from certwizard.knowledge.course import chapters
from certwizard.wizard.course_progress import CourseProgress, load_progress, save_progress

Output = pytest.CaptureFixture[str]


class Typed(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def type_in(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Let standard input and output be a terminal at which these lines are typed."""
    monkeypatch.setattr(sys, "stdin", Typed(words))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)


def test_the_chapters_are_listed_with_their_minutes(capsys: Output) -> None:
    assert main(["learn", "course"]) == 0
    listed = capsys.readouterr().out
    assert [chapter.title for chapter in chapters() if chapter.title not in listed] == []
    assert "min" in listed


@pytest.mark.parametrize("name", ["3", "names"])
def test_without_a_terminal_a_chapter_is_printed_with_its_answers_at_the_end(
    capsys: Output, name: str
) -> None:
    assert main(["learn", "course", name]) == 0
    text = " ".join(capsys.readouterr().out.split())
    asked, _, told = text.partition(" Answers ")
    for question in chapters()[2].questions:
        assert question.ask in asked
        for answer in question.answers:
            assert answer.text in asked
            assert answer.why not in asked
            assert f"{'right' if answer.right else 'wrong'}: {answer.why}" in told
    assert "certwizard demo wildcard-depth" in asked
    assert "certwizard learn check/name" in asked
    assert load_progress() == CourseProgress()


def test_at_a_terminal_questions_are_asked_explained_and_the_answers_kept(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "7\nx\n2\n\n1\n")
    assert main(["learn", "course", "1"]) == 0
    text = capsys.readouterr().out
    assert text.count("Expected a number from 1 to 3") == 2
    assert "Right." in text
    assert "2 of 3 right here, 2 of 36 in the whole course." in " ".join(text.split())
    assert load_progress().answers == {"what/promise": 1, "what/reasons": 0}


@pytest.mark.parametrize("words", ["q\n", ""])
def test_q_or_the_end_of_the_input_stops(capsys: Output, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    type_in(monkeypatch, words)
    assert main(["learn", "course", "1"]) == 0
    assert "in the whole course" not in capsys.readouterr().out


def test_the_course_begins_anew_on_demand(capsys: Output) -> None:
    first = chapters()[0]
    save_progress(CourseProgress().with_answer(first, first.questions[0], 0))
    assert main(["learn", "course", "reset"]) == 0
    assert load_progress() == CourseProgress()
    assert "begins anew" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["0", "13", "xyzzy", "1 2", "\x1b"])
def test_an_unknown_chapter_is_a_usage_error(capsys: Output, name: str) -> None:
    assert main(["learn", "course", *name.split(" ")]) == 64
    told = capsys.readouterr().err
    assert "expected 1 to 12" in told
    assert "\x1b" not in told
