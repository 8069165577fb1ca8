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

from certwizard.domain import der
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


@pytest.mark.parametrize("line", ["AES-128-CBC,AABB", "AES-128-CBC", "", "DES-EDE3-CBC,00112233445566778899"])
def test_a_locked_key_with_a_damaged_lock_is_a_failure(tmp_path: Path, line: str) -> None:
    text = EC.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, LOCK).decode()
    before = next(row for row in text.splitlines() if row.startswith("DEK-Info"))
    facts = read(tmp_path / "key", text.replace(before, f"DEK-Info: {line}").encode(), PASSWORD)
    assert_failed(facts, FailureReason.UNREADABLE, "damaged")


PBES2, PBKDF2 = bytes.fromhex("06092a864886f70d01050d"), bytes.fromhex("06092a864886f70d01050c")


def locked_with(rounds: int) -> bytes:
    """Return what looks like a PKCS#8 key whose lock takes this many rounds (RFC 8018 A.2)."""
    count = der.wrap(der.INTEGER, rounds.to_bytes(5))
    function = der.wrap(
        der.SEQUENCE, PBKDF2, der.wrap(der.SEQUENCE, der.wrap(der.OCTET_STRING, bytes(8)), count)
    )
    lock = der.wrap(der.SEQUENCE, PBES2, der.wrap(der.SEQUENCE, function))
    return der.wrap(der.SEQUENCE, lock, der.wrap(der.OCTET_STRING, bytes(64)))


def test_a_lock_built_to_keep_a_reader_busy_is_refused(tmp_path: Path) -> None:
    facts = read(tmp_path / "key", locked_with(2**31 - 1), PASSWORD)
    assert_failed(facts, FailureReason.UNREADABLE, "more work")
    assert_failed(read(tmp_path / "key", locked_with(2048), PASSWORD), FailureReason.UNREADABLE, "wrong")


def test_a_pkcs12_built_to_keep_a_reader_busy_is_refused(tmp_path: Path) -> None:
    leaf = factory.pki().leaf
    content = pkcs12.serialize_key_and_certificates(None, leaf.key, leaf.certificate, None, LOCK)
    version, sealed, mac = list(der.read(content).children())
    digest, salt, _ = list(mac.children())
    long = der.wrap(der.SEQUENCE, digest.raw, salt.raw, der.wrap(der.INTEGER, (2**31 - 1).to_bytes(4)))
    slow = der.wrap(der.SEQUENCE, version.raw, sealed.raw, long)
    assert_failed(read(tmp_path / "key", slow, PASSWORD), FailureReason.UNREADABLE, "more work")
