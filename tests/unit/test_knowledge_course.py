"""The course: about an hour, every link and scenario real, each question with one right answer."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from certwizard.domain.cleantext import clean
from certwizard.knowledge.course import Chapter, Question, chapters, course_minutes
from certwizard.knowledge.lessons import find_by_key
from certwizard.lab.catalogue import find_scenario
from certwizard.wizard.course_progress import (
    MOST_BYTES,
    CourseProgress,
    first_open,
    forget_progress,
    load_progress,
    save_progress,
    score,
)

EACH = [pytest.param(chapter, id=chapter.id) for chapter in chapters()]
QUESTIONS = [
    pytest.param(question, id=chapter.key_of(question))
    for chapter in chapters()
    for question in chapter.questions
]


def kept() -> Path:
    """Where the progress is kept in this test."""
    return Path(os.environ["XDG_STATE_HOME"]) / "certwizard" / "course.json"


def begun() -> CourseProgress:
    """Somebody who has done the first chapter, one answer wrong."""
    first, progress = chapters()[0], CourseProgress()
    for number, question in enumerate(first.questions):
        given = question.right if number else (question.right + 1) % len(question.answers)
        progress = progress.with_answer(first, question, given)
    return progress.with_practice(first).with_reading(first)


def test_the_course_takes_about_an_hour_in_about_twelve_chapters() -> None:
    assert 50 <= course_minutes() <= 70
    assert len(chapters()) == 12
    assert len({chapter.id for chapter in chapters()}) == 12


@pytest.mark.parametrize("chapter", EACH)
def test_each_chapter_has_lessons_and_a_scenario_that_exist_and_three_questions(chapter: Chapter) -> None:
    assert len(chapter.lessons) >= 3
    assert [key for key in chapter.lessons if find_by_key(key) is None] == []
    assert find_scenario(chapter.practice.scenario) is not None
    assert chapter.practice.task
    assert chapter.practice.found
    assert len({question.id for question in chapter.questions}) == len(chapter.questions) >= 3
    assert 3 <= chapter.minutes <= 10


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_has_exactly_one_right_answer_and_each_answer_its_reason(question: Question) -> None:
    assert [answer.right for answer in question.answers].count(True) == 1
    assert len({answer.text for answer in question.answers}) == len(question.answers) >= 3
    for answer in question.answers:
        assert answer.why.endswith(".")
        assert clean(f"{question.ask}{answer.text}{answer.why}") == f"{question.ask}{answer.text}{answer.why}"


def test_the_right_answer_stands_in_every_place_and_is_not_known_by_its_length() -> None:
    questions = [question for chapter in chapters() for question in chapter.questions]
    places = [question.right for question in questions]
    assert all(places.count(place) >= len(questions) // 5 for place in range(3))
    longest = [q for q in questions if len(q.answers[q.right].text) == max(len(a.text) for a in q.answers)]
    assert len(longest) < len(questions)


def test_no_chapter_advises_to_switch_checks_off() -> None:
    text = " ".join(f"{c.goal} {c.practice.task} {c.practice.found}" for c in chapters())
    assert not re.search(r"verify=False|curl -k|--insecure|SECLEVEL", text)


def test_progress_is_kept_and_found_again() -> None:
    assert load_progress() == CourseProgress()
    assert save_progress(begun())
    assert load_progress() == begun()
    assert score(load_progress()) == (2, 36)
    assert first_open(load_progress()) == 1
    assert os.listdir(kept().parent) == ["course.json"]


def test_the_first_answer_counts() -> None:
    first = chapters()[0]
    question = first.questions[0]
    again = begun().with_answer(first, question, question.right)
    assert again == begun()


def test_it_can_begin_anew() -> None:
    save_progress(begun())
    assert forget_progress()
    assert load_progress() == CourseProgress()
    assert forget_progress()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"form": 2}', b'{"form": 1, "answers": []}',
        b'{"form": 1, "answers": {"what/promise": true}}', b'{"form": 1, "answers": {"what/promise": 9}}',
        b'{"form": 1, "answers": {"what/promise": -1, "no/such": 0}}', b'{"form": 1, "practised": [[], 3, "no"]}',
        b"[" * 30_000, b'{"form": 1, "answers": {}}' + b" " * MOST_BYTES,
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_counts_as_nothing_done(data: bytes) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_bytes(data)
    assert load_progress() == CourseProgress()


def test_a_state_folder_that_cannot_be_written_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    assert not save_progress(begun())
    assert load_progress() == CourseProgress()
    assert not forget_progress()


def test_a_relative_state_folder_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert save_progress(begun())
    assert (tmp_path / ".local" / "state" / "certwizard" / "course.json").is_file()
    assert not (tmp_path / "here").exists()
