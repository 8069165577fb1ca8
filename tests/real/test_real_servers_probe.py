"""The probe against the server programs people run: nginx, haproxy, OpenSSL, postfix and dovecot."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.domain.observation import FailureReason, Offer
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.probe.server import ServerSight, observe_server
from tests.factory import HOST, leaf, pki
from tests.real.real_servers import Material, free_port, program, root_only, running, write_material


@pytest.fixture
def material(tmp_path: Path) -> Material:
    return write_material(tmp_path, pki().chain)


def look(port: int, starttls: Starttls | None = None, name: str = HOST) -> ServerSight:
    asked = Target(name, TargetKind.SERVER, name, port, name, starttls, "127.0.0.1", port)
    return observe_server(asked, ProbeOptions(timeout=10))


def assert_whole(sight: ServerSight) -> None:
    """The chain of the good hierarchy was seen over an unbroken handshake."""
    first = sight.handshakes[0]
    assert first.failure is None
    assert first.chain == tuple(issued.der for issued in pki().chain)


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
    assert [one.failure.alert for one in others if one.failure] == [70]


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


DOVECOT_PARTS = (Path("/usr/lib/dovecot"), Path("/usr/libexec/dovecot"))


def dovecot(folder: Path, files: Material, ports: dict[str, int], *, tls: bool = True) -> list[str]:
    root_only("dovecot")
    for kind in ports:
        if not any((place / kind).exists() for place in DOVECOT_PARTS):
            pytest.skip(f"dovecot is installed without {kind}")
    ssl = f"ssl = yes\nssl_cert = <{files.chain}\nssl_key = <{files.key}\n" if tls else "ssl = no\n"
    logins = "".join(
        f"service {kind}-login {{\n inet_listener {kind} {{\n address = 127.0.0.1\n port = {port}\n }}\n"
        f" inet_listener {kind}s {{\n port = 0\n }}\n}}\n"
        for kind, port in ports.items()
    )
    (folder / "dovecot.conf").write_text(
        f"base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = /dev/stderr\n"
        f"protocols = {' '.join(ports)}\n{ssl}{logins}"
        "passdb {\n driver = static\n args = nopassword=y\n}\n"
    )
    return [program("dovecot"), "-F", "-c", str(folder / "dovecot.conf")]


@pytest.mark.parametrize("protocol", [Starttls.IMAP, Starttls.POP3])
def test_dovecot_is_seen_whole_after_starttls(tmp_path: Path, material: Material, protocol: Starttls) -> None:
    port = free_port()
    with running(dovecot(tmp_path, material, {protocol.value: port}), port, tmp_path):
        sight = look(port, protocol)
    assert_whole(sight)


def test_dovecot_without_tls_refuses_starttls_in_its_own_words(tmp_path: Path, material: Material) -> None:
    port = free_port()
    with running(dovecot(tmp_path, material, {"imap": port}, tls=False), port, tmp_path):
        failure = look(port, Starttls.IMAP).handshakes[0].failure
    assert failure is not None
    assert failure.reason is FailureReason.STARTTLS_REFUSED
    assert failure.detail.startswith("a1 BAD")


def test_dovecot_asked_for_tls_at_once_is_named_by_its_greeting(tmp_path: Path, material: Material) -> None:
    port = free_port()
    with running(dovecot(tmp_path, material, {"imap": port}), port, tmp_path):
        failure = look(port).handshakes[0].failure
    assert failure is not None
    assert (failure.reason, failure.spoke) == (FailureReason.NOT_TLS, "IMAP")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a server's own user can enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


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
