"""The raw values behind a step: the evidence, and each certificate as text and PEM."""

import ssl

from textual.content import Content

from certwizard.domain.anatomy.part import Part
from certwizard.domain.anatomy.text import as_text
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import escape
from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.case import Case
from certwizard.wizard.pictures.canvas import columns, line, wrap
from certwizard.wizard.raw_values import certificates_of, clients_text, evidence_text, raw_fields
from certwizard.wizard.screens.pages import Page, PagesScreen
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

LABEL = 18
LONGEST = 20_000
CONNECTION_FIRST = (CheckId.CONNECTION, CheckId.REVOCATION)


def raw_screen(case: Case, check: CheckId | None = None) -> PagesScreen:
    """Return the window with the evidence and every certificate of the case.

    Args:
        case: What was diagnosed.
        check: The step it is opened from; decides what is shown first.
    """
    evidence = evidence_page(case)
    certificates = [certificate_page(title, one) for title, one in certificates_of(case.diagnosis)]
    clients = [clients_page(case)] if case.diagnosis.clients else []
    if check is None:
        return PagesScreen([*clients, evidence, *certificates])
    if check in CONNECTION_FIRST or not certificates:
        return PagesScreen([evidence, *certificates, *clients])
    return PagesScreen([*certificates, evidence, *clients])


def evidence_page(case: Case) -> Page:
    """Return what was seen, as JSON.

    Args:
        case: What was diagnosed.
    """
    text = evidence_text(case.diagnosis)
    return Page("Evidence", lambda: Drawing(lambda width: plain_lines(text, width)), text)


def clients_page(case: Case) -> Page:
    """Return what each client does, with all its words.

    Args:
        case: What was diagnosed.
    """
    text = clients_text(case.diagnosis)
    return Page("Clients", lambda: Drawing(lambda width: prose_lines(text, width)), text)


def prose_lines(text: str, width: int) -> list[Content]:
    """Return text line by line, wrapped between words.

    Args:
        text: Several lines.
        width: Cells there are.
    """
    rows: list[Content] = []
    for each in text.splitlines():
        indent = "  " if each.startswith("  ") else ""
        wrapped = wrap(escape(each.strip(), LONGEST), width - 2, QUIET if indent else "bold")
        rows += [line(indent, row) for row in wrapped] or [line()]
    return rows


def certificate_page(title: str, certificate: Certificate) -> Page:
    """Return a certificate: its fields in words, then its PEM, which is what `Copy` takes.

    Args:
        title: Place and role in the chain.
        certificate: The certificate.
    """
    pem = ssl.DER_cert_to_PEM_cert(certificate.der)

    def draw(width: int) -> list[Content]:
        rows: list[Content] = []
        for label, value in raw_fields(certificate):
            rows += columns([([line((label, QUIET))], LABEL), (wrap(value or "-", width - LABEL - 2), width)])
        return [*rows, line(), line(("PEM", f"bold {HERE}")), *plain_lines(pem, width)]

    return Page(title, lambda: Drawing(draw), pem)


def certificate_pages(title: str, certificate: Certificate, anatomy: Part) -> PagesScreen:
    """Return the window with one certificate as PEM and as text.

    Args:
        title: Place and role in the chain.
        certificate: The certificate.
        anatomy: The same, taken apart.
    """
    pem = ssl.DER_cert_to_PEM_cert(certificate.der)
    text = as_text(anatomy)
    return PagesScreen(
        [
            Page(f"{title}: PEM", lambda: Drawing(lambda width: plain_lines(pem, width)), pem),
            Page("Text", lambda: Drawing(lambda width: plain_lines(text, width)), text),
        ]
    )


def plain_lines(text: str, width: int) -> list[Content]:
    """Return text line by line, folded where a line is too long.

    Args:
        text: Several lines.
        width: Cells there are.
    """
    rows: list[Content] = []
    for each in text.splitlines():
        rows += Content.styled(escape(each, LONGEST), QUIET).fold(width) if each else [line()]
    return rows
