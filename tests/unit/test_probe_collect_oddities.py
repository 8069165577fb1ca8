"""Files and passwords that are odd on purpose: packed twice, endless, or no text at all."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from certwizard.domain.observation import FailureReason
from certwizard.probe.files import read_file
from certwizard.probe.pem import find_blocks
from certwizard.probe.private_key import read_private_key
from tests.factory import leaf, pki
from tests.unit.cli_bench import OTHER_KEY, key_pem


@pytest.mark.parametrize("wrapped", [False, True])
def test_pem_packed_in_base64_once_more_is_read(wrapped: bool, tmp_path: Path) -> None:
    """Kubernetes keeps certificates and keys of a Secret so."""
    pack = base64.encodebytes if wrapped else base64.b64encode
    certificate, key = tmp_path / "tls.crt", tmp_path / "tls.key"
    certificate.write_bytes(pack(pki().leaf.certificate.public_bytes(Encoding.PEM)))
    key.write_bytes(pack(key_pem(OTHER_KEY)))
    assert read_file(str(certificate)).file.chain == (pki().leaf.der,)
    assert read_private_key(str(key)).failure is None


def test_a_file_of_nothing_but_begin_lines_is_read_within_its_bound() -> None:
    assert len(find_blocks(b"-----BEGIN CERTIFICATE-----\n" * 200_000).blocks) < 100_000


@pytest.mark.parametrize("password", ["a\0b", "\0" * 4000, "\udcff", "x" * 4000, "пароль"])
def test_any_password_is_right_or_wrong_and_nothing_else(password: str, tmp_path: Path) -> None:
    lock = BestAvailableEncryption(b"correct horse")
    container, key = tmp_path / "server.p12", tmp_path / "server.key"
    container.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"x", OTHER_KEY, leaf(None, key=OTHER_KEY).certificate, None, lock
        )
    )
    key.write_bytes(key_pem(OTHER_KEY, b"correct horse"))
    opened, failed = (
        read_file(str(container), lambda _: password),
        read_private_key(str(key), lambda _: password),
    )
    assert opened.file.failure is not None
    assert opened.file.failure.detail == "the password is wrong or it is damaged"
    assert failed.failure is not None
    assert failed.failure.reason is FailureReason.UNREADABLE
