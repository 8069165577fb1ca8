"""Trust stores are found, read once and searched by subject and key id."""

from __future__ import annotations

import os
import ssl
import stat
from pathlib import Path

import certifi
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certwizard.domain.observation import Failure, FailureReason
from certwizard.domain.options import ProbeOptions
from certwizard.domain.parsing import parse_certificate
from certwizard.probe import system_store
from certwizard.probe.outline import Outline, organisation_of, outline_of
from certwizard.probe.root_files import read_roots
from certwizard.probe.store_loading import load_stores, mozilla_store
from certwizard.probe.stores import Stores
from certwizard.probe.vendor_logs import vendor_logs
from tests import factory
from tests.factory import Issued

PKI = factory.pki()


def outline(issued: Issued) -> Outline:
    found = outline_of(issued.der)
    assert found is not None
    return found


def pem(*items: Issued) -> bytes:
    return b"".join(item.certificate.public_bytes(Encoding.PEM) for item in items)


def given(*files: Path) -> Stores:
    return load_stores(ProbeOptions(ca_files=tuple(map(str, files)), only_ca_file=True))


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_bytes(pem(PKI.root))
    return path


@pytest.mark.parametrize("issued", [PKI.leaf, PKI.intermediate, PKI.root])
def test_an_outline_agrees_with_the_whole_certificate(issued: Issued) -> None:
    short, full = outline(issued), parse_certificate(issued.der)
    assert short.subject == full.subject.der
    assert short.issuer == full.issuer.der
    assert short.subject_key_id == (full.subject_key_id or b"")
    assert short.authority_key_id == (full.authority_key_id or b"")


def test_the_outlines_of_all_of_mozillas_roots_agree_with_the_whole_certificates() -> None:
    store = mozilla_store()
    assert store.record.count > 50
    assert len(store.roots) == store.record.count
    for short in store.roots:
        full = parse_certificate(short.der)
        assert (short.subject, short.issuer) == (full.subject.der, full.issuer.der)
        assert short.subject_key_id == (full.subject_key_id or b"")
        assert short.authority_key_id == (full.authority_key_id or b"")


@pytest.mark.parametrize("cut", range(0, 700, 7))
def test_a_cut_certificate_has_no_outline_or_one(cut: int) -> None:
    found = outline_of(PKI.leaf.der[:cut])
    assert found is None or found.subject == outline(PKI.leaf).subject


def test_the_organisation_of_a_name_is_found() -> None:
    name = factory.name("www.example.com", "Example Trust").public_bytes()
    assert organisation_of(name).endswith(b"Example Trust")
    assert organisation_of(factory.name("www.example.com").public_bytes()) == b""
    assert organisation_of(name[: name.index(b"Example")]) == b""


def test_a_root_is_found_by_subject_and_by_key_id(ca_file: Path) -> None:
    stores, root = given(ca_file), outline(PKI.root)
    assert stores.find(subject=root.subject) == (root,)
    assert stores.find(key_id=root.subject_key_id) == (root,)
    assert stores.find(subject=b"another", key_id=b"another") == ()
    assert stores.find() == ()


def test_a_given_root_that_issued_the_chain_becomes_an_anchor(ca_file: Path) -> None:
    stores = given(ca_file)
    anchors = stores.anchors([outline(PKI.leaf), outline(PKI.intermediate)])
    assert [(anchor.der, anchor.stores) for anchor in anchors] == [(PKI.root.der, ("ca-file",))]
    assert stores.leads_to_root(outline(PKI.intermediate))
    assert not stores.leads_to_root(outline(PKI.leaf))


def test_a_leaf_that_is_itself_in_the_given_file_becomes_an_anchor(tmp_path: Path) -> None:
    (tmp_path / "leaf.pem").write_bytes(pem(PKI.leaf))
    stores = given(tmp_path / "leaf.pem")
    assert [anchor.der for anchor in stores.anchors([outline(PKI.leaf)])] == [PKI.leaf.der]
    assert stores.leads_to_root(outline(PKI.leaf))


def test_a_root_under_another_name_is_found_by_its_key_id(tmp_path: Path) -> None:
    renamed = factory.root("Renamed Root", key=PKI.root.key)
    (tmp_path / "ca.pem").write_bytes(pem(renamed))
    stores = given(tmp_path / "ca.pem")
    assert [anchor.der for anchor in stores.anchors([outline(PKI.intermediate)])] == [renamed.der]
    assert not stores.leads_to_root(outline(PKI.intermediate))


def test_a_root_of_the_same_name_with_another_key_leads_nowhere(tmp_path: Path) -> None:
    twin = factory.root("Test Root", key=factory.ec_key("twin"))
    (tmp_path / "ca.pem").write_bytes(pem(twin))
    stores = given(tmp_path / "ca.pem")
    assert len(stores.anchors([outline(PKI.intermediate)])) == 1
    assert not stores.leads_to_root(outline(PKI.intermediate))


def test_roots_of_the_same_organisation_are_kept_as_near_misses(tmp_path: Path) -> None:
    roots = [factory.root(f"Root {number}", organisation="Acme") for number in range(12)]
    (tmp_path / "ca.pem").write_bytes(pem(*roots))
    stray = outline(factory.leaf(factory.root("Root X", organisation="Acme")))
    stores = given(tmp_path / "ca.pem")
    assert len(stores.anchors([stray], stray)) == 8
    assert stores.anchors([stray]) == ()


def test_a_root_of_several_stores_names_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ca.pem").write_bytes(pem(PKI.root))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    stores = load_stores(ProbeOptions(ca_files=(str(tmp_path / "ca.pem"),)))
    assert [record.id for record in stores.records][:4] == ["ca-file", "mozilla", "microsoft", "system"]
    assert stores.anchors([outline(PKI.intermediate)])[0].stores == ("ca-file", "system")


def test_several_given_files_count_together(tmp_path: Path, ca_file: Path) -> None:
    other = factory.root("Other Root")
    (tmp_path / "other.der").write_bytes(other.der)
    stores = given(ca_file, tmp_path / "other.der")
    assert [(record.id, record.count) for record in stores.records] == [("ca-file", 1), ("ca-file", 1)]
    assert stores.find(subject=outline(other).subject) == (outline(other),)


@pytest.mark.parametrize(
    ("content", "spoke"),
    [
        (b"", "an empty file"),
        (b"-----BEGIN CERTIFICATE-----\n", "a damaged PEM file"),
        (b"hello", "a text file"),
    ],
)
def test_a_given_file_without_roots_is_a_failed_store(tmp_path: Path, content: bytes, spoke: str) -> None:
    (tmp_path / "ca.pem").write_bytes(content)
    (record,) = given(tmp_path / "ca.pem").records
    assert record.count == 0
    assert record.failure is not None
    assert (record.failure.spoke or "").startswith(spoke)


def test_a_given_file_that_is_missing_is_a_failed_store(tmp_path: Path) -> None:
    (record,) = given(tmp_path / "none.pem").records
    assert record.failure == Failure(FailureReason.UNREADABLE, "there is no such file")


def test_a_bundle_with_a_broken_block_keeps_the_others(tmp_path: Path) -> None:
    broken = b"-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"
    (tmp_path / "ca.pem").write_bytes(pem(PKI.root) + broken + pem(PKI.intermediate))
    assert read_roots(str(tmp_path / "ca.pem")) == (PKI.root.der, PKI.intermediate.der)


def test_a_file_that_changed_is_read_again(ca_file: Path) -> None:
    assert read_roots(str(ca_file)) == (PKI.root.der,)
    ca_file.write_bytes(pem(PKI.root, PKI.intermediate))
    assert read_roots(str(ca_file)) == (PKI.root.der, PKI.intermediate.der)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A machine with a bundle of one root and a directory of another."""
    bundle, directory = tmp_path / "bundle.pem", tmp_path / "certs"
    bundle.write_bytes(pem(factory.root("Root of the bundle")))
    directory.mkdir()
    (directory / "0a1b2c3d.0").write_bytes(pem(factory.root("Root of the directory")))
    monkeypatch.setattr(system_store, "_default_paths", lambda: (str(bundle), str(directory)))
    return bundle, directory


def test_ssl_cert_file_replaces_the_bundle_and_leaves_the_directory(
    ca_file: Path, machine: tuple[Path, Path]
) -> None:
    """As OpenSSL, Python, Ruby, PHP and Go do it (measured)."""
    found = system_store.system_roots({"SSL_CERT_FILE": str(ca_file)}, "linux")
    assert found.path == os.pathsep.join((str(ca_file), str(machine[1])))
    assert found.roots[0] == PKI.root.der
    assert len(found.roots) == 2
    assert "SSL_CERT_FILE" in found.title


def test_ssl_cert_dir_replaces_the_directory_and_leaves_the_bundle(
    tmp_path: Path, machine: tuple[Path, Path]
) -> None:
    found = system_store.system_roots({"SSL_CERT_DIR": str(tmp_path / "none")}, "linux")
    assert len(found.roots) == 1
    assert [type(what) for _, what in found.places] == [tuple, Failure]


def test_where_the_system_has_no_files_the_variables_replace_its_store_whole(ca_file: Path) -> None:
    found = system_store.system_roots({"SSL_CERT_FILE": str(ca_file)}, "darwin")
    assert found.roots == (PKI.root.der,)


def test_ssl_cert_dir_is_searched_under_hashed_names_alone(tmp_path: Path) -> None:
    (tmp_path / "0a1b2c3d.0").write_bytes(pem(PKI.root))
    (tmp_path / "0a1b2c3d.1").write_bytes(b"nothing of use")
    (tmp_path / "intermediate.pem").write_bytes(pem(PKI.intermediate))
    found = system_store.system_roots({"SSL_CERT_DIR": str(tmp_path)}, "darwin")
    assert (found.roots, found.failure) == ((PKI.root.der,), None)


def test_several_directories_count_together(tmp_path: Path) -> None:
    places = [tmp_path / "a", tmp_path / "b"]
    for place, issued in zip(places, (PKI.root, PKI.intermediate), strict=True):
        place.mkdir()
        (place / "00000000.0").write_bytes(pem(issued))
    found = system_store.system_roots({"SSL_CERT_DIR": os.pathsep.join(map(str, places))}, "darwin")
    assert found.roots == (PKI.root.der, PKI.intermediate.der)


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_a_store_named_by_the_environment_that_is_missing_is_a_failure(tmp_path: Path, name: str) -> None:
    found = system_store.system_roots({name: str(tmp_path / "none")}, "darwin")
    assert found.roots == ()
    assert found.failure is not None


def test_an_empty_directory_is_a_failure(tmp_path: Path) -> None:
    found = system_store.system_roots({"SSL_CERT_DIR": str(tmp_path)}, "darwin")
    assert found.failure == Failure(FailureReason.UNREADABLE, "it holds no certificate")


def test_a_machine_without_any_store_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_store, "_default_paths", lambda: ("", ""))
    found = system_store.system_roots({}, "linux")
    assert found.failure == Failure(FailureReason.UNREADABLE, "no store was found")


def test_a_windows_store_gives_the_roots_that_may_name_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (PKI.root.der, "x509_asn", True),
        (PKI.intermediate.der, "x509_asn", {"1.3.6.1.5.5.7.3.1"}),
        (PKI.leaf.der, "x509_asn", {"1.3.6.1.5.5.7.3.4"}),
        (b"bundle", "pkcs_7_asn", True),
    ]
    monkeypatch.setattr(ssl, "enum_certificates", lambda _: rows, raising=False)
    assert system_store.system_roots({}, "win32").roots == (PKI.root.der, PKI.intermediate.der)


def test_a_windows_store_asked_elsewhere_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ssl, "enum_certificates", raising=False)
    assert system_store.windows_roots().failure is not None


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for the program")
def test_the_macos_keychains_are_asked_of_the_systems_program(tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_bytes(pem(PKI.root, PKI.root, PKI.intermediate))
    program = tmp_path / "security"
    program.write_text(f'#!/bin/sh\n[ "$1 $2 $3" = "find-certificate -a -p" ] && cat {tmp_path}/roots.pem\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    assert system_store.keychain_roots(str(program)).roots == (PKI.root.der, PKI.intermediate.der)


def test_keychains_without_the_systems_program_are_a_failure(tmp_path: Path) -> None:
    failure = system_store.keychain_roots(str(tmp_path / "none")).failure
    assert failure is not None
    assert failure.reason is FailureReason.UNREADABLE


def test_a_malformed_root_does_not_hide_the_others(tmp_path: Path) -> None:
    odd = b"-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n"
    (tmp_path / "ca.pem").write_bytes(odd + pem(PKI.root))
    stores = given(tmp_path / "ca.pem")
    assert stores.records[0].failure is None
    assert stores.holds(outline(PKI.root))


def test_roots_of_a_file_stand_in_for_those_of_vendors_and_the_title_says_so(ca_file: Path) -> None:
    stores = load_stores(ProbeOptions(vendor_roots=str(ca_file)))

    vendors = next(record for record in stores.records if record.id == "mozilla")
    assert (vendors.path, vendors.count) == (str(ca_file), 1)
    assert "stand in for Mozilla's" in vendors.title
    assert stores.anchors([outline(PKI.intermediate)])[0].stores == ("mozilla", "system")


def test_in_a_practised_world_a_variable_that_names_the_real_roots_says_nothing(
    tmp_path: Path, ca_file: Path
) -> None:
    """Its roots would pass for private ones."""
    gone = str(tmp_path / "gone.pem")
    environment = (
        ("SSL_CERT_FILE", certifi.where()),
        ("CURL_CA_BUNDLE", certifi.where()),
        ("PIP_CERT", gone),
    )
    stores = load_stores(ProbeOptions(vendor_roots=str(ca_file), environment=environment))

    assert [variable.name for variable in stores.variables] == ["PIP_CERT"]
    assert stores.anchors([outline(PKI.intermediate)])[0].stores == ("mozilla", "system")


def test_a_missing_file_of_stand_in_roots_is_a_store_that_failed(tmp_path: Path) -> None:
    stores = load_stores(ProbeOptions(vendor_roots=str(tmp_path / "none.pem")))

    vendors = next(record for record in stores.records if record.id == "mozilla")
    assert vendors.failure is not None
    assert vendors.count == 0


def test_given_roots_alone_leave_the_stand_in_out(ca_file: Path) -> None:
    options = ProbeOptions(ca_files=(str(ca_file),), only_ca_file=True, vendor_roots=str(ca_file))

    assert [record.id for record in load_stores(options).records] == ["ca-file"]


def test_public_keys_of_the_stand_in_file_are_logs_and_its_certificates_are_roots(tmp_path: Path) -> None:
    keys = [
        key.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
        for encoding in (Encoding.PEM, Encoding.DER)
        for key in (factory.ec_key("log one"), factory.ec_key("log two"))
    ]
    path = tmp_path / "vendors.pem"
    path.write_bytes(
        keys[0] + pem(PKI.root) + keys[1] + b"-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----\n"
    )

    assert vendor_logs(str(path)) == (keys[2], keys[3])
    assert read_roots(str(path)) == (PKI.root.der,)
    assert vendor_logs(None) == vendor_logs(str(tmp_path / "none")) == ()
