"""A private key is read for its public half alone."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)

from certwizard.domain.observation import FailureReason, PrivateKeyFacts
from certwizard.probe.private_key import read_private_key
from tests import factory

PASSWORD = "correct horse"
LOCK = BestAvailableEncryption(PASSWORD.encode())
EC, RSA = factory.ec_key("here"), factory.rsa_key()
Key = (
    rsa.RSAPrivateKey
    | ec.EllipticCurvePrivateKey
    | dsa.DSAPrivateKey
    | ed25519.Ed25519PrivateKey
    | ed448.Ed448PrivateKey
)


def public_sha256(key: Key) -> str:
    return sha256(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def read(path: Path, content: bytes, password: str | None = None) -> PrivateKeyFacts:
    path.write_bytes(content)
    return read_private_key(str(path), lambda _: password)


def assert_failed(facts: PrivateKeyFacts, reason: FailureReason, words: str) -> None:
    assert facts.failure is not None
    assert facts.failure.reason is reason
    assert words in f"{facts.failure.detail} {facts.failure.spoke}"
    assert facts.spki_sha256 == ""


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (EC, "EC"),
        (RSA, "RSA"),
        (ed25519.Ed25519PrivateKey.generate(), "Ed25519"),
        (ed448.Ed448PrivateKey.generate(), "Ed448"),
    ],
    ids=["EC", "RSA", "Ed25519", "Ed448"],
)
@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
@pytest.mark.parametrize("lock", [NoEncryption(), LOCK], ids=["open", "locked"])
def test_a_pkcs8_key_is_read(
    tmp_path: Path, key: Key, kind: str, encoding: Encoding, lock: KeySerializationEncryption
) -> None:
    facts = read(tmp_path / "key", key.private_bytes(encoding, PrivateFormat.PKCS8, lock), PASSWORD)
    assert (facts.kind, facts.spki_sha256, facts.failure) == (kind, public_sha256(key), None)


@pytest.mark.parametrize("key", [EC, RSA], ids=["EC", "RSA"])
@pytest.mark.parametrize("lock", [NoEncryption(), LOCK], ids=["open", "locked"])
def test_a_traditional_key_is_read(tmp_path: Path, key: Key, lock: KeySerializationEncryption) -> None:
    content = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, lock)
    assert read(tmp_path / "key", content, PASSWORD).spki_sha256 == public_sha256(key)


@pytest.mark.parametrize("key", [EC, RSA, factory.dsa_key()], ids=["EC", "RSA", "DSA"])
def test_a_traditional_key_in_der_is_read(tmp_path: Path, key: Key) -> None:
    content = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert read(tmp_path / "key", content).spki_sha256 == public_sha256(key)


def test_a_key_in_openssh_form_is_read(tmp_path: Path) -> None:
    content = EC.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    assert read(tmp_path / "key", content).spki_sha256 == public_sha256(EC)


def test_a_key_behind_its_parameters_and_text_is_read(tmp_path: Path) -> None:
    parameters = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    content = EC.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    windows = (b"my key\n" + parameters + content).replace(b"\n", b"\r\n")
    assert read(tmp_path / "key", windows).spki_sha256 == public_sha256(EC)


def test_the_key_inside_a_pkcs12_is_read(tmp_path: Path) -> None:
    leaf = factory.pki().leaf
    content = pkcs12.serialize_key_and_certificates(None, leaf.key, leaf.certificate, None, LOCK)
    assert read(tmp_path / "key", content, PASSWORD).spki_sha256 == public_sha256(leaf.key)


@pytest.mark.parametrize(
    ("password", "words"), [(None, "password is needed"), ("", "password is needed"), ("no", "wrong")]
)
@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_locked_key_says_what_is_missing(
    tmp_path: Path, form: PrivateFormat, password: str | None, words: str
) -> None:
    content = EC.private_bytes(Encoding.PEM, form, LOCK)
    assert_failed(read(tmp_path / "key", content, password), FailureReason.UNREADABLE, words)


def test_a_certificate_in_place_of_a_key_is_named(tmp_path: Path) -> None:
    content = factory.pki().leaf.certificate.public_bytes(Encoding.PEM)
    assert_failed(read(tmp_path / "key", content), FailureReason.WRONG_KIND, "a certificate")


def test_a_public_key_in_place_of_a_key_is_named(tmp_path: Path) -> None:
    content = EC.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert_failed(read(tmp_path / "key", content), FailureReason.WRONG_KIND, "a public key")


def test_a_damaged_key_is_a_failure(tmp_path: Path) -> None:
    content = RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    lines = content.splitlines(keepends=True)
    assert_failed(
        read(tmp_path / "key", b"".join(lines[:5] + lines[-1:])), FailureReason.UNREADABLE, "damaged"
    )
    assert_failed(read(tmp_path / "key", b"".join(lines[:5])), FailureReason.UNREADABLE, "damaged")


def test_a_missing_key_file_is_a_failure(tmp_path: Path) -> None:
    facts = read_private_key(str(tmp_path / "none"))
    assert_failed(facts, FailureReason.UNREADABLE, "there is no such file")
