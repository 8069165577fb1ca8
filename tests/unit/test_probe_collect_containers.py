"""Containers of certificates are opened: PKCS#7 and PKCS#12."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12

from certwizard.domain import der
from certwizard.domain.observation import FailureReason, FileContent
from certwizard.probe.files import FileReading, read_file
from tests import factory

PKI = factory.pki()
CHAIN = (PKI.leaf.der, PKI.intermediate.der)
PASSWORD = "correct horse"


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "given"


def read(path: Path, content: bytes, password: str | None = None) -> FileReading:
    path.write_bytes(content)
    return read_file(str(path), lambda _: password)


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_pkcs7_gives_the_leaf_first(write: Path, encoding: Encoding) -> None:
    order = [PKI.root.certificate, PKI.intermediate.certificate, PKI.leaf.certificate]
    file = read(write, pkcs7.serialize_certificates(order, encoding)).file
    assert file.content is FileContent.PKCS7
    assert file.chain[0] == PKI.leaf.der
    assert sorted(file.chain) == sorted([*CHAIN, PKI.root.der])


def test_pkcs7_with_indefinite_lengths_is_read(write: Path) -> None:
    signed = indefinite(
        0x30, b"\x02\x01\x01\x31\x00", indefinite(0x30, DATA), indefinite(0xA0, *CHAIN), b"\x31\x00"
    )
    file = read(write, indefinite(0x30, SIGNED_DATA, indefinite(0xA0, signed))).file
    assert (file.content, file.chain) == (FileContent.PKCS7, CHAIN)


def test_pkcs7_without_certificates_is_named(write: Path) -> None:
    signed = der.wrap(0x30, b"\x02\x01\x01\x31\x00", der.wrap(0x30, DATA), b"\x31\x00")
    file = read(write, der.wrap(0x30, SIGNED_DATA, der.wrap(0xA0, signed))).file
    assert file.failure is not None
    assert (file.failure.reason, file.failure.spoke) == (FailureReason.WRONG_KIND, "PKCS#7")


SIGNED_DATA, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")


def indefinite(tag: int, *parts: bytes) -> bytes:
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def bundle(password: str | None, leaf: bool = True) -> bytes:
    lock = (
        serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    )
    rest = [PKI.intermediate.certificate] if leaf else [PKI.intermediate.certificate, PKI.leaf.certificate]
    key, first = (PKI.leaf.key, PKI.leaf.certificate) if leaf else (None, None)
    return pkcs12.serialize_key_and_certificates(b"name", key, first, rest, lock)


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_pkcs12_gives_its_certificate_first_and_the_key(write: Path, password: str | None) -> None:
    reading = read(write, bundle(password), password)
    assert (reading.file.content, reading.file.chain) == (FileContent.PKCS12, CHAIN)
    assert reading.key is not None
    assert reading.key.kind == "EC"


def test_pkcs12_without_a_key_gives_the_leaf_first(write: Path) -> None:
    reading = read(write, bundle(PASSWORD, leaf=False), PASSWORD)
    assert (reading.file.chain, reading.key) == (CHAIN, None)


def test_an_unlocked_pkcs12_asks_nobody_for_a_password(write: Path) -> None:
    write.write_bytes(bundle(None))
    asked: list[str] = []
    assert read_file(str(write), lambda path: asked.append(path)).file.failure is None
    assert asked == []


@pytest.mark.parametrize(("password", "words"), [(None, "needed"), ("wrong", "wrong")])
def test_a_locked_pkcs12_says_what_is_missing(write: Path, password: str | None, words: str) -> None:
    file = read(write, bundle(PASSWORD), password).file
    assert file.failure is not None
    assert file.failure.reason is FailureReason.UNREADABLE
    assert words in file.failure.detail
