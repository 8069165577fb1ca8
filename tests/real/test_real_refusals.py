"""Servers that turn clients away, each for one reason: real programs, what is found, and for whom it holds."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, Diagnosis
from certwizard.domain.observation import Handshake, Observation, Offer
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target, TargetKind
from certwizard.domain.vocabulary import CauseId as C
from certwizard.domain.vocabulary import CheckId, Severity, Status, Verdict
from certwizard.knowledge.clients import profiles
from certwizard.probe.run import probe
from tests.factory import HOST, NOW, Issued, key_usage, leaf, pki, rsa_key
from tests.real.real_servers import Material, free_port, program, running, write_material
from tests.real.test_real_servers_probe import nginx, nginx_server, s_server

Server = Callable[[int, Path], list[str]]
MAINSTREAM = frozenset(profile.id for profile in profiles() if profile.mainstream)
BROWSERS = frozenset({"chrome", "edge", "firefox", "safari"})
NOT_PYTHON = MAINSTREAM - {"python"}
OLD_USAGE = key_usage("digital_signature", "key_encipherment")
ANYTHING = ":@SECLEVEL=0"
BOTH = "ssl_protocols TLSv1.2 TLSv1.3;"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def ec(folder: Path) -> Material:
    return write_material(folder, pki().chain, "ec")


@pytest.fixture(scope="module")
def rsa(folder: Path) -> Material:
    chain: tuple[Issued, ...] = (
        leaf(pki().intermediate, key=rsa_key(), having=[OLD_USAGE]),
        pki().intermediate,
    )
    return write_material(folder, chain, "rsa")


@pytest.fixture(scope="module")
def roots(folder: Path) -> str:
    path = folder / "root.pem"
    path.write_bytes(pki().root.certificate.public_bytes(Encoding.PEM))
    return str(path)


def look_at(server: Server, folder: Path, roots: str) -> tuple[Observation, Diagnosis]:
    """Start a server, look at it as the trusted host, and judge what was seen."""
    port = free_port()
    with tempfile.TemporaryDirectory(dir=folder) as own:
        Path(own).chmod(0o755)
        with running(server(port, Path(own)), port, Path(own)):
            asked = Target(HOST, TargetKind.SERVER, HOST, port, HOST, None, "127.0.0.1", port)
            options = ProbeOptions(timeout=10, ca_files=(roots,), only_ca_file=True, at=NOW)
            observation = probe(asked, options)
    return observation, diagnose(observation)


def found(diagnosis: Diagnosis) -> list[tuple[C, str, Severity]]:
    """Return what is wrong beside the chain files, which s_server and Apache are given in their own ways."""
    return [
        (cause.id, cause.detail, cause.severity)
        for cause in diagnosis.causes
        if cause.severity is not Severity.INFO and cause.id not in (C.CLOCK_WRONG, C.DUPLICATE_CERTIFICATES)
    ]


def refusing(diagnosis: Diagnosis) -> frozenset[str]:
    return MAINSTREAM & {each.client for each in diagnosis.clients if each.action is ClientAction.REJECTS}


def openssl_server(files: Material, *more: str) -> Server:
    return lambda port, own: s_server(port, files, *more)


def gnutls_server(files: Material, priority: str, *more: str) -> Server:
    def command(port: int, own: Path) -> list[str]:
        known = ["--x509certfile", str(files.chain), "--x509keyfile", str(files.key), "--http", "-q"]
        return [program("gnutls-serv"), "-p", str(port), *known, "--priority", priority, *more]

    return command


TLS12 = "-tls1_2"
SUITES = {
    "RSA key exchange": ("AES128-GCM-SHA256", frozenset({"go", "python", "java"})),
    "RSA key exchange with CBC": ("AES256-SHA", frozenset({"go", "python", "java"})),
    "RSA key exchange with SHA-2": ("AES256-SHA256", BROWSERS | {"go", "python", "java"}),
    "ECDHE with CBC and SHA-1": ("ECDHE-RSA-AES128-SHA", frozenset({"python"})),
    "ECDHE with CBC and SHA-2": ("ECDHE-RSA-AES128-SHA256", BROWSERS | {"go"}),
    "the best": ("ECDHE-RSA-AES128-GCM-SHA256", frozenset[str]()),
}


@pytest.mark.parametrize(("suite", "clients"), SUITES.values(), ids=SUITES)
def test_who_refuses_a_server_of_one_suite_is_who_does_not_offer_it(
    suite: str, clients: frozenset[str], folder: Path, rsa: Material, roots: str
) -> None:
    _, diagnosis = look_at(openssl_server(rsa, TLS12, "-cipher", suite), folder, roots)
    assert refusing(diagnosis) == clients
    assert found(diagnosis) == ([(C.CIPHER_MISMATCH, "", Severity.ERROR)] if clients else [])


@pytest.fixture(scope="module")
def small_group(folder: Path) -> str:
    """A group of 1024 bits that everybody used (RFC 2409 section 6.2)."""
    path = folder / "dh.pem"
    path.write_text(
        "-----BEGIN DH PARAMETERS-----\n"
        "MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR\n"
        "Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL\n"
        "/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC\n"
        "-----END DH PARAMETERS-----\n"
    )
    return str(path)


def group_seen(observation: Observation) -> int | None:
    return next((each.dh_bits for each in observation.handshakes if each.dh_bits), None)


def test_a_small_group_is_found_though_browsers_never_see_it(
    folder: Path, rsa: Material, roots: str, small_group: str
) -> None:
    """The server prefers DHE to ECDHE; who offers it meets 1024 bits."""
    suites = f"DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256{ANYTHING}"
    server = openssl_server(rsa, TLS12, "-serverpref", "-cipher", suites, "-dhparam", small_group)
    observation, diagnosis = look_at(server, folder, roots)
    if group_seen(observation) != 1024:
        pytest.skip("this OpenSSL chooses a named group in place of the one it is given")
    assert found(diagnosis) == [(C.CIPHER_MISMATCH, "dh-small", Severity.ERROR)]
    assert refusing(diagnosis) == {"curl", "openssl", "python", "nodejs"}
    curl = next(each for each in diagnosis.clients if each.client == "curl")
    assert "dh key too small" in curl.message


def test_a_server_of_dhe_alone_is_refused_by_who_has_none(
    folder: Path, rsa: Material, roots: str, small_group: str
) -> None:
    suites = f"DHE-RSA-AES128-GCM-SHA256{ANYTHING}"
    server = openssl_server(rsa, TLS12, "-cipher", suites, "-dhparam", small_group)
    observation, diagnosis = look_at(server, folder, roots)
    small = group_seen(observation) == 1024
    expected = BROWSERS | {"go"} | ({"curl", "openssl", "python", "nodejs"} if small else set())
    assert refusing(diagnosis) == expected
    assert found(diagnosis) == [(C.CIPHER_MISMATCH, "", Severity.ERROR)]


@pytest.mark.parametrize(
    ("priority", "words"),
    [
        ("NONE:+VERS-TLS1.2:+3DES-CBC:+RSA:+SHA1:+COMP-NULL:+SIGN-ALL:+CTYPE-ALL", "3DES"),
        ("NONE:+VERS-TLS1.2:+ARCFOUR-128:+RSA:+SHA1:+COMP-NULL:+SIGN-ALL:+CTYPE-ALL", "RC4"),
    ],
    ids=["3DES", "RC4"],
)
def test_what_openssl_has_forgotten_is_seen_with_its_certificate(
    priority: str, words: str, folder: Path, rsa: Material, roots: str
) -> None:
    observation, diagnosis = look_at(gnutls_server(rsa, priority), folder, roots)
    assert observation.chain
    assert found(diagnosis) == [(C.CIPHER_MISMATCH, "", Severity.ERROR)]
    assert words in diagnosis.causes[0].seen
    assert refusing(diagnosis) >= MAINSTREAM - {"safari"}
    assert diagnosis.check(CheckId.NAME).status is Status.PASS


VERSIONS = {
    "TLS 1.0": (("-tls1", "-cipher", f"ALL{ANYTHING}"), "TLSv1"),
    "TLS 1.1": (("-tls1_1", "-cipher", f"ALL{ANYTHING}"), "TLSv1.1"),
}


@pytest.mark.parametrize(("options", "version"), VERSIONS.values(), ids=VERSIONS)
@pytest.mark.parametrize("key", ["ec", "rsa"])
def test_a_server_of_an_old_version_is_refused_by_all(
    options: tuple[str, ...], version: str, key: str, folder: Path, roots: str, request: pytest.FixtureRequest
) -> None:
    files: Material = request.getfixturevalue(key)
    observation, diagnosis = look_at(openssl_server(files, *options), folder, roots)
    assert found(diagnosis)[0] == (C.PROTOCOL_VERSION, "", Severity.ERROR)
    assert diagnosis.causes[0].seen == version
    assert refusing(diagnosis) == MAINSTREAM
    assert observation.chain


def test_a_server_that_answers_with_an_old_version_says_so_by_its_greeting(
    folder: Path, rsa: Material, roots: str
) -> None:
    """GnuTLS chooses TLS 1.0 and sends its certificate; our side breaks off."""
    _, diagnosis = look_at(gnutls_server(rsa, "NORMAL:-VERS-ALL:+VERS-TLS1.0"), folder, roots)
    assert diagnosis.causes[0].id is C.PROTOCOL_VERSION
    assert diagnosis.causes[0].seen == "TLSv1"


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_a_server_of_one_version_of_today_is_no_fault(
    version: str, folder: Path, ec: Material, roots: str
) -> None:
    _, diagnosis = look_at(openssl_server(ec, version, "-www"), folder, roots)
    assert found(diagnosis) == []
    assert diagnosis.verdict is not Verdict.REJECTED


def test_a_server_without_a_certificate_shares_no_cipher_whatever_is_offered(
    folder: Path, roots: str
) -> None:
    def command(port: int, own: Path) -> list[str]:
        return [program("openssl"), "s_server", "-accept", f"127.0.0.1:{port}", "-nocert"]

    _, diagnosis = look_at(command, folder, roots)
    assert found(diagnosis) == [(C.CIPHER_MISMATCH, "", Severity.ERROR)]
    assert "no certificate" in diagnosis.causes[0].explanation


def test_a_server_that_serves_a_single_connection_is_still_diagnosed(
    folder: Path, ec: Material, roots: str
) -> None:
    """It waits for one client; the port answers nobody before it."""
    code = (
        "import subprocess, sys, time\n"
        "server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)\n"
        "server.wait()\n"
        "time.sleep(60)\n"
    )
    port = free_port()
    argv = s_server(port, ec, "-www", "-naccept", "2")  # the first is the test's own look whether it runs
    with running([sys.executable, "-c", code, *argv], port, folder):
        asked = Target(HOST, TargetKind.SERVER, HOST, port, HOST, None, "127.0.0.1", port)
        observation = probe(asked, ProbeOptions(timeout=5, ca_files=(roots,), only_ca_file=True, at=NOW))
    diagnosis = diagnose(observation)
    assert found(diagnosis) == []
    assert diagnosis.verdict is not Verdict.REJECTED


def nginx_asking(files: Material, more: str, place: str = "") -> Server:
    def command(port: int, own: Path) -> list[str]:
        server = nginx_server(port, files, HOST, f"{more} ssl_client_certificate {files.chain};")
        return nginx(own, server.replace("return 200 'hello';", place) if place else server)

    return command


ASKED = {
    "on, TLS 1.3": (f"{BOTH} ssl_verify_client on;", "", [(C.CLIENT_CERT_REQUIRED, "page", Severity.ERROR)]),
    "on, TLS 1.2": (
        "ssl_protocols TLSv1.2; ssl_verify_client on;",
        "",
        [(C.CLIENT_CERT_REQUIRED, "page", Severity.ERROR)],
    ),
    "optional": (f"{BOTH} ssl_verify_client optional;", "", []),
    "optional, and the page is closed": (
        f"{BOTH} ssl_verify_client optional;",
        "if ($ssl_client_verify != SUCCESS) { return 403; } return 200 'hello';",
        [(C.CLIENT_CERT_REQUIRED, "perhaps", Severity.WARNING)],
    ),
    "not asked, and the request is bad": (BOTH, "return 400;", []),
    "not asked, and the page is closed": (BOTH, "return 403;", []),
}


@pytest.mark.parametrize(("more", "place", "expected"), ASKED.values(), ids=ASKED)
def test_nginx_demands_a_client_certificate_by_the_page(
    more: str,
    place: str,
    expected: list[tuple[C, str, Severity]],
    folder: Path,
    ec: Material,
    roots: str,
) -> None:
    _, diagnosis = look_at(nginx_asking(ec, more, place), folder, roots)
    assert found(diagnosis) == expected


def apache(files: Material, more: str) -> Server:
    def command(port: int, own: Path) -> list[str]:
        modules = Path("/usr/lib/apache2/modules")
        wanted = ("mpm_event", "ssl", "authz_core", "socache_shmcb", "mime", "dir")
        load = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in wanted)
        (own / "index.html").write_text("hello\n")
        (own / "apache.conf").write_text(
            f"ServerRoot {own}\n{load}PidFile {own}/pid\nErrorLog {own}/log\nMutex posixsem\nServerName {HOST}\n"
            f"Listen 127.0.0.1:{port}\nDocumentRoot {own}\nTypesConfig /etc/mime.types\n"
            f"<Directory {own}>\nRequire all granted\n</Directory>\nSSLEngine on\n"
            f"SSLCertificateFile {files.chain}\nSSLCertificateKeyFile {files.key}\n"
            f"SSLCACertificateFile {files.chain}\n{more}\n"
        )
        return [program("apache2"), "-X", "-f", str(own / "apache.conf")]

    return command


APACHE = {
    "not asked": ("", []),
    "require, TLS 1.3": ("SSLVerifyClient require", [(C.CLIENT_CERT_REQUIRED, "", Severity.ERROR)]),
    "require, TLS 1.2": (
        "SSLProtocol TLSv1.2\nSSLVerifyClient require",
        [(C.CLIENT_CERT_REQUIRED, "", Severity.ERROR)],
    ),
    "optional": ("SSLVerifyClient optional", []),
    "a folder, TLS 1.3": (
        "<Location />\nSSLVerifyClient require\n</Location>",
        [(C.CLIENT_CERT_REQUIRED, "late", Severity.ERROR)],
    ),
    "a folder, TLS 1.2": (
        "SSLProtocol TLSv1.2\n<Location />\nSSLVerifyClient require\n</Location>",
        [(C.CLIENT_CERT_REQUIRED, "late", Severity.ERROR)],
    ),
}


@pytest.mark.parametrize(("more", "expected"), APACHE.values(), ids=APACHE)
def test_apache_demands_a_client_certificate_in_the_handshake_or_after_it(
    more: str, expected: list[tuple[C, str, Severity]], folder: Path, ec: Material, roots: str
) -> None:
    _, diagnosis = look_at(apache(ec, more), folder, roots)
    assert found(diagnosis) == expected


def haproxy(files: Material, bind: str, rule: str = "") -> Server:
    def command(port: int, own: Path) -> list[str]:
        (own / "haproxy.cfg").write_text(
            "defaults\n mode http\n timeout client 10s\n timeout server 10s\n timeout connect 10s\n"
            f"frontend tls\n bind 127.0.0.1:{port} ssl crt {files.both} {bind}\n {rule}\n"
            " http-request return status 200\n"
        )
        return [program("haproxy"), "-db", "-f", str(own / "haproxy.cfg")]

    return command


def stunnel(files: Material, more: str) -> Server:
    def command(port: int, own: Path) -> list[str]:
        (own / "stunnel.conf").write_text(
            f"foreground = yes\npid =\n[echo]\naccept = 127.0.0.1:{port}\nexec = /bin/cat\n"
            f"cert = {files.both}\n{more}\n"
        )
        return [program("stunnel"), str(own / "stunnel.conf")]

    return command


def socat(files: Material, options: str) -> Server:
    def command(port: int, own: Path) -> list[str]:
        listen = f"OPENSSL-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork,cert={files.both},{options}"
        return [program("socat"), listen, "EXEC:/bin/cat"]

    return command


DEMANDED = [(C.CLIENT_CERT_REQUIRED, "", Severity.ERROR)]
OTHERS: dict[str, tuple[Callable[[Material], Server], list[tuple[C, str, Severity]]]] = {
    "HAProxy required, TLS 1.3": (
        lambda ec: haproxy(ec, f"verify required ca-file {ec.chain}"),
        DEMANDED,
    ),
    "HAProxy required, TLS 1.2": (
        lambda ec: haproxy(ec, f"verify required ca-file {ec.chain} ssl-max-ver TLSv1.2"),
        DEMANDED,
    ),
    "HAProxy optional": (lambda ec: haproxy(ec, f"verify optional ca-file {ec.chain}"), []),
    "HAProxy optional, and the page is closed": (
        lambda ec: haproxy(
            ec, f"verify optional ca-file {ec.chain}", "http-request deny if ! { ssl_c_used }"
        ),
        [(C.CLIENT_CERT_REQUIRED, "perhaps", Severity.WARNING)],
    ),
    "stunnel": (lambda ec: stunnel(ec, f"CAfile = {ec.chain}\nverifyChain = yes"), DEMANDED),
    "stunnel, TLS 1.2": (
        lambda ec: stunnel(ec, f"CAfile = {ec.chain}\nverifyChain = yes\nsslVersionMax = TLSv1.2"),
        DEMANDED,
    ),
    "stunnel, not asked": (lambda ec: stunnel(ec, ""), []),
    "socat": (lambda ec: socat(ec, f"verify=1,cafile={ec.chain}"), DEMANDED),
    "socat, not asked": (lambda ec: socat(ec, "verify=0"), []),
    "GnuTLS, TLS 1.3": (
        lambda ec: gnutls_server(ec, "NORMAL", "--require-client-cert", "--x509cafile", str(ec.chain)),
        DEMANDED,
    ),
    "GnuTLS, TLS 1.2": (
        lambda ec: gnutls_server(
            ec, "NORMAL:-VERS-TLS1.3", "--require-client-cert", "--x509cafile", str(ec.chain)
        ),
        DEMANDED,
    ),
    "GnuTLS, optional": (lambda ec: gnutls_server(ec, "NORMAL", "--x509cafile", str(ec.chain)), []),
    "OpenSSL, TLS 1.3": (
        lambda ec: openssl_server(ec, "-tls1_3", "-Verify", "1", "-CAfile", str(ec.chain)),
        DEMANDED,
    ),
    "OpenSSL, TLS 1.2": (
        lambda ec: openssl_server(ec, "-tls1_2", "-Verify", "1", "-CAfile", str(ec.chain)),
        DEMANDED,
    ),
    "OpenSSL, optional": (
        lambda ec: openssl_server(ec, "-verify", "1", "-CAfile", str(ec.chain), "-www"),
        [],
    ),
}


@pytest.mark.parametrize(("server", "expected"), OTHERS.values(), ids=OTHERS)
def test_a_demand_for_a_client_certificate_is_told_from_a_question(
    server: Callable[[Material], Server],
    expected: list[tuple[C, str, Severity]],
    folder: Path,
    ec: Material,
    roots: str,
) -> None:
    _, diagnosis = look_at(server(ec), folder, roots)
    assert found(diagnosis) == expected


def test_two_kinds_of_key_at_nginx_are_both_judged(
    folder: Path, ec: Material, rsa: Material, roots: str
) -> None:
    """The RSA certificate has run out; Go and GnuTLS are given that one over TLS 1.3."""
    old = (leaf(pki().intermediate, key=rsa_key(), days=(-102, -12)), pki().intermediate)
    forgotten = write_material(folder, old, "forgotten")
    more = f"{BOTH} ssl_certificate {forgotten.chain}; ssl_certificate_key {forgotten.key};"
    observation, diagnosis = look_at(
        lambda port, own: nginx(own, nginx_server(port, ec, HOST, more)), folder, roots
    )
    assert found(diagnosis) == [(C.INCONSISTENT_ADDRESSES, "key-kind", Severity.ERROR)]
    assert refusing(diagnosis) == {"go"}
    assert {each.offer for each in observation.handshakes} >= {Offer.RSA, Offer.RSA_FIRST}


def test_every_handshake_says_when_it_was_made(folder: Path, ec: Material, roots: str) -> None:
    observation, _ = look_at(openssl_server(ec, "-www"), folder, roots)
    made: tuple[Handshake, ...] = observation.handshakes
    assert all(0 <= each.started_ms <= each.ended_ms for each in made)
    assert all(each.ended_ms for each in made)
