"""The usual places of certificates on the server's own machine: what is found, bounded, and never a key."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certwizard.diagnosis.diagnose import diagnose
from certwizard.domain.observation import InstalledFile, Observation
from certwizard.domain.saved import encode_observation
from certwizard.domain.vocabulary import CauseId as C
from certwizard.knowledge.certificate_places import certificate_places
from certwizard.lab.lab import Lab
from certwizard.probe import own_disk
from certwizard.probe.own_disk import files_of_this_machine, is_this_machine
from certwizard.probe.run import probe
from certwizard.probe.settings_files import named_files
from tests import factory as f

P = f.pki()
OLD = f.leaf(P.intermediate, [f.HOST], days=(-102, -12))
NEW = f.leaf(P.intermediate, [f.HOST], days=(-2, 88))
OTHER = f.leaf(P.intermediate, ["other.example.org"], days=(-2, 88))
LIVE = "etc/letsencrypt/live/www.example.com/fullchain.pem"
unprivileged = pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")


def put(root: Path, path: str, *chain: f.Issued, before: bytes = b"") -> Path:
    """Write a chain below a root folder."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before + b"".join(each.certificate.public_bytes(Encoding.PEM) for each in chain))
    return file


def settings(root: Path, path: str, text: str) -> None:
    """Write a configuration below a root folder."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def seen_here(leaf: f.Issued = OLD) -> Observation:
    """Return what is seen of a server of this machine."""
    first = f.handshake((leaf, P.intermediate), address="127.0.0.1")
    return f.observation((leaf, P.intermediate), anchors=[P.root], handshakes=(first,))


def found(root: Path, leaf: f.Issued = OLD) -> tuple[InstalledFile, ...]:
    """Return what is found below a root folder."""
    return files_of_this_machine(seen_here(leaf), str(root))


def test_what_certbot_renewed_is_found_and_becomes_the_root_cause(tmp_path: Path) -> None:
    file = put(tmp_path, LIVE, NEW, P.intermediate)
    (only,) = found(tmp_path)
    assert (only.path, only.software, only.chain) == (str(file), "certbot", f.ders((NEW, P.intermediate)))
    assert only.modified is not None
    diagnosis = diagnose(f.replaced(seen_here(), installed=(only,)))
    assert diagnosis.root_cause is not None
    assert diagnosis.root_cause.id is C.NOT_RELOADED


@pytest.mark.parametrize(
    ("settings_path", "line", "software"),
    [
        ("etc/nginx/sites-enabled/site", "    ssl_certificate {path};", "nginx"),
        ("etc/nginx/nginx.conf", "http {{ server {{ listen 443 ssl; ssl_certificate {path}; }} }}", "nginx"),
        ("etc/nginx/conf.d/site.conf", 'ssl_certificate "{path}"; # ours', "nginx"),
        ("etc/apache2/sites-enabled/site.conf", "  SSLCertificateFile {path}", "apache"),
        ("etc/haproxy/haproxy.cfg", "  bind :443 ssl crt {path} alpn h2", "haproxy"),
        ("etc/postfix/main.cf", "smtpd_tls_cert_file = {path}", "postfix"),
        ("etc/postfix/main.cf", "smtpd_tls_chain_files = /nowhere/key.pem, {path}", "postfix"),
        ("etc/dovecot/conf.d/10-ssl.conf", "ssl_cert = <{path}", "dovecot"),
        ("etc/dovecot/dovecot.conf", "ssl_server_cert_file = {path}", "dovecot"),
    ],
)
def test_what_a_server_is_told_to_read_is_found(
    settings_path: str, line: str, software: str, tmp_path: Path
) -> None:
    put(tmp_path, "srv/tls/site.pem", NEW)
    settings(tmp_path, settings_path, line.format(path="/srv/tls/site.pem") + "\n")
    (only,) = found(tmp_path)
    assert only.software == software
    assert only.named_in == f"/{settings_path}"


def test_a_folder_of_haproxy_and_a_relative_path_are_followed(tmp_path: Path) -> None:
    put(tmp_path, "etc/haproxy/certs/a.pem", NEW)
    settings(tmp_path, "etc/haproxy/haproxy.cfg", "bind :443 ssl crt /etc/haproxy/certs/\n")
    put(tmp_path, "etc/nginx/tls/b.pem", OLD)
    settings(tmp_path, "etc/nginx/nginx.conf", "ssl_certificate tls/b.pem;\n")
    assert {Path(each.path).name for each in found(tmp_path)} == {"a.pem", "b.pem"}


@pytest.mark.parametrize(
    "line",
    [
        "# ssl_certificate /srv/site.pem;",
        "ssl_certificate_key /srv/site.pem;",
        "ssl_certificate $chosen/site.pem;",
        "ssl_certificate data:$cert;",
        "ssl_certificate",
        "\x00\xff;",
    ],
)
def test_lines_that_name_no_certificate_file_lead_nowhere(line: str, tmp_path: Path) -> None:
    put(tmp_path, "srv/site.pem", NEW)
    settings(tmp_path, "etc/nginx/nginx.conf", line)
    assert found(tmp_path) == ()


def test_other_sites_files_are_not_kept(tmp_path: Path) -> None:
    """They are nobody's business here, and would be saved along."""
    put(tmp_path, "etc/letsencrypt/live/other.example.org/fullchain.pem", OTHER)
    assert found(tmp_path) == ()


def test_a_key_in_the_file_is_not_kept(tmp_path: Path) -> None:
    key = NEW.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    put(tmp_path, LIVE, NEW, before=key)
    kept = found(tmp_path)
    secret = key.splitlines()[1]
    assert kept[0].chain == (NEW.der,)
    assert secret not in encode_observation(f.replaced(seen_here(), installed=kept))


def test_one_file_under_two_names_is_told_once_and_as_the_configuration_calls_it(tmp_path: Path) -> None:
    archive = put(tmp_path, "etc/letsencrypt/archive/site/fullchain2.pem", NEW)
    live = tmp_path / LIVE
    live.parent.mkdir(parents=True)
    live.symlink_to(archive)
    settings(tmp_path, "etc/nginx/nginx.conf", f"ssl_certificate /{LIVE};")
    (only,) = found(tmp_path)
    assert only.path == str(live)
    assert only.software == "nginx"


def test_bundles_pipes_and_damaged_files_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "etc/ssl/bundle.pem", NEW, before=b"#" * own_disk.MAX_BYTES)
    os.mkfifo(tmp_path / "etc/ssl/pipe.pem")
    (tmp_path / "etc/ssl/text.crt").write_text("no certificate")
    (tmp_path / "etc/ssl/circle.crt").symlink_to("circle.crt")
    assert [each for each in found(tmp_path) if each.chain] == []


def test_more_files_than_the_bound_are_not_all_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_disk, "MAX_FILES", 3)
    for number in range(9):
        put(tmp_path, f"etc/ssl/{number}.pem", NEW)
    assert len(found(tmp_path)) == 3


def test_the_search_ends_with_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, LIVE, NEW)
    monkeypatch.setattr(own_disk, "MAX_SECONDS", -1)
    assert found(tmp_path) == ()


@unprivileged
def test_a_folder_that_may_not_be_looked_into_is_said(tmp_path: Path) -> None:
    put(tmp_path, LIVE, NEW)
    folder = tmp_path / "etc/letsencrypt/live"
    folder.chmod(0)
    try:
        (locked,) = found(tmp_path)
    finally:
        folder.chmod(0o700)
    assert locked.failure is not None
    assert not locked.chain


@pytest.mark.parametrize(
    ("address", "own"), [("127.0.0.1", True), ("127.8.8.8", True), ("192.0.2.10", False)]
)
def test_only_an_address_of_this_machine_is_its_own(address: str, own: bool) -> None:
    first = f.handshake((OLD, P.intermediate), address=address)
    assert is_this_machine(f.replaced(seen_here(), handshakes=(first,))) is own


def test_each_place_of_the_table_has_patterns_and_servers_have_directives() -> None:
    for place in certificate_places():
        assert place.files or place.settings
        assert bool(place.settings) == bool(place.names)
        assert all(pattern.startswith(("/", "~/")) for pattern in (*place.files, *place.settings))


def test_a_configuration_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    place = next(each for each in certificate_places() if each.software == "nginx")
    assert not isinstance(named_files(place, str(tmp_path / "none.conf")), tuple)


def test_a_probe_of_this_machine_looks_at_its_disk_unless_told_not_to(tmp_path: Path) -> None:
    """The practised server's certificate ran out; a newer one for its name lies in certbot's folder."""
    with Lab() as lab:
        opened = lab.open("expired")
        name = opened.target.server_name or ""
        renewed = f.leaf(P.intermediate, [name], days=((datetime.now(UTC) - f.NOW).days - 1, 100_000))
        put(tmp_path, f"etc/letsencrypt/live/{name}/fullchain.pem", renewed, P.intermediate)
        looked = probe(opened.target, replace(opened.options, disk=str(tmp_path)))
        not_looked = probe(opened.target, opened.options)
    assert [each.software for each in looked.installed] == ["certbot"]
    assert C.NOT_RELOADED in {cause.id for cause in diagnose(looked).causes}
    assert not_looked.installed == ()
