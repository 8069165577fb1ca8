"""What explains what: the contract's two tables, row by row, and double faults through the whole program."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, permutations

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.explains import ORDER, explains, in_order
from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import HttpHint, Observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import FieldId, Severity
from tests import factory as f

EXPLAINED = {
    C.CAPTIVE_PORTAL: (C.HOSTNAME_MISMATCH, C.UNTRUSTED_ROOT, C.SELF_SIGNED, C.MISSING_INTERMEDIATE, C.CT_MISSING),
    C.INTERCEPTION: (C.HOSTNAME_MISMATCH, C.UNTRUSTED_ROOT, C.SELF_SIGNED, C.MISSING_INTERMEDIATE, C.CT_MISSING),
    C.CLOCK_WRONG: (C.EXPIRED, C.NOT_YET_VALID, C.REVOCATION_UNKNOWN),
    C.WRONG_CERTIFICATE_SERVED: (C.HOSTNAME_MISMATCH, C.SELF_SIGNED, C.UNTRUSTED_ROOT, C.EXPIRED),
    C.NOT_RELOADED: (C.EXPIRED, C.EXPIRING_SOON),
    C.REVOKED: (C.EXPIRED, C.WEAK_KEY, C.WEAK_SIGNATURE, C.VALIDITY_TOO_LONG, C.WRONG_USAGE),
    C.SELF_SIGNED: (C.EXPIRED, C.WEAK_KEY, C.WEAK_SIGNATURE, C.VALIDITY_TOO_LONG, C.WRONG_USAGE),
    C.UNTRUSTED_ROOT: (C.EXPIRED, C.WEAK_KEY, C.WEAK_SIGNATURE, C.VALIDITY_TOO_LONG, C.WRONG_USAGE),
    C.DISTRUSTED_CA: (C.EXPIRED, C.WEAK_KEY, C.WEAK_SIGNATURE, C.VALIDITY_TOO_LONG, C.WRONG_USAGE),
    C.NO_SAN: (C.HOSTNAME_MISMATCH, C.EXPIRED),
    C.HOSTNAME_MISMATCH: (C.EXPIRED,),
    C.WRONG_ORDER: (C.MISSING_INTERMEDIATE, C.HOSTNAME_MISMATCH, C.WRONG_USAGE),
    C.MISSING_INTERMEDIATE: (C.UNTRUSTED_ROOT,),
}  # fmt: skip

INDEPENDENT = (
    C.DNS_FAILURE, C.CONNECTION_REFUSED, C.TIMEOUT, C.CONNECTION_RESET, C.NOT_TLS, C.PROTOCOL_VERSION,
    C.CIPHER_MISMATCH, C.CLIENT_CERT_REQUIRED, C.STARTTLS_REFUSED, C.CLOCK_WRONG, C.CAPTIVE_PORTAL, C.INTERCEPTION,
    C.WRONG_CERTIFICATE_SERVED, C.NOT_RELOADED, C.INCONSISTENT_ADDRESSES, C.KEY_MISMATCH, C.REVOKED, C.SELF_SIGNED,
    C.UNTRUSTED_ROOT, C.DISTRUSTED_CA, C.HOSTNAME_MISMATCH, C.NO_SAN, C.WRONG_ORDER, C.MISSING_INTERMEDIATE,
    C.EXPIRED, C.NOT_YET_VALID,
)  # fmt: skip


def cause(identity: C, severity: Severity = Severity.ERROR, certificate: int | None = 0) -> Cause:
    """Return a cause of which only what the order needs is set."""
    return Cause(identity, severity, "It is so.", "It is so.", FieldId.CHAIN, "this", "that", certificate)


PAIRS = [(left, right) for left, rights in EXPLAINED.items() for right in rights]


@pytest.mark.parametrize(("left", "right"), PAIRS, ids=lambda value: value.value)
def test_what_explains_comes_before_what_it_explains(left: C, right: C) -> None:
    """Both stay listed, whichever way they come in."""
    for order in permutations((cause(left), cause(right))):
        assert [each.id for each in in_order(order)] == [left, right]


def test_nothing_else_explains_anything() -> None:
    """The table is complete in the other direction too."""
    found = {(a, b) for a in C for b in C if a is not b and explains(cause(a), cause(b))}
    assert found == set(PAIRS)


@pytest.mark.parametrize(
    ("left", "right"),
    [pair for pair in PAIRS if pair[0] in (C.SELF_SIGNED, C.UNTRUSTED_ROOT, C.REVOKED, C.NO_SAN, C.HOSTNAME_MISMATCH)
     and pair[1] is not C.HOSTNAME_MISMATCH],
    ids=lambda value: value.value,
)  # fmt: skip
def test_a_new_leaf_explains_nothing_of_the_certificates_above_it(left: C, right: C) -> None:
    """An expired intermediate stays expired whatever happens to the leaf."""
    assert not explains(cause(left), cause(right, certificate=1))


def test_a_revoked_intermediate_does_not_explain_an_expired_leaf() -> None:
    """The two certificates are not the same."""
    assert not explains(cause(C.REVOKED, certificate=1), cause(C.EXPIRED))


@pytest.mark.parametrize(("first", "second"), pairwise(INDEPENDENT))
def test_causes_that_explain_nothing_of_each_other_follow_the_list(first: C, second: C) -> None:
    """The second table of the contract, neighbour by neighbour."""
    assert ORDER[first] < ORDER[second]


def test_the_rest_follows_in_wizard_order() -> None:
    """What the list does not name comes after it, as the vocabulary has it."""
    rest = [each for each in C if each not in INDEPENDENT]
    assert sorted(rest, key=ORDER.__getitem__) == rest
    assert min(ORDER[each] for each in rest) > max(ORDER[each] for each in INDEPENDENT)


def test_errors_come_before_warnings_and_those_before_remarks() -> None:
    """Severity goes before everything else."""
    causes = [
        cause(C.EXTRA_CERTIFICATES, Severity.INFO), cause(C.WRONG_ORDER, Severity.WARNING), cause(C.WRONG_USAGE),
    ]  # fmt: skip
    assert [each.severity for each in in_order(causes)] == [Severity.ERROR, Severity.WARNING, Severity.INFO]


def test_the_order_does_not_depend_on_how_the_causes_come_in() -> None:
    """Five causes in every order give one result."""
    five = [
        cause(each)
        for each in (C.EXPIRED, C.HOSTNAME_MISMATCH, C.NO_SAN, C.UNTRUSTED_ROOT, C.MISSING_INTERMEDIATE)
    ]
    results = {tuple(each.id for each in in_order(order)) for order in permutations(five)}
    assert results == {(C.NO_SAN, C.HOSTNAME_MISMATCH, C.MISSING_INTERMEDIATE, C.UNTRUSTED_ROOT, C.EXPIRED)}


def expired_and_mismatch() -> Observation:
    """Return a leaf that is expired and for another name."""
    p = f.pki()
    return f.observation(
        [f.leaf(p.intermediate, ["other.example.org"], days=(-90, -1)), p.intermediate], anchors=[p.root]
    )


def expired_self_signed() -> Observation:
    """Return a self-signed leaf that is expired."""
    return f.observation([f.leaf(None, days=(-90, -1))], anchors=[f.pki().root])


def missing_below_private_root() -> Observation:
    """Return a leaf whose fetched issuer leads to a root that nobody holds."""
    hidden = f.root("Hidden Root")
    issuer = f.intermediate(hidden, "Hidden CA")
    leaf = f.leaf(issuer)
    return f.observation([leaf], anchors=[f.pki().root], fetches=(f.aia(leaf, issuer), f.aia(issuer, hidden)))


def everything_at_once() -> Observation:
    """Return a leaf that is expired, for another name, weak, for clients, and of an unknown CA."""
    leaf = f.leaf(
        f.root("Nobody"), ["other.example.org"], days=(-90, -1), key=f.rsa_key(1024),
        having=[x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])],
    )  # fmt: skip
    return f.observation([leaf], anchors=[f.pki().root])


def portal() -> Observation:
    """Return a portal's self-signed certificate with a redirect to its login page."""
    hint = HttpHint(302, f.NOW, f.NOW, "http://192.168.1.1/login")
    return f.observation([f.leaf(None, ["portal.lan"])], anchors=[f.pki().root], http=hint)


def expired_wrong_default() -> Observation:
    """Return an expired default certificate in place of the site's own."""
    fake = f.leaf(None, ["localhost"], common="TRAEFIK DEFAULT CERT", days=(-90, -1))
    return f.observation([fake], anchors=[f.pki().root])


def no_san_expired() -> Observation:
    """Return a leaf that names its host in the Common Name of yesteryear, and is expired."""
    p = f.pki()
    old = f.leaf(p.intermediate, [], common="old.example.org", days=(-90, -1))
    return f.observation([old, p.intermediate], anchors=[p.root])


def leaf_and_intermediate_expired() -> Observation:
    """Return a chain in which two certificates are expired."""
    p = f.pki()
    issuer = f.intermediate(p.root, "Old CA", days=(-500, -5))
    return f.observation([f.leaf(issuer, days=(-90, -12)), issuer], anchors=[p.root])


DOUBLE: tuple[tuple[Callable[[], Observation], tuple[C, ...]], ...] = (
    (expired_and_mismatch, (C.HOSTNAME_MISMATCH, C.EXPIRED)),
    (expired_self_signed, (C.SELF_SIGNED, C.EXPIRED)),
    (missing_below_private_root, (C.MISSING_INTERMEDIATE, C.UNTRUSTED_ROOT)),
    (everything_at_once, (C.UNTRUSTED_ROOT, C.HOSTNAME_MISMATCH, C.EXPIRED, C.WEAK_KEY, C.WRONG_USAGE)),
    (portal, (C.CAPTIVE_PORTAL, C.SELF_SIGNED, C.HOSTNAME_MISMATCH)),
    (expired_wrong_default, (C.WRONG_CERTIFICATE_SERVED, C.SELF_SIGNED, C.HOSTNAME_MISMATCH, C.EXPIRED)),
    (no_san_expired, (C.NO_SAN, C.HOSTNAME_MISMATCH, C.EXPIRED)),
    (leaf_and_intermediate_expired, (C.EXPIRED, C.EXPIRED)),
)


@pytest.mark.parametrize(("make", "expected"), DOUBLE, ids=lambda value: getattr(value, "__name__", ""))
def test_no_fault_hides_another(make: Callable[[], Observation], expected: tuple[C, ...]) -> None:
    """All are found, the root cause first."""
    diagnosis = diagnose(make())
    assert tuple(each.id for each in diagnosis.causes) == expected
    assert diagnosis.root_cause is diagnosis.causes[0]
