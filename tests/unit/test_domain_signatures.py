"""Whether a key made a signature."""

from time import process_time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed448, ed25519, padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.signatures import (
    SignatureStatus,
    is_self_signed,
    verify_blob,
    verify_signature,
    verify_signed,
)
from tests import factory, surgery

DSA_SHA256, MD2_RSA = bytes.fromhex("608648016503040302"), bytes.fromhex("2a864886f70d010102")
SHA256_RSA = bytes.fromhex("2a864886f70d01010b")


def parsed(issued: factory.Issued) -> Certificate:
    return parse_certificate(issued.der)


def algorithm(oid: bytes) -> bytes:
    return der.wrap(der.SEQUENCE, der.wrap(der.OID, oid))


def spki(key: factory.Key | ed448.Ed448PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_the_issuer_signed_the_child_and_nobody_else_did() -> None:
    pki = factory.pki()
    leaf, middle, top = parsed(pki.leaf), parsed(pki.intermediate), parsed(pki.root)

    assert verify_signature(leaf, middle) is SignatureStatus.VALID
    assert verify_signature(middle, top) is SignatureStatus.VALID
    assert verify_signature(leaf, top) is SignatureStatus.INVALID


def test_a_root_is_self_signed_and_a_leaf_of_the_same_name_is_not() -> None:
    top = factory.root()
    namesake = factory.leaf(factory.root(key=factory.ec_key("another")), common="Test Root")

    assert is_self_signed(parsed(top))
    assert not is_self_signed(parsed(factory.pki().leaf))
    assert parsed(namesake).is_self_issued
    assert not is_self_signed(parsed(namesake))


@pytest.mark.parametrize("digest", ["sha256", "sha1", "md5"])
def test_rsa_signatures_are_checked_also_with_old_hashes(digest: str) -> None:
    certificate = parsed(factory.root(key=factory.rsa_key(), digest=digest))

    assert certificate.signature.hash_name == digest
    assert verify_signature(certificate, certificate) is SignatureStatus.VALID


def test_rsa_pss_is_checked_with_its_parameters() -> None:
    key = factory.rsa_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(factory.name("pss"))
        .issuer_name(factory.name("pss"))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(factory.NOW)
        .not_valid_after(factory.NOW + factory.DAY)
    )
    scheme = padding.PSS(padding.MGF1(hashes.SHA384()), hashes.SHA384.digest_size)
    made = builder.sign(key, hashes.SHA384(), rsa_padding=scheme)
    certificate = parse_certificate(made.public_bytes(Encoding.DER))

    assert (certificate.signature.name, certificate.signature.hash_name) == ("rsassaPss", "sha384")
    assert is_self_signed(certificate)


def test_edwards_curves_and_dsa_are_checked() -> None:
    ed25519_root = parsed(factory.root(key=ed25519.Ed25519PrivateKey.generate()))
    ed448_key = ed448.Ed448PrivateKey.generate()
    dsa_key = factory.dsa_key()

    assert is_self_signed(ed25519_root)
    for key, oid, signature in (
        (ed448_key, b"\x2b\x65\x71", ed448_key.sign(b"data")),
        (dsa_key, DSA_SHA256, dsa_key.sign(b"data", hashes.SHA256())),
    ):
        assert verify_blob(spki(key), signature, b"data", algorithm(oid)) is SignatureStatus.VALID
        assert verify_blob(spki(key), signature, b"date", algorithm(oid)) is SignatureStatus.INVALID


def test_a_changed_body_makes_the_signature_wrong() -> None:
    pki = factory.pki()
    forged = surgery.rebuilt(pki.leaf.der, serial=b"\x02\x01\x05")

    assert verify_signature(parse_certificate(forged), parsed(pki.intermediate)) is SignatureStatus.INVALID


def test_a_key_of_another_kind_made_no_signature() -> None:
    assert verify_signed(factory.pki().leaf.der, spki(factory.rsa_key())) is SignatureStatus.INVALID


def test_a_revocation_list_is_checked_like_a_certificate() -> None:
    pki = factory.pki()
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(pki.intermediate.certificate.subject)
        .last_update(factory.NOW)
        .next_update(factory.NOW + factory.DAY)
        .sign(factory.ec_key("Test Intermediate"), hashes.SHA256())
        .public_bytes(Encoding.DER)
    )

    assert verify_signed(crl, parsed(pki.intermediate).key.spki_der) is SignatureStatus.VALID
    assert verify_signed(crl, parsed(pki.root).key.spki_der) is SignatureStatus.INVALID


@pytest.mark.parametrize("oid", [b"\x2a\x03\x04", MD2_RSA], ids=["unknown", "MD2"])
def test_an_unknown_algorithm_is_unsupported_not_wrong(oid: bytes) -> None:
    assert verify_blob(spki(factory.rsa_key()), b"x", b"data", algorithm(oid)) is SignatureStatus.UNSUPPORTED


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"junk", b"\x30\x05\x02\x01\x01\x02\x00"])
def test_what_is_not_signed_at_all_is_unsupported(data: bytes) -> None:
    assert verify_signed(data, spki(factory.rsa_key())) is SignatureStatus.UNSUPPORTED
    assert verify_signed(factory.pki().leaf.der, data) is SignatureStatus.UNSUPPORTED


@pytest.mark.parametrize(("bits", "exponent"), [(20_000, b"\x01\x00\x01"), (2048, b"\x7f" * 200)])
def test_a_key_made_to_keep_us_busy_is_unsupported_at_once(bits: int, exponent: bytes) -> None:
    numbers = der.wrap(
        der.SEQUENCE, der.wrap(der.INTEGER, b"\0" + b"\xff" * (bits // 8)), der.wrap(der.INTEGER, exponent)
    )
    key = der.wrap(
        der.SEQUENCE,
        algorithm(bytes.fromhex("2a864886f70d010101")),
        der.wrap(der.BIT_STRING, b"\0" + numbers),
    )
    started = process_time()

    assert (
        verify_blob(key, b"\1" * (bits // 8), b"data", algorithm(SHA256_RSA)) is SignatureStatus.UNSUPPORTED
    )
    assert process_time() - started < 0.3
