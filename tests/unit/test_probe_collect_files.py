"""Certificate files of every form are read, and everything else is named."""

from __future__ import annotations

import base64
import codecs
import os
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from certwizard.domain import der
from certwizard.domain.observation import FailureReason, FileContent, InputFile
from certwizard.probe.bounded_file import MAX_FILE_BYTES
from certwizard.probe.files import MAX_CERTIFICATES, FileReading, read_file
from tests import factory

PKI = factory.pki()
CHAIN = (PKI.leaf.der, PKI.intermediate.der)
PASSWORD = "correct horse"


def pem(*items: factory.Issued) -> str:
    return "".join(item.certificate.public_bytes(Encoding.PEM).decode() for item in items)


def key_pem(password: str | None = None) -> str:
    lock = (
        serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    )
    return PKI.leaf.key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, lock).decode()


GOOD = pem(PKI.leaf, PKI.intermediate)


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "given"


def read(path: Path, content: bytes | str, password: str | None = None) -> FileReading:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(str(path), lambda _: password)


def assert_named(file: InputFile, content: FileContent, spoke: str, reason: FailureReason) -> None:
    assert file.failure is not None
    assert (file.content, file.failure.spoke, file.failure.reason) == (content, spoke, reason)
    assert file.chain == ()
    assert file.failure.detail


TOLERATED = {
    "as it should be": (GOOD.encode(), ""),
    "without a last line end": (GOOD.rstrip().encode(), ""),
    "with Windows line ends": (GOOD.replace("\n", "\r\n").encode(), "CRLF"),
    "with old Mac line ends": (GOOD.replace("\n", "\r").encode(), "CR"),
    "with a byte order mark": (codecs.BOM_UTF8 + GOOD.encode(), "UTF-8 byte order mark"),
    "in UTF-16": (GOOD.encode("utf-16"), "UTF-16"),
    "in UTF-16 without a mark": (GOOD.encode("utf-16-be"), "UTF-16"),
    "indented": (("  " + GOOD.replace("\n", "\n  ")).encode(), "indented"),
    "on one line": (GOOD.replace("\n", " ").encode(), ""),
    "with written line ends": (GOOD.replace("\n", "\\n").encode(), "written as"),
    "with text around": (f"Bag Attributes: x\nsubject=CN=a\n{GOOD}\nthe end\n".encode(), "text around"),
    "with bytes around": (b"\xff\xfe\x00" + GOOD.encode() + b"\x80\x81", "text around"),
    "under another label": (GOOD.replace(" CERTIFICATE", " X509 CERTIFICATE").encode(), ""),
    "in base64 alone": (base64.encodebytes(CHAIN[0] + CHAIN[1]), "base64 without"),
    "in DER one after the other": (CHAIN[0] + CHAIN[1], "several DER"),
}


@pytest.mark.parametrize(("content", "note"), TOLERATED.values(), ids=TOLERATED.keys())
def test_a_chain_is_read_in_its_order_whatever_stands_around_it(
    write: Path, content: bytes, note: str
) -> None:
    file = read(write, content).file
    assert file.failure is None
    assert file.chain == CHAIN
    assert any(note in line for line in file.notes) if note else file.notes == ()


def test_what_openssl_writes_as_text_is_read(write: Path) -> None:
    dump = "Certificate:\n    Data:\n        Version: 3 (0x2)\n        Issuer: CN = -----\n"
    assert read(write, dump + GOOD).file.chain == CHAIN


def test_a_single_der_certificate_is_read(write: Path) -> None:
    file = read(write, PKI.leaf.der).file
    assert (file.content, file.chain, file.notes) == (FileContent.DER, (PKI.leaf.der,), ())


def test_a_trusted_certificate_of_openssl_is_read_without_its_settings(write: Path) -> None:
    settings = der.wrap(0x30, der.wrap(0x30, bytes.fromhex("06082b06010505070301")))
    body = base64.encodebytes(PKI.leaf.der + settings).decode()
    file = read(write, f"-----BEGIN TRUSTED CERTIFICATE-----\n{body}-----END TRUSTED CERTIFICATE-----\n").file
    assert (file.chain, file.notes) == ((PKI.leaf.der,), ())


def test_a_broken_block_among_good_ones_is_left_out_with_a_note(write: Path) -> None:
    broken = "-----BEGIN CERTIFICATE-----\nMIIB!!\n-----END CERTIFICATE-----\n"
    file = read(write, pem(PKI.leaf) + broken + pem(PKI.intermediate)).file
    assert file.chain == CHAIN
    assert file.notes == ("block 2 (CERTIFICATE) was left out: it is not base64",)


def test_a_file_cut_in_its_second_certificate_keeps_the_first(write: Path) -> None:
    file = read(write, GOOD[: len(pem(PKI.leaf)) + 200]).file
    assert file.chain == (PKI.leaf.der,)
    assert "its END line is missing" in file.notes[0]


def test_a_key_beside_the_certificates_is_read_for_its_public_half(write: Path) -> None:
    reading = read(write, key_pem() + GOOD)
    assert reading.file.chain == CHAIN
    assert reading.key is not None
    assert (reading.key.kind, len(reading.key.spki_sha256), reading.key.failure) == ("EC", 64, None)


def test_no_bytes_of_a_key_are_kept(write: Path) -> None:
    kept = repr(read(write, key_pem() + GOOD))
    body = key_pem().splitlines()[1]
    assert body not in kept
    assert repr(base64.b64decode(body)[40:60])[2:-1] not in kept


def test_more_certificates_than_anybody_needs_are_left_out(write: Path) -> None:
    file = read(write, PKI.leaf.der * (MAX_CERTIFICATES + 5)).file
    assert len(file.chain) == MAX_CERTIFICATES
    assert any(f"the first {MAX_CERTIFICATES}" in note for note in file.notes)


def request() -> x509.CertificateSigningRequest:
    builder = x509.CertificateSigningRequestBuilder().subject_name(factory.name("www.example.com"))
    return builder.sign(PKI.leaf.key, hashes.SHA256())


def revocation_list() -> x509.CertificateRevocationList:
    builder = x509.CertificateRevocationListBuilder().issuer_name(PKI.root.certificate.subject)
    builder = builder.last_update(factory.NOW).next_update(factory.NOW + factory.DAY)
    return builder.sign(PKI.root.key, hashes.SHA256())


def public_key(encoding: Encoding) -> bytes:
    return PKI.leaf.key.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)


def ssh_key() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())


def key_der() -> bytes:
    return PKI.leaf.key.private_bytes(
        Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


UNREADABLE, WRONG = FailureReason.UNREADABLE, FailureReason.WRONG_KIND
FOREIGN = {
    "a CSR": (request().public_bytes(Encoding.PEM), FileContent.CSR, "a certificate signing request", WRONG),
    "a CSR in DER": (
        request().public_bytes(Encoding.DER),
        FileContent.CSR,
        "a certificate signing request",
        WRONG,
    ),
    "a CSR under a wrong label": (
        request().public_bytes(Encoding.PEM).replace(b"CERTIFICATE REQUEST", b"CERTIFICATE"),
        FileContent.CSR,
        "a certificate signing request",
        WRONG,
    ),
    "a CRL": (
        revocation_list().public_bytes(Encoding.PEM),
        FileContent.CRL,
        "a certificate revocation list",
        WRONG,
    ),
    "a CRL in DER": (
        revocation_list().public_bytes(Encoding.DER),
        FileContent.CRL,
        "a certificate revocation list",
        WRONG,
    ),
    "a key": (key_pem().encode(), FileContent.KEY, "a private key", WRONG),
    "a key in DER": (key_der(), FileContent.KEY, "a private key", WRONG),
    "a locked key": (
        key_pem(PASSWORD).encode(),
        FileContent.ENCRYPTED_KEY,
        "an encrypted private key",
        WRONG,
    ),
    "a public key": (public_key(Encoding.PEM), FileContent.PUBLIC_KEY, "a public key", WRONG),
    "a public key in DER": (public_key(Encoding.DER), FileContent.PUBLIC_KEY, "a public key", WRONG),
    "an SSH key": (ssh_key(), FileContent.SSH, "an SSH key", WRONG),
    "an SSH public key": (b"ssh-ed25519 AAAAC3Nz me@here\n", FileContent.SSH, "an SSH key", WRONG),
    "nothing": (b"", FileContent.EMPTY, "an empty file", WRONG),
    "blank lines": (b" \r\n\n", FileContent.EMPTY, "an empty file", WRONG),
    "zeros": (bytes(4096), FileContent.EMPTY, "an empty file", WRONG),
    "a web page": (b"<!DOCTYPE html>\n<html>", FileContent.UNKNOWN, "an HTML page", WRONG),
    "a JKS": (b"\xfe\xed\xfe\xed\0\0\0\2" + bytes(40), FileContent.UNKNOWN, "a Java keystore (JKS)", WRONG),
    "a JCEKS": (
        b"\xce\xce\xce\xce\0\0\0\2" + bytes(40),
        FileContent.UNKNOWN,
        "a Java keystore (JCEKS)",
        WRONG,
    ),
    "a ZIP": (b"PK\x03\x04" + bytes(40), FileContent.UNKNOWN, "a ZIP archive", WRONG),
    "a letter": (b"Dear Sir, here is", FileContent.UNKNOWN, "a text file without a certificate", WRONG),
    "noise": (bytes(range(256)), FileContent.UNKNOWN, "no certificate file", WRONG),
    "a cut DER": (PKI.leaf.der[:300], FileContent.UNKNOWN, "a truncated DER file", UNREADABLE),
    "a cut PEM": (GOOD[:300].encode(), FileContent.PEM, "a damaged PEM file", UNREADABLE),
    "a cut PEM with an end": (
        (GOOD[:300] + "\n-----END CERTIFICATE-----\n").encode(),
        FileContent.PEM,
        "a damaged PEM file",
        UNREADABLE,
    ),
    "a PEM with short armour": (
        GOOD.replace("-----", "----").encode(),
        FileContent.UNKNOWN,
        "a damaged PEM file",
        UNREADABLE,
    ),
    "a PEM with dashes of a word processor": (
        GOOD.replace("-----", "\u2014-").encode(),
        FileContent.UNKNOWN,
        "a damaged PEM file",
        UNREADABLE,
    ),
    "an empty block": (
        b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        FileContent.PEM,
        "a damaged PEM file",
        UNREADABLE,
    ),
}


@pytest.mark.parametrize(("given", "content", "spoke", "reason"), FOREIGN.values(), ids=FOREIGN.keys())
def test_what_is_no_certificate_is_named(
    write: Path, given: bytes, content: FileContent, spoke: str, reason: FailureReason
) -> None:
    assert_named(read(write, given).file, content, spoke, reason)


def test_a_locked_key_given_by_mistake_asks_nobody_for_its_password(write: Path) -> None:
    write.write_text(key_pem(PASSWORD))
    asked: list[str] = []
    read_file(str(write), lambda path: asked.append(path))
    assert asked == []


def test_a_missing_file_is_a_failure(tmp_path: Path) -> None:
    failure = read_file(str(tmp_path / "nothing")).file.failure
    assert failure is not None
    assert (failure.reason, failure.detail) == (UNREADABLE, "there is no such file")


def test_a_directory_is_a_failure(tmp_path: Path) -> None:
    failure = read_file(str(tmp_path)).file.failure
    assert failure is not None
    assert "directory" in failure.detail


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, ""])
def test_an_impossible_path_is_a_failure(path: str) -> None:
    failure = read_file(path).file.failure
    assert failure is not None
    assert failure.reason is UNREADABLE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    failure = read_file(str(tmp_path / "pipe")).file.failure
    assert failure is not None
    assert "pipe" in failure.detail


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no such device here")
def test_an_endless_device_is_not_read() -> None:
    assert read_file("/dev/zero").file.failure is not None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_failure(write: Path) -> None:
    write.write_text(GOOD)
    write.chmod(0)
    failure = read_file(str(write)).file.failure
    assert failure is not None
    assert failure.detail == "this user may not read it"


def test_a_huge_file_is_refused_without_reading_it(write: Path) -> None:
    with write.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    failure = read_file(str(write)).file.failure
    assert failure is not None
    assert failure.reason is FailureReason.TOO_LARGE
