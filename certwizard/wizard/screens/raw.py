"""The raw values behind a step: the evidence, and each certificate as text and PEM."""

import json
import ssl
from datetime import datetime

from textual.content import Content

from certwizard.diagnosis.result import Origin
from certwizard.domain.anatomy.part import Part
from certwizard.domain.anatomy.text import as_text
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import escape
from certwizard.domain.vocabulary import CheckId
from certwizard.domain.wording import moment
from certwizard.wizard.case import Case
from certwizard.wizard.pictures.canvas import columns, line, wrap
from certwizard.wizard.screens.pages import Page, PagesScreen
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing

LABEL = 18
LONGEST = 20_000
_ORIGINS = {Origin.SENT: "sent", Origin.FETCHED: "fetched", Origin.STORE: "trust store"}
CONNECTION_FIRST = (CheckId.CONNECTION, CheckId.REVOCATION)


def raw_screen(case: Case, check: CheckId | None = None) -> PagesScreen:
    """Return the window with the evidence and every certificate of the case.

    Args:
        case: What was diagnosed.
        check: The step it is opened from; decides what is shown first.
    """
    evidence = evidence_page(case)
    sent = case.diagnosis.sent
    shown = {item.certificate.sha256 for item in sent}
    certificates = [certificate_page(f"{item.index} {item.role.value}", item.certificate) for item in sent]
    certificates += [
        certificate_page(f"{link.role.value} ({_ORIGINS[link.origin]})", link.certificate)
        for link in case.diagnosis.path
        if link.certificate.sha256 not in shown
    ]
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
    text = json.dumps(case.diagnosis.evidence, indent=2, ensure_ascii=False, default=str)
    return Page("Evidence", lambda: Drawing(lambda width: plain_lines(text, width)), text)


def clients_page(case: Case) -> Page:
    """Return what each client does, with all its words.

    Args:
        case: What was diagnosed.
    """
    text = "\n".join(
        f"{outcome.title}: {outcome.action.value}\n  {outcome.message or outcome.note}\n"
        for outcome in case.diagnosis.clients
    )
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


def raw_fields(certificate: Certificate) -> list[tuple[str, str]]:
    """Return the fields of a certificate as label and value.

    Args:
        certificate: The certificate.
    """
    names = certificate.san.all if certificate.san else ()
    more = f" ... {len(names) - 100} more" if len(names) > 100 else ""
    return [
        ("Subject", certificate.subject.text),
        ("Issuer", certificate.issuer.text),
        ("Serial number", f"{certificate.serial:x}" if certificate.serial is not None else ""),
        ("Not before", _moment(certificate.not_before)),
        ("Not after", _moment(certificate.not_after)),
        ("Names (SAN)", ", ".join(names[:100]) + more),
        ("Public key", f"{certificate.key.text}, sha256 of it {certificate.key.spki_sha256}"),
        ("Signature", certificate.signature.name),
        ("Key usage", ", ".join(sorted(certificate.key_usage or ()))),
        ("Extended usage", ", ".join(certificate.extended_key_usage or ())),
        (
            "Extensions",
            ", ".join(f"{e.name}{' (critical)' if e.critical else ''}" for e in certificate.extensions),
        ),
        ("OCSP", ", ".join(certificate.ocsp_urls)),
        ("Issuer from (AIA)", ", ".join(certificate.ca_issuer_urls)),
        ("CRL", ", ".join(certificate.crl_urls)),
        ("SHA-256", certificate.sha256),
    ]


def _moment(when: datetime | None) -> str:
    return moment(when) if when else "cannot be read"


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
