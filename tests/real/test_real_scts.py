"""SCTs that a real server sends in its handshake are seen, in every version of TLS that has them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from certwizard.domain.scts import tls_scts
from tests import transparency
from tests.factory import pki
from tests.real.real_servers import Material, free_port, look, program, running

SCTS = transparency.delivered(pki().leaf.der)
# SSL_EXT_CLIENT_HELLO, TLS1_2_SERVER_HELLO, TLS1_3_CERTIFICATE of OpenSSL's public header ssl.h.
_CONTEXT = 0x0080 | 0x0100 | 0x1000


def serverinfo(folder: Path) -> Path:
    """Write the extension as `openssl s_server -serverinfo` takes it."""
    raw = _CONTEXT.to_bytes(4) + (18).to_bytes(2) + transparency.vector(SCTS)
    label = "SERVERINFOV2 FOR CT"
    body = base64.encodebytes(raw).decode("ascii")
    path = folder / "scts.pem"
    path.write_text(f"-----BEGIN {label}-----\n{body}-----END {label}-----\n", "ascii")
    return path


@pytest.mark.parametrize(("version", "named"), [("-tls1_3", "TLSv1.3"), ("-tls1_2", "TLSv1.2")])
def test_openssl_sends_scts_and_they_are_seen_as_sent(
    tmp_path: Path, material: Material, version: str, named: str
) -> None:
    port = free_port()
    argv = [
        program("openssl"), "s_server", "-accept", f"127.0.0.1:{port}", "-cert", str(material.chain),
        "-key", str(material.key), "-cert_chain", str(material.chain), "-serverinfo", str(serverinfo(tmp_path)),
        "-www", version, "-quiet",
    ]  # fmt: skip
    with running(argv, port, tmp_path):
        handshake = look(port).handshakes[0]

    assert handshake.failure is None
    assert (handshake.protocol, handshake.scts_asked) == (named, True)
    assert handshake.tls_scts == SCTS
    assert len(tls_scts(handshake.tls_scts).scts) == 2


@pytest.mark.parametrize("version", ["-tls1_3", "-tls1_2"])
def test_a_server_without_scts_is_asked_and_sends_none(
    tmp_path: Path, material: Material, version: str
) -> None:
    port = free_port()
    argv = [
        program("openssl"), "s_server", "-accept", f"127.0.0.1:{port}", "-cert", str(material.chain),
        "-key", str(material.key), "-www", version, "-quiet",
    ]  # fmt: skip
    with running(argv, port, tmp_path):
        handshake = look(port).handshakes[0]

    assert handshake.failure is None
    assert (handshake.scts_asked, handshake.tls_scts) == (True, b"")
