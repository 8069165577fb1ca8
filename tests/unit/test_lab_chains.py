"""The chain each scenario sends or writes has the fault it is there for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, SignatureAlgorithmOID

from certwizard.lab.lab import Lab
from tests.unit.lab_client import Seen, der, see


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as lab:
        yield lab


def _seen(lab: Lab, name: str) -> Seen:
    return see(lab.open(name))


def _names(certificate: x509.Certificate) -> list[str]:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return names.get_values_for_type(x509.DNSName)


def _has(certificate: x509.Certificate, kind: type[x509.ExtensionType]) -> bool:
    return any(isinstance(extension.value, kind) for extension in certificate.extensions)


def _files(lab: Lab, name: str) -> tuple[list[x509.Certificate], bytes]:
    target = lab.open(name).target
    chain = x509.load_pem_x509_certificates(Path(target.files[0]).read_bytes())
    return chain, Path(target.key_file or "").read_bytes()


def _now() -> datetime:
    return datetime.now(UTC)


def test_the_healthy_chain_is_leaf_and_intermediate_of_the_lab_root(lab: Lab) -> None:
    leaf, intermediate = _seen(lab, "healthy").chain
    root = x509.load_pem_x509_certificate(Path(lab.ca_file).read_bytes())

    leaf.verify_directly_issued_by(intermediate)
    intermediate.verify_directly_issued_by(root)
    assert _names(leaf) == ["healthy.lab.localhost"]


def test_the_short_lived_certificate_lasts_less_than_a_week_and_names_no_revocation(lab: Lab) -> None:
    leaf = _seen(lab, "healthy-short-lived").leaf

    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc < timedelta(days=7)
    assert not _has(leaf, x509.CRLDistributionPoints)


@pytest.mark.parametrize(
    "name", ["expired", "expired-and-wrong-host", "self-signed-expired", "missing-intermediate-and-expired"]
)
def test_expired_certificates_are_over(lab: Lab, name: str) -> None:
    assert _seen(lab, name).leaf.not_valid_after_utc < _now()


def test_the_expired_intermediate_is_over_and_the_leaf_is_not(lab: Lab) -> None:
    leaf, intermediate = _seen(lab, "expired-intermediate").chain

    assert leaf.not_valid_before_utc < _now() < leaf.not_valid_after_utc
    assert intermediate.not_valid_after_utc < _now()


def test_the_young_certificate_has_not_begun(lab: Lab) -> None:
    assert _seen(lab, "not-yet-valid").leaf.not_valid_before_utc > _now()


def test_the_ending_certificate_has_days_left(lab: Lab) -> None:
    assert timedelta(0) < _seen(lab, "expiring-soon").leaf.not_valid_after_utc - _now() < timedelta(days=3)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("hostname-mismatch", ["shop.lab.localhost", "www.shop.lab.localhost"]),
        ("wildcard-depth", ["*.lab.localhost"]),
        ("apex-not-covered", ["*.apex-not-covered.lab.localhost"]),
        ("ip-address", ["ip-address.lab.localhost"]),
        ("captive-portal", ["login.hotspot.localhost"]),
        ("wrong-host-weak-key", ["old-shop.lab.localhost"]),
    ],
)
def test_certificates_for_other_names_list_them(lab: Lab, name: str, listed: list[str]) -> None:
    assert _names(_seen(lab, name).leaf) == listed


def test_what_is_asked_for_decides_the_depth_and_the_address(lab: Lab) -> None:
    assert lab.open("wildcard-depth").target.server_name == "api.wildcard-depth.lab.localhost"
    assert lab.open("ip-address").target.server_name == "127.0.0.1"


def test_the_certificate_without_names_has_them_in_the_common_name(lab: Lab) -> None:
    seen = _seen(lab, "no-san")

    assert not _has(seen.leaf, x509.SubjectAlternativeName)
    assert seen.subjects[0] == "no-san.lab.localhost"


def test_the_default_certificate_is_the_one_of_an_ingress(lab: Lab) -> None:
    assert _seen(lab, "wrong-certificate-served").subjects == [
        "Kubernetes Ingress Controller Fake Certificate"
    ]


def test_the_right_certificate_comes_only_without_a_name(lab: Lab) -> None:
    opened = lab.open("wrong-certificate-sni")

    assert _names(see(opened).leaf) == ["other.lab.localhost"]
    assert _names(see(opened, sni="").leaf) == ["wrong-certificate-sni.lab.localhost"]


@pytest.mark.parametrize("name", ["self-signed", "self-signed-expired", "wrong-certificate-served"])
def test_self_signed_certificates_come_alone_and_sign_themselves(lab: Lab, name: str) -> None:
    (leaf,) = _seen(lab, name).chain

    leaf.verify_directly_issued_by(leaf)


def test_the_unknown_root_is_sent_and_is_not_the_given_one(lab: Lab) -> None:
    *_, root = _seen(lab, "untrusted-root").chain

    root.verify_directly_issued_by(root)
    assert root != x509.load_pem_x509_certificate(Path(lab.ca_file).read_bytes())


@pytest.mark.parametrize(
    ("name", "fetchable"),
    [
        ("missing-intermediate", True),
        ("missing-intermediate-and-expired", True),
        ("missing-intermediate-no-aia", False),
    ],
)
def test_the_leaf_comes_alone_where_the_intermediate_is_missing(lab: Lab, name: str, fetchable: bool) -> None:
    (leaf,) = _seen(lab, name).chain

    assert leaf.issuer != leaf.subject
    assert _has(leaf, x509.AuthorityInformationAccess) is fetchable


def test_the_damaged_signature_does_not_verify(lab: Lab) -> None:
    leaf, intermediate = _seen(lab, "bad-signature").chain

    with pytest.raises(InvalidSignature):
        leaf.verify_directly_issued_by(intermediate)


def test_the_issuer_that_is_no_ca_says_so(lab: Lab) -> None:
    leaf, issuer, _ = _seen(lab, "not-a-ca").chain

    leaf.verify_directly_issued_by(issuer)
    assert not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_ca_that_allows_none_below_it_has_one_below_it(lab: Lab) -> None:
    _, lower, upper = _seen(lab, "path-length").chain

    assert upper.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    lower.verify_directly_issued_by(upper)


def test_the_limited_ca_does_not_cover_the_name(lab: Lab) -> None:
    _, limited = _seen(lab, "name-constraints").chain

    constraints = limited.extensions.get_extension_for_class(x509.NameConstraints).value
    assert constraints.permitted_subtrees == [x509.DNSName("intranet.example")]


def test_two_intermediates_changed_places(lab: Lab) -> None:
    leaf, second, third = _seen(lab, "wrong-order").chain

    leaf.verify_directly_issued_by(third)
    third.verify_directly_issued_by(second)


def test_the_chain_file_begins_with_the_ca(lab: Lab) -> None:
    (first, second), key = _files(lab, "leaf-not-first")

    second.verify_directly_issued_by(first)
    assert load_pem_private_key(key, None).public_key() == second.public_key()


def test_the_key_file_holds_another_key(lab: Lab) -> None:
    chain, key = _files(lab, "key-mismatch")

    assert load_pem_private_key(key, None).public_key() not in [each.public_key() for each in chain]


def test_an_unrelated_certificate_is_sent_last(lab: Lab) -> None:
    leaf, intermediate, unrelated = _seen(lab, "extra-certificates").chain

    leaf.verify_directly_issued_by(intermediate)
    assert unrelated.subject not in (leaf.issuer, intermediate.issuer)


def test_the_leaf_is_sent_twice(lab: Lab) -> None:
    chain = [der(each) for each in _seen(lab, "duplicate-certificates").chain]

    assert chain[0] == chain[1] != chain[2]


@pytest.mark.parametrize("name", ["weak-key", "wrong-host-weak-key"])
def test_the_weak_key_has_1024_bits(lab: Lab, name: str) -> None:
    key = _seen(lab, name).leaf.public_key()

    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 1024


def test_the_weak_signature_is_sha1(lab: Lab) -> None:
    leaf, intermediate = _seen(lab, "weak-signature").chain

    assert leaf.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA1
    assert intermediate.signature_algorithm_oid == SignatureAlgorithmOID.ECDSA_WITH_SHA256


def test_the_long_certificate_is_longer_than_825_days(lab: Lab) -> None:
    leaf = _seen(lab, "validity-too-long").leaf

    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc > timedelta(days=825)


def test_the_login_certificate_is_for_clients_alone(lab: Lab) -> None:
    usage = _seen(lab, "wrong-usage").leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value

    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]


def test_a_critical_extension_is_unknown(lab: Lab) -> None:
    extensions = _seen(lab, "unknown-critical-extension").leaf.extensions

    assert any(each.critical and isinstance(each.value, x509.UnrecognizedExtension) for each in extensions)


def test_the_broken_names_cannot_be_read(lab: Lab) -> None:
    with pytest.raises(ValueError, match=r"ASN\.1|parsing"):
        _names(_seen(lab, "malformed").leaf)


def test_hostile_texts_stand_in_subject_and_issuer(lab: Lab) -> None:
    leaf = _seen(lab, "hostile-text").leaf
    texts = "".join(str(attribute.value) for name in (leaf.subject, leaf.issuer) for attribute in name)

    for danger in ("\x1b[2J", "[/x]", "\u202e", "\n", "$(", "\0", "`"):
        assert danger in texts
    assert _names(leaf) == ["hostile-text.lab.localhost"]
