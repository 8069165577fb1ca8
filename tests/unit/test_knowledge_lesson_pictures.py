"""The pictures of lessons: small, sharp, told in words as well, and never a drawing for who cannot see it."""

import pytest

from certwizard.domain.cleantext import clean
from certwizard.knowledge.lesson_pictures import LessonPicture, find_picture, picture_ids, picture_of
from certwizard.knowledge.lessons import Lesson, all_lessons
from certwizard.reports.glyphs import drawn_in_ascii
from certwizard.reports.lesson_text import lesson_lines
from certwizard.reports.paper import Paper
from certwizard.wizard.ascii import to_ascii
from certwizard.wizard.pictures.lesson_picture import draw_lesson_picture
from certwizard.wizard.plain.reading import lesson_lines as plain_lines

ROOM = 46
"""Columns in a lesson's window on a terminal of sixty."""
WITH = [lesson for lesson in all_lessons() if lesson.picture]
DRAWN = "─│┌┐└┘├┤┬┴┼▸◂▼●○"


def pictures() -> list[LessonPicture]:
    """Every picture there is."""
    return [picture for name in picture_ids() if (picture := find_picture(name)) is not None]


@pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.id)
def test_a_picture_fits_a_window_of_sixty_columns_and_keeps_its_columns_in_ascii(
    picture: LessonPicture,
) -> None:
    assert picture.width <= ROOM
    assert len(picture.lines) <= 13
    for row in picture.lines:
        assert row == row.rstrip()
        for plain in (drawn_in_ascii(row), to_ascii(row)):
            assert plain.isascii()
            assert len(plain) == len(row)
            assert "?" not in plain.replace("good?", "")


@pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.id)
def test_a_picture_is_told_in_whole_sentences(picture: LessonPicture) -> None:
    assert picture.words.endswith(".")
    assert len(picture.words.split()) >= 20
    assert clean(picture.words) == picture.words
    assert not set(picture.words) & set(DRAWN)


def test_every_picture_belongs_to_a_lesson_and_every_lesson_names_one_that_is_there() -> None:
    assert {lesson.picture for lesson in WITH} == set(picture_ids())
    assert find_picture("../chain") is None


@pytest.mark.parametrize("lesson", WITH, ids=lambda lesson: lesson.key)
def test_line_by_line_the_words_stand_for_the_drawing(lesson: Lesson) -> None:
    picture = picture_of(lesson)
    assert picture is not None
    text = " ".join("\n".join(plain_lines(lesson, Paper())).split())
    assert picture.words in text
    assert not set(text) & set(DRAWN)


@pytest.mark.parametrize("width", [100, 60, 40])
def test_learn_draws_it_where_there_is_room_and_tells_it_where_there_is_none(width: int) -> None:
    picture = find_picture("stapling")
    assert picture is not None
    lesson = next(each for each in WITH if each.key == "term/stapling")
    text = "\n".join(lesson_lines(lesson, Paper(width=width)))
    assert ("──▸" in text) is (width >= 60)
    assert (picture.words[:30] in text) is (width < 60)
    assert "\n".join(lesson_lines(lesson, Paper(width=width, unicode=False))).isascii()


def test_the_wizard_tells_it_where_the_window_is_too_narrow() -> None:
    picture = find_picture("chain")
    assert picture is not None
    assert "●" in "".join(row.plain for row in draw_lesson_picture(picture, ROOM))
    narrow = [row.plain for row in draw_lesson_picture(picture, 30)]
    assert "●" not in "".join(narrow)
    assert all(len(row) <= 30 for row in narrow)
