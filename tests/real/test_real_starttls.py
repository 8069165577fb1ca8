"""The upgrade to TLS and the way through proxies, against the server programs people run."""

import shutil
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from certwizard.domain.observation import FailureReason
from certwizard.domain.target import Starttls
from tests.factory import HOST, leaf, pki
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

DOVECOT_SERVICES = {"imap": "imap-login", "pop3": "pop3-login", "sieve": "managesieve-login", "lmtp": "lmtp"}
DOVECOT_PARTS = (Path("/usr/lib/dovecot"), Path("/usr/libexec/dovecot"))


def dovecot(folder: Path, files: Material, ports: dict[str, int], *, tls: bool = True) -> list[str]:
    root_only("dovecot")
    for kind in ports:
        if not any((place / DOVECOT_SERVICES[kind]).exists() for place in DOVECOT_PARTS):
            pytest.skip(f"dovecot is installed without {kind}")
    ssl = f"ssl = yes\nssl_cert = <{files.chain}\nssl_key = <{files.key}\n" if tls else "ssl = no\n"
    logins = "".join(
        f"service {DOVECOT_SERVICES[kind]} {{\n inet_listener {kind} {{\n address = 127.0.0.1\n port = {port}\n }}\n"
        f" inet_listener {kind}s {{\n port = 0\n }}\n}}\n"
        for kind, port in ports.items()
    )
    (folder / "dovecot.conf").write_text(
        f"base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = /dev/stderr\n"
        f"protocols = {' '.join(ports)}\n{ssl}{logins}"
        "passdb {\n driver = static\n args = nopassword=y\n}\n"
    )
    return [program("dovecot"), "-F", "-c", str(folder / "dovecot.conf")]


@pytest.mark.parametrize("protocol", [Starttls.IMAP, Starttls.POP3, Starttls.SIEVE, Starttls.LMTP])
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


def test_dovecot_of_tls_alone_asked_for_starttls_shows_its_chain_all_the_same(
    tmp_path: Path, material: Material
) -> None:
    port = free_port()
    argv = dovecot(tmp_path, material, {"imap": port})
    config = tmp_path / "dovecot.conf"
    config.write_text(config.read_text().replace(f"port = {port}\n", f"port = {port}\n ssl = yes\n"))
    with running(argv, port, tmp_path):
        sight = look(port, Starttls.LDAP)
    assert (refusal(sight).reason, refusal(sight).spoke) == (FailureReason.STARTTLS_REFUSED, "TLS")
    assert sight.handshakes[0].chain[0] == pki().leaf.der
    assert len(sight.handshakes) == 1


def slapd(folder: Path, files: Material | None, *addresses: str) -> list[str]:
    tls = f"TLSCertificateFile {files.chain}\nTLSCertificateKeyFile {files.key}\n" if files else ""
    (folder / "slapd.conf").write_text(f"pidfile {folder}/slapd.pid\n{tls}")
    return [program("slapd"), "-d", "0", "-f", str(folder / "slapd.conf"), "-h", " ".join(addresses)]


def test_openldap_is_seen_whole_after_starttls_and_over_tls_at_once(
    tmp_path: Path, material: Material
) -> None:
    plain, secure = free_port(), free_port()
    argv = slapd(tmp_path, material, f"ldap://127.0.0.1:{plain}", f"ldaps://127.0.0.1:{secure}")
    with running(argv, plain, tmp_path):
        assert_whole(look(plain, Starttls.LDAP))
        assert_whole(look(secure))
        refused = refusal(look(secure, Starttls.LDAP))
    assert (refused.reason, refused.spoke) == (FailureReason.STARTTLS_REFUSED, "TLS")


def test_openldap_without_tls_refuses_by_its_result_code(tmp_path: Path) -> None:
    port = free_port()
    with running(slapd(tmp_path, None, f"ldap://127.0.0.1:{port}"), port, tmp_path):
        failure = refusal(look(port, Starttls.LDAP))
    assert failure.reason is FailureReason.STARTTLS_REFUSED
    assert failure.detail.startswith("result code 2 ")


def prosody(folder: Path, hosts: dict[str, Material], clients: int, servers: int) -> list[str]:
    virtual = "".join(
        f'VirtualHost "{name}"\nssl = {{ key = "{files.key}", certificate = "{files.chain}" }}\n'
        for name, files in hosts.items()
    )
    (folder / "prosody.cfg.lua").write_text(
        f'pidfile = "{folder}/prosody.pid"\ndata_path = "{folder}"\nrun_as_root = true\n'
        f'interfaces = {{ "127.0.0.1" }}\nc2s_ports = {{ {clients} }}\ns2s_ports = {{ {servers} }}\n'
        "c2s_direct_tls_ports = {}\ns2s_direct_tls_ports = {}\nhttp_ports = {}\nhttps_ports = {}\n"
        'modules_enabled = { "tls", "saslauth", "dialback" }\nmodules_disabled = { "posix" }\n'
        f'authentication = "internal_plain"\nlog = {{ info = "{folder}/prosody.log" }}\n{virtual}'
    )
    return [program("prosody"), "-F", "--config", str(folder / "prosody.cfg.lua")]


def test_prosody_is_seen_as_its_clients_and_as_other_servers_see_it(
    tmp_path: Path, material: Material
) -> None:
    other = leaf(pki().intermediate, ["chat.example"])
    files = write_material(tmp_path, [other], "other")
    clients, servers = free_port(), free_port()
    argv = prosody(tmp_path, {HOST: material, "chat.example": files}, clients, servers)
    with running(argv, servers, tmp_path, also=(clients,)):
        assert_whole(look(clients, Starttls.XMPP))
        assert_whole(look(servers, Starttls.XMPP_SERVER))
        assert look(clients, Starttls.XMPP, "chat.example").handshakes[0].chain
        stranger = refusal(look(clients, Starttls.XMPP, "nobody.example"))
    assert stranger.reason is FailureReason.STARTTLS_REFUSED
    assert stranger.detail.startswith("host-unknown: ")


def as_user(name: str, folder: Path) -> list[str]:
    """Return the words that run a program as another user, who is given the folder."""
    root_only(name)
    try:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, name)
    except LookupError:
        pytest.skip(f"there is no user {name}")
    return [program("setpriv"), f"--reuid={name}", f"--regid={name}", "--clear-groups"]


def postgres(folder: Path, port: int, files: Material | None) -> list[str]:
    where = "usr/lib/postgresql/*/bin"
    data = str(folder / "data")
    if files is not None:
        files.key.chmod(0o600)
    user = as_user("postgres", folder)
    make = [*user, program("initdb", where), "-D", data, "-A", "trust", "-N", "--locale=C"]
    subprocess.run(make, check=True, capture_output=True, timeout=60, cwd=folder)
    known = ["-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]
    tls = ["ssl=on", f"ssl_cert_file={files.chain}", f"ssl_key_file={files.key}"] if files else ["ssl=off"]
    return [*user, program("postgres", where), *known, *(word for setting in tls for word in ("-c", setting))]


def test_postgresql_is_seen_whole_after_its_ssl_request(open_folder: Path) -> None:
    port = free_port()
    argv = postgres(open_folder, port, write_material(open_folder, pki().chain))
    with running(argv, port, open_folder):
        assert_whole(look(port, Starttls.POSTGRES))


def test_postgresql_without_tls_says_no(open_folder: Path) -> None:
    port = free_port()
    with running(postgres(open_folder, port, None), port, open_folder):
        failure = refusal(look(port, Starttls.POSTGRES))
    assert (failure.reason, failure.detail[:2]) == (FailureReason.STARTTLS_REFUSED, "N:")


def mariadb(folder: Path, port: int, files: Material | None) -> list[str]:
    root_only("mariadbd")
    data = folder / "data"
    data.mkdir()
    known = ["--user=mysql", f"--datadir={data}", f"--socket={data}/socket", f"--pid-file={data}/pid"]
    # The greeting and TLS need no tables, so none are made.
    bare = ["--skip-grant-tables", "--skip-innodb", "--default-storage-engine=MyISAM"]
    tls = [f"--ssl-cert={files.chain}", f"--ssl-key={files.key}"] if files else []
    as_user("mysql", folder)
    listen = [f"--port={port}", "--bind-address=127.0.0.1"]
    return [program("mariadbd"), "--no-defaults", *known, *bare, *listen, *tls]


def test_mariadb_is_seen_whole_after_its_greeting(open_folder: Path) -> None:
    port = free_port()
    argv = mariadb(open_folder, port, write_material(open_folder, pki().chain))
    with running(argv, port, open_folder):
        assert_whole(look(port, Starttls.MYSQL))
        assert refusal(look(port)).spoke == "MySQL"


def test_mariadb_without_tls_says_so_in_its_greeting(open_folder: Path) -> None:
    port = free_port()
    with running(mariadb(open_folder, port, None), port, open_folder):
        failure = refusal(look(port, Starttls.MYSQL))
    assert failure.reason is FailureReason.STARTTLS_REFUSED
    assert failure.detail.endswith("does not offer TLS")


def vsftpd(folder: Path, port: int, files: Material | None) -> list[str]:
    root_only("vsftpd")
    (folder / "empty").mkdir()
    tls = (
        f"ssl_enable=YES\nallow_anon_ssl=YES\nrsa_cert_file={files.chain}\nrsa_private_key_file={files.key}\n"
        if files
        else ""
    )
    (folder / "vsftpd.conf").write_text(
        f"listen=YES\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\nanonymous_enable=YES\n"
        f"secure_chroot_dir={folder}/empty\nseccomp_sandbox=NO\n{tls}"
    )
    return [program("vsftpd"), str(folder / "vsftpd.conf")]


def test_vsftpd_is_seen_whole_after_auth_tls(tmp_path: Path, material: Material) -> None:
    port = free_port()
    with running(vsftpd(tmp_path, port, material), port, tmp_path):
        assert_whole(look(port, Starttls.FTP))


def test_vsftpd_without_tls_refuses_and_is_named_where_mail_was_asked_for(tmp_path: Path) -> None:
    port = free_port()
    with running(vsftpd(tmp_path, port, None), port, tmp_path):
        refused, mistaken = refusal(look(port, Starttls.FTP)), refusal(look(port, Starttls.SMTP))
    assert (refused.reason, refused.spoke) == (FailureReason.STARTTLS_REFUSED, None)
    assert refused.detail.startswith("530 ")
    assert (mistaken.reason, mistaken.spoke) == (FailureReason.STARTTLS_REFUSED, "FTP")


def tinyproxy(folder: Path, port: int, allowed: int) -> AbstractContextManager[int]:
    (folder / "tinyproxy.conf").write_text(
        f"Port {port}\nListen 127.0.0.1\nAllow 127.0.0.1\nConnectPort {allowed}\nTimeout 30\nMaxClients 9\n"
    )
    return running([program("tinyproxy"), "-d", "-c", str(folder / "tinyproxy.conf")], port, folder)


def s_server(folder: Path, port: int, files: Material) -> AbstractContextManager[int]:
    known = ["-accept", f"127.0.0.1:{port}", "-cert", str(files.chain), "-key", str(files.key)]
    issuer = write_material(folder, [pki().intermediate], "issuer").chain
    return running([program("openssl"), "s_server", *known, "-cert_chain", str(issuer)], port, folder)


def test_tinyproxy_carries_the_handshake_where_it_may_and_tells_where_it_may_not(
    tmp_path: Path, material: Material
) -> None:
    port, via = free_port(), free_port()
    with s_server(tmp_path, port, material), tinyproxy(tmp_path, via, port):
        assert_whole(look(port, proxy=f"http://127.0.0.1:{via}"))
        failure = refusal(look(port + 1, proxy=f"http://127.0.0.1:{via}"))
    assert failure.reason is FailureReason.PROXY
    assert ": 403 " in failure.detail


def test_microsocks_carries_the_handshake_of_those_it_knows(tmp_path: Path, material: Material) -> None:
    port, via = free_port(), free_port()
    argv = [program("microsocks"), "-i", "127.0.0.1", "-p", str(via), "-u", "me", "-P", "secret"]
    with s_server(tmp_path, port, material), running(argv, via, tmp_path):
        assert_whole(look(port, proxy=f"socks5://me:secret@127.0.0.1:{via}"))
        for login in ("", "me:wrong@"):
            failure = refusal(look(port, proxy=f"socks5h://{login}127.0.0.1:{via}"))
            assert failure.reason is FailureReason.PROXY
            assert "secret" not in failure.detail
