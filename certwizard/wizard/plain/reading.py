"""Lessons and raw values as lines."""

import ssl
from collections.abc import Iterator

from certwizard.domain.anatomy.text import as_text
from certwizard.knowledge.lessons import Lesson
from certwizard.reports.paper import Paper
from certwizard.wizard.case import Case
from certwizard.wizard.raw_values import certificates_of, clients_text, evidence_text, raw_fields
from certwizard.wizard.viewing import ViewedCertificate, anatomy_of

_AS_IT_IS = ("|", "    ", "```")


def lesson_lines(lesson: Lesson, paper: Paper) -> Iterator[str]:
    """Yield a lesson: its title, summary, text and sources.

    Args:
        lesson: The lesson.
        paper: What the output can show.
    """
    yield from paper.wrap(f"Lesson: {lesson.title}")
    yield from paper.wrap(lesson.summary)
    yield from markdown_lines(lesson.body_markdown, paper)
    if lesson.sources:
        yield ""
        yield "Sources:"
        for source in lesson.sources:
            yield from paper.wrap(source, "   ")


def markdown_lines(text: str, paper: Paper) -> Iterator[str]:
    """Yield Markdown with its marks taken away; code and tables stay as they are.

    Args:
        text: The project's own Markdown.
        paper: What the output can show.
    """
    in_code = False
    for paragraph in text.strip().split("\n\n"):
        yield ""
        waiting: list[str] = []
        for row in paragraph.splitlines():
            if row.startswith("```"):
                in_code = not in_code
                continue
            if in_code or row.startswith(_AS_IT_IS):
                yield from (*paper.wrap(" ".join(waiting)), f"   {row.strip('`')}")
                waiting.clear()
            elif row.lstrip().startswith(("- ", "* ")) or row.lstrip()[:2].rstrip(".").isdigit():
                yield from paper.wrap(" ".join(waiting))
                waiting = [_bare(row)]
            else:
                waiting.append(_bare(row))
        yield from paper.wrap(" ".join(waiting))


def _bare(row: str) -> str:
    return row.lstrip("# ").replace("**", "").replace("`", "") if row.startswith("#") else _unmarked(row)


def _unmarked(row: str) -> str:
    return row.strip().replace("**", "").replace("`", "")


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


def viewed_lines(viewed: ViewedCertificate, case: Case) -> Iterator[str]:
    """Yield every part of a certificate in a line of its own.

    Args:
        viewed: The certificate.
        case: What was judged.
    """
    yield f"Certificate {viewed.title}:"
    yield from as_text(anatomy_of(viewed.certificate, case.diagnosis.judged_at)).splitlines()
