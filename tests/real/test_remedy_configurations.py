"""The lines that remedies put into configuration files are taken by the real servers."""

from pathlib import Path

import pytest

from certwizard.domain.target import Target
from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.catalogue import remedies_for
from certwizard.remedies.model import Snippet
from tests.factory import HOST
from tests.real.real_servers import free_port, program, write_material
from tests.real.remedy_bench import current_pki, holding, lines, succeed
from tests.unit.remedies_cases import cause, diagnosis, server

CONFIGURING = ("no-san-reissue", "protocol-version-versions", "cipher-mismatch-ciphers")


def snippet(identity: str, target: Target, platform: str, number: int = 0) -> Snippet:
    """Return a configuration snippet of a remedy."""
    case = diagnosis(target, *(cause(each) for each in CauseId))
    remedy = next(remedy for remedy in remedies_for(case) if remedy.id == identity)
    found = [step.snippet for step in remedy.steps if step.snippet and step.platform == platform]
    assert found[number] is not None
    return found[number]


def with_files(text: str, folder: Path) -> str:
    """Point a snippet at the test's own certificate and key."""
    live = f"/etc/letsencrypt/live/{HOST}"
    return text.replace(f"{live}/fullchain.pem", str(folder / "server.pem")).replace(
        f"{live}/privkey.pem", str(folder / "server.key")
    )


@pytest.fixture
def material(tmp_path: Path) -> Path:
    """Write a chain and its key below the test's folder."""
    write_material(tmp_path, current_pki().chain)
    return tmp_path


@pytest.mark.parametrize(
    "identity",
    ["no-san-reissue", "protocol-version-versions", "cipher-mismatch-ciphers", "not-tls-speak-tls"],
)
def test_nginx_accepts_the_lines(material: Path, identity: str) -> None:
    program("nginx")
    port = free_port()
    lines_of = snippet(
        "no-san-reissue" if "expired" in identity else identity, server(HOST, port), "nginx"
    ).text
    body = lines_of if "server {" in lines_of else f"server {{ {lines_of} }}"
    if "ssl_certificate " not in body:
        pair = f"ssl_certificate {material}/server.pem; ssl_certificate_key {material}/server.key;"
        body = body.replace("}", f"{pair} }}")
    (material / "nginx.conf").write_text(
        f"pid {material}/pid;\nerror_log {material}/log;\nevents {{}}\n"
        f"http {{ access_log off;\n{with_files(body, material)}\n}}\n"
    )
    succeed(material, f"nginx -t -c {material}/nginx.conf -p {material}")


@pytest.mark.parametrize(
    "identity", ["no-san-reissue", "protocol-version-versions", "cipher-mismatch-ciphers"]
)
def test_haproxy_accepts_the_lines(material: Path, identity: str) -> None:
    program("haproxy")
    port = free_port()
    (material / "certs").mkdir()
    (material / "certs" / "a.pem").write_bytes((material / "server-both.pem").read_bytes())
    text = snippet(identity, server(HOST, port), "haproxy").text
    text = text.replace("/etc/haproxy/certs/", f"{material}/certs/")
    head = "defaults\n    timeout client 5s\n    timeout server 5s\n    timeout connect 5s\n"
    backend = f"{head}backend servers\n    mode tcp\n    server a 127.0.0.1:1\n"
    bind = f"bind 127.0.0.1:{port} ssl crt {material}/certs/"
    front = f"frontend f\n    mode tcp\n    {bind}\n    default_backend servers\n"
    config = f"global\n    {text}\n{backend}{front}" if "ssl-default" in text else f"{backend}{text}\n"
    (material / "haproxy.cfg").write_text(config)
    succeed(material, f"haproxy -c -f {material}/haproxy.cfg")


@pytest.mark.parametrize(
    "identity", ["no-san-reissue", "protocol-version-versions", "cipher-mismatch-ciphers"]
)
def test_apache_accepts_the_lines(material: Path, identity: str) -> None:
    program("apache2")
    port = free_port()
    text = with_files(snippet(identity, server(HOST, port), "apache").text, material)
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
        for name in ("mpm_event", "authz_core", "socache_shmcb", "ssl")
    )
    (material / "apache.conf").write_text(
        f"ServerRoot {material}\nServerName localhost\nPidFile {material}/pid\nErrorLog {material}/log\n"
        f"{modules}\nListen 127.0.0.1:{port}\n{text}\n"
    )
    succeed(material, f"apache2 -t -f {material}/apache.conf")


@pytest.mark.parametrize(
    ("identity", "part"),
    [
        ("no-san-reissue", "smtpd_tls_chain_files"),
        ("protocol-version-versions", "smtpd_tls_protocols"),
        ("cipher-mismatch-ciphers", "postconf -X"),
        ("starttls-refused-offer-starttls", "smtpd_tls_security_level"),
    ],
)
def test_postfix_takes_the_settings(tmp_path: Path, identity: str, part: str) -> None:
    program("postconf")
    (tmp_path / "main.cf").write_text("compatibility_level = 3.6\n")
    (tmp_path / "master.cf").write_text("")
    case = diagnosis(server(HOST, 25), *(cause(each) for each in CauseId))
    written = lines(remedies_for(case), identity)
    line = holding(written, "sudo postconf", part)
    succeed(tmp_path, line.replace("sudo postconf", f"postconf -c {tmp_path}"))


@pytest.mark.parametrize(
    "identity", ["no-san-reissue", "protocol-version-versions", "cipher-mismatch-ciphers"]
)
def test_dovecot_takes_the_lines(material: Path, identity: str) -> None:
    program("doveconf")
    text = with_files(snippet(identity, server(HOST, 993), "dovecot").text, material)
    (material / "dovecot.conf").write_text(f"{text}\n")
    succeed(material, f"doveconf -c {material}/dovecot.conf -n")
