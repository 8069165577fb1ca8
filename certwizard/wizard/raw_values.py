"""The raw values of a case as text: evidence, what each client says, the fields of each certificate."""

import json
from datetime import datetime

from certwizard.diagnosis.result import Diagnosis, Origin
from certwizard.domain.anatomy.oids import USAGES, named
from certwizard.domain.certificate import Certificate
from certwizard.domain.wording import moment

_ORIGINS = {Origin.SENT: "sent", Origin.FETCHED: "fetched", Origin.STORE: "trust store"}


def evidence_text(diagnosis: Diagnosis) -> str:
    """Return what was seen, as JSON.

    Args:
        diagnosis: What was judged.
    """
    return json.dumps(diagnosis.evidence, indent=2, ensure_ascii=False, default=str)


def clients_text(diagnosis: Diagnosis) -> str:
    """Return what each client does, with all its words.

    Args:
        diagnosis: What was judged.
    """
    return "\n".join(
        f"{outcome.title}: {outcome.action.value}\n  {outcome.message or outcome.note}\n"
        for outcome in diagnosis.clients
    )


def certificates_of(diagnosis: Diagnosis) -> list[tuple[str, Certificate]]:
    """Return every certificate with its title: those sent, then those of the path that were not.

    Args:
        diagnosis: What was judged.
    """
    sent = diagnosis.sent
    shown = {item.certificate.sha256 for item in sent}
    return [(f"{item.index} {item.role.value}", item.certificate) for item in sent] + [
        (f"{link.role.value} ({_ORIGINS[link.origin]})", link.certificate)
        for link in diagnosis.path
        if link.certificate.sha256 not in shown
    ]


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
        ("Extended usage", ", ".join(named(oid, USAGES)[0] for oid in certificate.extended_key_usage or ())),
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
