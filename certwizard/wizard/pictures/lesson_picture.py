"""A lesson's picture: its lines quiet, its words plain, right and wrong in their colours."""

import re

from textual.content import Content

from certwizard.knowledge.lesson_pictures import LessonPicture
from certwizard.wizard.pictures.canvas import Part, line, wrap
from certwizard.wizard.styles import BROKEN, GOOD, HERE, QUIET

_STYLES = {"✔": GOOD, "✘": BROKEN, "●": HERE, "○": HERE}
_PIECES = re.compile("[✔✘●○]|[─│┌┐└┘├┤┬┴┼▸◂▼▲]+|[^─│┌┐└┘├┤┬┴┼▸◂▼▲✔✘●○]+")


def draw_lesson_picture(picture: LessonPicture, width: int) -> list[Content]:
    """Draw a picture under its title; where there is no room for it, its words.

    Args:
        picture: The picture.
        width: Cells there are.
    """
    if picture.width > width:
        return wrap(picture.words, width)
    return [line((picture.title, f"bold {QUIET}")), *(_row(each) for each in picture.lines)]


def _row(text: str) -> Content:
    parts: list[Part] = []
    for piece in _PIECES.findall(text):
        drawn = not piece[0].isascii() and not piece[0].isalpha()
        parts.append((piece, _STYLES.get(piece, QUIET)) if drawn else piece)
    return line(*parts)
