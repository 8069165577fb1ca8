"""Files that real programs write are read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certwizard.domain.observation import FileContent
from certwizard.probe.files import read_file
from certwizard.probe.private_key import read_private_key
from tests import factory

PKI = factory.pki()
PASSWORD = "correct horse"
OPENSSL, KEYTOOL = shutil.which("openssl"), shutil.which("keytool")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
needs_keytool = pytest.mark.skipif(KEYTOOL is None, reason="keytool is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leaf.pem").write_bytes(PKI.leaf.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "issuer.pem").write_bytes(PKI.intermediate.certificate.public_bytes(Encoding.PEM))
    key = PKI.leaf.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(key)
    return tmp_path


def run(program: str | None, folder: Path, *words: str) -> None:
    assert program is not None
    subprocess.run([program, *words], cwd=folder, check=True, capture_output=True, timeout=60)


@needs_openssl
def test_the_text_form_of_openssl_is_read(folder: Path) -> None:
    run(OPENSSL, folder, "x509", "-in", "leaf.pem", "-text", "-out", "text.pem")
    assert read_file(str(folder / "text.pem")).file.chain == (PKI.leaf.der,)


@needs_openssl
def test_a_trusted_certificate_of_openssl_is_read(folder: Path) -> None:
    run(
        OPENSSL,
        folder,
        "x509",
        "-in",
        "leaf.pem",
        "-addtrust",
        "serverAuth",
        "-trustout",
        "-out",
        "trusted.pem",
    )
    assert read_file(str(folder / "trusted.pem")).file.chain == (PKI.leaf.der,)


@needs_openssl
@pytest.mark.parametrize("form", ["PEM", "DER"])
def test_the_pkcs7_of_openssl_is_read(folder: Path, form: str) -> None:
    files = ["-certfile", "issuer.pem", "-certfile", "leaf.pem"]
    run(OPENSSL, folder, "crl2pkcs7", "-nocrl", *files, "-outform", form, "-out", "both.p7b")
    file = read_file(str(folder / "both.p7b")).file
    assert (file.content, file.chain) == (FileContent.PKCS7, (PKI.leaf.der, PKI.intermediate.der))


@needs_openssl
@pytest.mark.parametrize(
    "how",
    [(), ("-legacy",), ("-certpbe", "NONE", "-keypbe", "NONE", "-nomac"), ("-macalg", "sha1"), ("-nomac",)],
    ids=["today", "RC2 and 3DES", "open", "SHA-1 MAC", "no MAC"],
)
def test_the_pkcs12_of_openssl_is_read_whatever_its_age(folder: Path, how: tuple[str, ...]) -> None:
    made = ["-inkey", "key.pem", "-in", "leaf.pem", "-certfile", "issuer.pem", "-out", "all.p12"]
    run(OPENSSL, folder, "pkcs12", "-export", *made, "-passout", f"pass:{PASSWORD}", *how)
    reading = read_file(str(folder / "all.p12"), lambda _: PASSWORD)
    assert reading.file.failure is None
    assert reading.file.chain == (PKI.leaf.der, PKI.intermediate.der)
    assert reading.key == read_private_key(str(folder / "all.p12"), lambda _: PASSWORD)


@needs_openssl
@pytest.mark.parametrize("cipher", ["-aes128", "-aes256", "-des3"])
@pytest.mark.parametrize("form", [(), ("-traditional",)], ids=["PKCS#8", "traditional"])
def test_a_locked_key_of_openssl_is_read(folder: Path, cipher: str, form: tuple[str, ...]) -> None:
    run(
        OPENSSL,
        folder,
        "pkey",
        "-in",
        "key.pem",
        cipher,
        *form,
        "-passout",
        f"pass:{PASSWORD}",
        "-out",
        "locked.pem",
    )
    locked = read_private_key(str(folder / "locked.pem"), lambda _: PASSWORD)
    assert locked.failure is None
    assert locked.spki_sha256 == read_private_key(str(folder / "key.pem")).spki_sha256


@needs_keytool
@pytest.mark.parametrize("kind", ["JKS", "JCEKS"])
def test_a_keystore_of_java_is_named(folder: Path, kind: str) -> None:
    made = ["-keystore", "store.jks", "-storetype", kind, "-storepass", PASSWORD, "-file", "leaf.pem"]
    run(KEYTOOL, folder, "-importcert", "-noprompt", "-alias", "leaf", *made)
    failure = read_file(str(folder / "store.jks")).file.failure
    assert failure is not None
    assert failure.spoke == f"a Java keystore ({kind})"
    assert "keytool -exportcert" in failure.detail


@needs_keytool
def test_a_pkcs12_of_java_is_read(folder: Path) -> None:
    made = ["-keystore", "store.p12", "-storetype", "PKCS12", "-storepass", PASSWORD, "-file", "leaf.pem"]
    run(KEYTOOL, folder, "-importcert", "-noprompt", "-alias", "leaf", *made)
    assert read_file(str(folder / "store.p12"), lambda _: PASSWORD).file.chain == (PKI.leaf.der,)
