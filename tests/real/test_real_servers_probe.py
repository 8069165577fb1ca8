"""The probe against the server programs people run: nginx, haproxy, OpenSSL and postfix."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certwizard.domain.observation import FailureReason, Offer
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.probe.server import observe_server
from tests.factory import DAY, HOST, NOW, leaf, pki
from tests.real.real_servers import (
    Material,
    assert_whole,
    free_port,
    look,
    program,
    refusal,
    root_only,
    running,
    write_material,
)


def nginx(folder: Path, servers: str) -> list[str]:
    temporary = "".join(
        f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;"
        f"events {{}} http {{ access_log off; {temporary} {servers} }}"
    )
    return [program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]


def nginx_server(port: int, files: Material, name: str, more: str = "") -> str:
    return (
        f"server {{ listen 127.0.0.1:{port} ssl; server_name {name}; ssl_certificate {files.chain};"
        f"ssl_certificate_key {files.key}; {more} return 200 'hello'; }}"
    )


def test_nginx_is_seen_whole_and_tells_its_clock(tmp_path: Path, material: Material) -> None:
    port = free_port()
    with running(nginx(tmp_path, nginx_server(port, material, HOST)), port, tmp_path):
        sight = look(port)
    assert_whole(sight)
    assert sight.http is not None
    assert (sight.http.status, (sight.http.server or "")[:5]) == (200, "nginx")
    assert sight.http.date is not None
    assert abs((sight.http.date - sight.http.received_at).total_seconds()) < 60


def test_nginx_with_two_names_shows_both_certificates(tmp_path: Path, material: Material) -> None:
    other = leaf(pki().intermediate, ["other.example"])
    port = free_port()
    default = nginx_server(port, write_material(tmp_path, [other], "other"), "other.example")
    with running(nginx(tmp_path, default + nginx_server(port, material, HOST)), port, tmp_path):
        sight = look(port)
    assert_whole(sight)
    assert [one.chain for one in sight.handshakes if one.sni is None] == [(other.der,)]


def stapled() -> bytes:
    """An OCSP answer of the intermediate that calls the leaf good."""
    leaf_, issuer = pki().leaf, pki().intermediate
    assert isinstance(issuer.key, ec.EllipticCurvePrivateKey)
    answer = ocsp.OCSPResponseBuilder().add_response(
        leaf_.certificate,
        issuer.certificate,
        hashes.SHA1(),  # noqa: S303 - the name of a certificate in OCSP, no signature
        ocsp.OCSPCertStatus.GOOD,
        NOW,
        NOW + 7 * DAY,
        None,
        None,
    )
    signed = answer.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
    return signed.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize("protocol", ["TLSv1.2", "TLSv1.3"])
def test_the_ocsp_answer_that_nginx_staples_is_seen(
    tmp_path: Path, material: Material, protocol: str
) -> None:
    answer = stapled()
    (tmp_path / "staple.der").write_bytes(answer)
    more = f"ssl_protocols {protocol}; ssl_stapling on; ssl_stapling_file {tmp_path}/staple.der;"
    port = free_port()
    with running(nginx(tmp_path, nginx_server(port, material, HOST, more)), port, tmp_path):
        sight = look(port)
    assert_whole(sight)
    assert (sight.handshakes[0].protocol, sight.handshakes[0].stapled_ocsp) == (protocol, answer)


def test_nginx_that_refuses_unknown_names_is_seen_by_the_known_one(
    tmp_path: Path, material: Material
) -> None:
    port = free_port()
    refusing = f"server {{ listen 127.0.0.1:{port} ssl default_server; ssl_reject_handshake on; }}"
    argv = nginx(tmp_path, refusing + nginx_server(port, material, HOST))
    with running(argv, port, tmp_path):
        known, stranger = look(port), look(port, name="stranger.example")
    assert_whole(known)
    assert (refusal(stranger).reason, refusal(stranger).alert) == (FailureReason.ALERT, 112)


def test_nginx_of_one_address_family_is_seen_there(tmp_path: Path, material: Material) -> None:
    port = free_port()
    if not socket.has_ipv6 or not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no IPv6")
    another = free_port()
    six = nginx_server(port, material, "localhost").replace("127.0.0.1", "[::1]")
    argv = nginx(tmp_path, f"{six} server {{ listen 127.0.0.1:{another}; }}")
    with running(argv, another, tmp_path):
        asked = Target("localhost", TargetKind.SERVER, "localhost", port, HOST)
        sight = observe_server(asked, ProbeOptions(timeout=10))
    assert_whole(sight)
    failed = [
        one.failure.reason for one in sight.handshakes if one.failure is not None and one.address != "::1"
    ]
    assert (sight.handshakes[0].address, failed) == ("::1", [FailureReason.REFUSED])


def test_haproxy_of_http_2_alone_is_seen_whole(tmp_path: Path, material: Material) -> None:
    port = free_port()
    (tmp_path / "haproxy.cfg").write_text(
        "defaults\n mode http\n timeout client 10s\n timeout server 10s\n timeout connect 10s\n"
        f"frontend tls\n bind 127.0.0.1:{port} ssl crt {material.both} alpn h2\n http-request return status 200\n"
    )
    with running([program("haproxy"), "-db", "-f", str(tmp_path / "haproxy.cfg")], port, tmp_path):
        assert_whole(look(port))


def test_nginx_that_speaks_plain_http_is_named(tmp_path: Path) -> None:
    port = free_port()
    plain = f"server {{ listen 127.0.0.1:{port}; return 302 https://{HOST}/; }}"
    with running(nginx(tmp_path, plain), port, tmp_path):
        sight = look(port)
    failure = sight.handshakes[0].failure
    assert failure is not None
    assert (failure.reason, failure.spoke) == (FailureReason.NOT_TLS, "HTTP")
    assert sight.http is not None
    assert sight.http.location == f"https://{HOST}/"


def test_nginx_that_wants_a_client_certificate_is_seen_with_its_chain(
    tmp_path: Path, material: Material
) -> None:
    port = free_port()
    more = f"ssl_verify_client on; ssl_client_certificate {material.chain};"
    with running(nginx(tmp_path, nginx_server(port, material, HOST, more)), port, tmp_path):
        sight = look(port)
    assert sight.handshakes[0].chain
    assert sight.handshakes[0].client_certificate_requested
    assert sight.http is not None
    assert sight.http.status == 400


def test_haproxy_is_seen_whole(tmp_path: Path, material: Material) -> None:
    port = free_port()
    (tmp_path / "haproxy.cfg").write_text(
        "defaults\n mode http\n timeout client 10s\n timeout server 10s\n timeout connect 10s\n"
        f"frontend tls\n bind 127.0.0.1:{port} ssl crt {material.both}\n http-request return status 200\n"
    )
    with running([program("haproxy"), "-db", "-f", str(tmp_path / "haproxy.cfg")], port, tmp_path):
        sight = look(port)
    assert_whole(sight)
    assert sight.http is not None
    assert sight.http.status == 200


def s_server(port: int, files: Material, *more: str) -> list[str]:
    known = ["-accept", f"127.0.0.1:{port}", "-cert", str(files.chain), "-key", str(files.key)]
    return [program("openssl"), "s_server", *known, "-cert_chain", str(files.chain), *more]


@pytest.mark.parametrize(("option", "protocol"), [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")])
def test_openssl_is_seen_with_its_protocol(
    tmp_path: Path, material: Material, option: str, protocol: str
) -> None:
    port = free_port()
    with running(s_server(port, material, option, "-HTTP"), port, tmp_path):
        first = look(port).handshakes[0]
    assert (first.failure, first.protocol, first.chain[0]) == (None, protocol, pki().leaf.der)


def test_openssl_of_old_protocols_is_seen_by_the_permissive_offer(tmp_path: Path, material: Material) -> None:
    port = free_port()
    with running(s_server(port, material, "-tls1", "-cipher", "ALL:@SECLEVEL=0", "-HTTP"), port, tmp_path):
        first, *others = look(port).handshakes
    assert (first.offer, first.protocol) == (Offer.PERMISSIVE, "TLSv1")
    assert {one.failure.alert for one in others if one.failure and one.offer is Offer.MODERN} == {70}
    old = [one for one in others if one.offer is Offer.EVERYTHING]
    assert {one.protocol for one in old if one.failure is None} == {"TLSv1"}


@pytest.mark.parametrize(("option", "alert"), [("-tls1_2", 40), ("-tls1_3", 116)])
def test_openssl_that_wants_a_client_certificate_refuses_by_its_alert(
    tmp_path: Path, material: Material, option: str, alert: int
) -> None:
    port = free_port()
    more = (option, "-Verify", "1", "-CAfile", str(material.chain))
    with running(s_server(port, material, *more), port, tmp_path):
        first = look(port).handshakes[0]
    assert first.failure is not None
    assert first.failure.alert == alert
    assert first.client_certificate_requested
    assert first.chain[0] == pki().leaf.der


def postfix(folder: Path, files: Material, port: int) -> list[str]:
    root_only("postfix")
    argv = [program("postfix"), "-c", str(folder), "start-fg"]
    for name in ("queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (folder / "main.cf").write_text(
        "compatibility_level = 3.6\nmail_owner = postfix\nsetgid_group = postdrop\n"
        "myhostname = mail.example.com\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n"
        f"queue_directory = {folder}/queue\ndata_directory = {folder}/data\n"
        f"maillog_file = {folder}/maillog\nmaillog_file_prefixes = {folder}\n"
        "alias_maps =\nalias_database =\nsmtpd_tls_security_level = may\n"
        f"smtpd_tls_chain_files = {files.key}, {files.chain}\n"
    )
    (folder / "master.cf").write_text(
        f"127.0.0.1:{port} inet n - n - - smtpd\ntlsmgr unix - - n 1000? 1 tlsmgr\n"
        "rewrite unix - - n - - trivial-rewrite\nanvil unix - - n - 1 anvil\n"
        "postlog unix-dgram n - n - 1 postlogd\nproxymap unix - - n - - proxymap\n"
    )
    return argv


def test_postfix_is_seen_whole_after_starttls(open_folder: Path) -> None:
    port = free_port()
    files = write_material(open_folder, pki().chain)
    argv = postfix(open_folder, files, port)

    def stop() -> None:
        # The mail system runs on without the command that started it.
        subprocess.run([*argv[:3], "abort"], check=False, timeout=20)

    with running(argv, port, open_folder, stop):
        sight = look(port, Starttls.SMTP)
    assert_whole(sight)
