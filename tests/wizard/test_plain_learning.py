"""The course and the lessons line by line."""

import pytest

from certwizard.knowledge.course import chapters
from certwizard.knowledge.lessons import LessonKind, find_lesson, lesson_ids
from certwizard.wizard.course_progress import load_progress
from tests.wizard.plainly import Dialogue, flat, on_canned_case

FIRST = chapters()[0]


def test_the_course_is_told_with_all_its_chapters_and_how_long_they_take() -> None:
    text = flat(Dialogue("course", "b", "q").run())
    assert "Course: An hour on certificates, 12 chapters" in text
    assert all(
        f"{n}. {chapter.title}, {chapter.minutes} minutes" in text for n, chapter in enumerate(chapters(), 1)
    )


@pytest.mark.parametrize("index", range(len(chapters())), ids=lambda index: chapters()[index].id)
def test_every_chapter_is_taught_and_its_answers_are_kept(index: int) -> None:
    chapter = chapters()[index]
    rights = [str(question.right + 1) for question in chapter.questions]
    number = len(chapter.lessons) + 2
    text = flat(Dialogue("course", str(index + 1), str(number), *rights, "b", "b", "q").run())
    assert flat(f"Afterwards: {chapter.goal}") in text
    assert flat(f"Practise in the lab, {chapter.practice.scenario}: {chapter.practice.task}") in text
    assert all(flat(question.ask) in text for question in chapter.questions)
    assert all(flat(answer.why) in text for question in chapter.questions for answer in question.answers)
    assert f"{len(rights)} of {len(rights)} right in this chapter." in text
    assert load_progress().right(chapter) == len(rights)


def test_the_first_answer_counts_and_a_wrong_one_is_told_so() -> None:
    question = FIRST.questions[0]
    wrong = str((question.right + 1) % len(question.answers) + 1)
    number = str(len(FIRST.lessons) + 2)
    text = flat(
        Dialogue(
            "course", "1", number, "9", "", wrong, "b", number, str(question.right + 1), "b", "b", "b", "q"
        ).run()
    )
    assert f"9 was understood; expected a number from 1 to {len(question.answers)}, or b" in text
    assert "Nothing was understood" in text
    assert f"Not so: {question.right + 1} is right." in text
    assert load_progress().answers[FIRST.key_of(question)] == int(wrong) - 1


def test_enter_leads_through_a_chapter_and_anew_forgets_it() -> None:
    text = flat(Dialogue("course", "", "", "", "b", "?", "anew", "b", "q").run())
    assert "Lesson:" in text
    assert FIRST.id in text or FIRST.title in text
    assert "The course begins anew." in text
    assert not load_progress().read


def test_the_practice_of_a_chapter_opens_its_server_and_course_comes_back_to_it() -> None:
    number = str(len(FIRST.lessons) + 1)
    text = flat(Dialogue("course", "1", number, "course", "b", "q").run())
    assert f"practice: {FIRST.practice.scenario}" in text
    after = text.partition(f"practice: {FIRST.practice.scenario}")[2]
    assert f"Enter opens 1, {FIRST.title}" in after
    assert load_progress().practised == {FIRST.id}


def test_lessons_are_listed_by_kind_and_read_along_their_links() -> None:
    text = flat(Dialogue("lessons", "5", "1", "1", "", "", "", "q").run())
    first = find_lesson(LessonKind.TERM, lesson_ids(LessonKind.TERM)[0])
    assert first is not None
    assert f"Lesson: {first.title}" in text
    assert text.count("Lesson: ") == 2
    assert f"Back at the lesson: {first.title}" in text


@pytest.mark.parametrize("answer", ["lessons ocsp stapling", "/ocsp stapling"])
def test_lessons_are_searched_from_every_step(answer: str) -> None:
    text = flat(on_canned_case(answer, "1", "", "q"))
    assert "ocsp stapling is in" in text
    assert "Lesson: " in text


def test_an_oid_finds_its_extension_and_nothing_is_said_so() -> None:
    text = flat(Dialogue("lessons", "2.5.29.17", "", "frobnicate", "", "q").run())
    assert "2.5.29.17" in text
    assert "No lesson holds frobnicate." in text


def test_a_number_of_a_section_is_not_read_as_an_item() -> None:
    text = flat(on_canned_case("lessons authority-key-id", "", "q"))
    assert "section 4.2.1.1" in flat(text)
    for line in on_canned_case("lessons authority-key-id", "", "q").splitlines():
        assert not line.startswith("4.2.1")
