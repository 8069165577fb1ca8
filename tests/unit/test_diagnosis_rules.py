"""Every rule of path validation by a chain of our own: the verdict, and the cause that names the rule."""

from __future__ import annotations

import pytest
from cryptography import x509

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.vocabulary import CauseId, Severity, Verdict
from tests import factory as f
from tests.rules import chains, fields, limits, lists, names, usages
from tests.rules.case import RuleCase, fits, given, told

CASES: dict[str, tuple[RuleCase, str]] = {
    **usages.CASES,
    **fields.CASES,
    **names.CASES,
    **limits.CASES,
    **chains.CASES,
    **lists.CASES,
}


@pytest.mark.parametrize("name", list(CASES))
def test_a_chain_that_breaks_a_rule_is_told_why_and_one_that_keeps_it_is_accepted(name: str) -> None:
    """No rule is told of without being broken."""
    case, wanted = CASES[name]
    diagnosis = diagnose(case.make())
    found = told(diagnosis)
    if not wanted:
        assert diagnosis.verdict in (Verdict.ACCEPTED, Verdict.WARNED), found
        assert [each for each in found if not each.startswith(("expiring-soon", "wrong-order"))] == []
    else:
        assert any(fits(wanted, each) for each in found), found
        assert diagnosis.verdict in (Verdict.REJECTED, Verdict.WARNED)


UNREADABLE = {
    # What each is called, its identifier, whether Go or OpenSSL refuses it where it cannot be read (measured).
    "authority key id": ("2.5.29.35", True),
    "subject key id": ("2.5.29.14", True),
    "key usage": ("2.5.29.15", True),
    "basic constraints": ("2.5.29.19", True),
    "name constraints": ("2.5.29.30", True),
    "policies": ("2.5.29.32", True),
    "policy mappings": ("2.5.29.33", True),
    "policy constraints": ("2.5.29.36", True),
    "inhibit any-policy": ("2.5.29.54", True),
    "CRL distribution points": ("2.5.29.31", True),
    "authority information access": ("1.3.6.1.5.5.7.1.1", True),
    "netscape type": ("2.16.840.1.113730.1.1", True),
    "issuer's alternative names": ("2.5.29.18", False),
    "freshest CRL": ("2.5.29.46", False),
    "subject information access": ("1.3.6.1.5.5.7.1.11", False),
    "signed certificate timestamps": ("1.3.6.1.4.1.11129.2.4.2", False),
}


@pytest.mark.parametrize("name", list(UNREADABLE))
def test_an_extension_that_cannot_be_read_weighs_what_clients_make_of_it(name: str) -> None:
    """An error where a mainstream client cannot load the certificate, a warning where all read past it."""
    oid, refused = UNREADABLE[name]
    unreadable = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), b"xx")
    usual: dict[str, type[x509.ExtensionType]] = {
        "2.5.29.35": x509.AuthorityKeyIdentifier,
        "2.5.29.14": x509.SubjectKeyIdentifier,
        "2.5.29.15": x509.KeyUsage,
        "2.5.29.19": x509.BasicConstraints,
    }
    leaf = f.leaf(f.pki().root, without=[usual[oid]] if oid in usual else [], having=[unreadable])
    causes = [cause for cause in diagnose(given(leaf)).causes if cause.id is CauseId.MALFORMED]
    assert [cause.severity for cause in causes] == [Severity.ERROR if refused else Severity.WARNING]
