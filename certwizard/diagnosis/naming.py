"""How sentences name a certificate: by what it is, and by its own name where several could be meant."""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.result import ChainRole
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean

MAX_NAME = 80


def quoted(certificate: Certificate) -> str:
    """Return the certificate's short subject in quotes."""
    return f"“{clean(certificate.subject.short, MAX_NAME)}”"


def issuer_quoted(certificate: Certificate) -> str:
    """Return the short name of the issuer in quotes."""
    return f"“{clean(certificate.issuer.short, MAX_NAME)}”"


def spoken(case: Case, certificate: Certificate) -> str:
    """Return how a sentence speaks of a certificate, in lower case."""
    role = case.role_of(certificate)
    if case.leaf is not None and certificate.sha256 == case.leaf.sha256:
        return "the certificate" if not case.from_files else "the certificate in the file"
    if role is ChainRole.ROOT:
        return f"the root certificate {quoted(certificate)}"
    if role is ChainRole.INTERMEDIATE:
        return f"the intermediate certificate {quoted(certificate)}"
    return f"the additional certificate {quoted(certificate)}"


def capital(sentence: str) -> str:
    """Return the sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def listing(items: tuple[str, ...], most: int = 5) -> str:
    """Return the items in one line: ``a, b and 3 more``."""
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most} more"
    return " and ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)
