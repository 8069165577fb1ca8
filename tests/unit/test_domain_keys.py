"""Public keys, good, odd and absurd."""

from time import process_time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from tests import factory, surgery


def parsed(issued: factory.Issued) -> Certificate:
    return parse_certificate(issued.der)


def fields_of(certificate: Certificate) -> set[str]:
    return {problem.field for problem in certificate.problems}


def test_keys_of_every_kind_are_told() -> None:
    kinds: dict[str, factory.Key | ed448.Ed448PrivateKey] = {
        "RSA 2048 bits": factory.rsa_key(),
        "EC secp384r1": ec.generate_private_key(ec.SECP384R1()),
        "Ed25519": ed25519.Ed25519PrivateKey.generate(),
        "Ed448": ed448.Ed448PrivateKey.generate(),
        "DSA 2048 bits": factory.dsa_key(),
    }
    for words, key in kinds.items():
        spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, spki=spki))
        assert certificate.key.text == words
        assert certificate.key.spki_der == spki
        assert certificate.problems == ()


@pytest.mark.parametrize(
    ("oid", "name", "bits"), [("2a8648ce3d030101", "secp192r1", 192), ("2a030405", "1.2.3.4.5", None)]
)
def test_a_curve_that_libraries_refuse_is_still_named(oid: str, name: str, bits: int | None) -> None:
    algorithm = der.wrap(
        der.SEQUENCE,
        der.wrap(der.OID, bytes.fromhex("2a8648ce3d0201")),
        der.wrap(der.OID, bytes.fromhex(oid)),
    )
    spki = der.wrap(der.SEQUENCE, algorithm, der.wrap(der.BIT_STRING, b"\0\x04" + b"\1" * 48))
    key = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, spki=spki)).key

    assert (key.kind, key.curve, key.bits) == ("EC", name, bits)


def test_a_point_that_is_not_on_its_curve_is_a_problem_of_the_key() -> None:
    spki = parsed(factory.pki().leaf).key.spki_der
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, spki=spki[:-32] + b"\1" * 32))

    assert fields_of(certificate) == {"public-key"}
    assert certificate.key.curve == "secp256r1"


def test_an_rsa_key_of_absurd_size_is_measured_at_once() -> None:
    modulus = der.wrap(der.INTEGER, b"\x01" + b"\xff" * 200_000)
    numbers = der.wrap(der.SEQUENCE, modulus, der.wrap(der.INTEGER, b"\x01\x00\x01"))
    algorithm = der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex("2a864886f70d010101")), b"\x05\x00")
    spki = der.wrap(der.SEQUENCE, algorithm, der.wrap(der.BIT_STRING, b"\0" + numbers))
    data = surgery.rebuilt(factory.pki().leaf.der, spki=spki)
    started = process_time()

    assert parse_certificate(data).key.bits == 1_600_001
    assert process_time() - started < 0.5


@pytest.mark.parametrize(
    "numbers", [b"", b"\x30\x00", b"\x30\x06\x02\x01\x05\x02\x01\xff", b"\x30\x06\x02\x01\x80\x02\x01\x03"]
)
def test_an_rsa_key_without_sensible_numbers_is_a_problem(numbers: bytes) -> None:
    algorithm = der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex("2a864886f70d010101")), b"\x05\x00")
    spki = der.wrap(der.SEQUENCE, algorithm, der.wrap(der.BIT_STRING, b"\0" + numbers))
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, spki=spki))

    assert "public-key" in fields_of(certificate)
    assert certificate.key.kind == "unknown"
    assert certificate.key.spki_der == spki


def test_an_exponent_too_long_to_be_written_is_left_out() -> None:
    numbers = der.wrap(
        der.SEQUENCE, der.wrap(der.INTEGER, b"\x7f" * 2000), der.wrap(der.INTEGER, b"\x7f" * 1999)
    )
    algorithm = der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex("2a864886f70d010101")), b"\x05\x00")
    spki = der.wrap(der.SEQUENCE, algorithm, der.wrap(der.BIT_STRING, b"\0" + numbers))

    assert parse_certificate(surgery.rebuilt(factory.pki().leaf.der, spki=spki)).key.exponent is None
