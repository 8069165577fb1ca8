"""Lessons and raw values as lines."""

import ssl
from collections.abc import Iterator

from certwizard.knowledge.lesson_pictures import picture_of
from certwizard.knowledge.lessons import Lesson
from certwizard.reports.paper import Paper
from certwizard.wizard.case import Case
from certwizard.wizard.lesson_text import markdown_lines
from certwizard.wizard.raw_values import certificates_of, clients_text, evidence_text, raw_fields


def lesson_lines(lesson: Lesson, paper: Paper) -> Iterator[str]:
    """Yield a lesson: its title, summary, text and sources.

    Args:
        lesson: The lesson.
        paper: What the output can show.
    """
    yield from paper.wrap(f"Lesson: {lesson.title}")
    yield from paper.wrap(lesson.summary)
    if (picture := picture_of(lesson)) is not None:
        yield ""
        yield from paper.wrap(f"In a picture, here in words: {picture.words}")
    yield from markdown_lines(lesson.body_markdown, paper)
    if lesson.sources:
        yield ""
        yield "Sources:"
        for source in lesson.sources:
            yield from paper.wrap(source, "   ")


def raw_titles(case: Case) -> list[str]:
    """Return what raw values there are.

    Args:
        case: What was judged.
    """
    return [*(title for title, _ in certificates_of(case.diagnosis)), "Evidence", "Clients"]


def raw_lines(case: Case, number: int, paper: Paper) -> Iterator[str]:
    """Yield raw values: a certificate's fields and PEM, the evidence, or what each client says.

    Args:
        case: What was judged.
        number: Which of `raw_titles`, from 0.
        paper: What the output can show.
    """
    certificates = certificates_of(case.diagnosis)
    if number < len(certificates):
        _, certificate = certificates[number]
        for label, value in raw_fields(certificate):
            yield from paper.wrap(f"{label}: {value or '-'}", "   ", "")
        yield from ("PEM:", *ssl.DER_cert_to_PEM_cert(certificate.der).splitlines())
    elif number == len(certificates):
        yield from evidence_text(case.diagnosis).splitlines()
    else:
        yield from clients_text(case.diagnosis).splitlines()
