"""Microsoft's list is read with Microsoft's remarks, and the stores of every Java are found and read."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)

from certwizard.domain.observation import Failure
from certwizard.domain.options import ProbeOptions
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.trust_stores import PlaceState
from certwizard.probe.java_homes import java_homes, java_override
from certwizard.probe.keystore import read_keystore
from certwizard.probe.microsoft_store import MicrosoftRoots, read_microsoft_roots
from certwizard.probe.store_loading import java_stores, load_stores, microsoft_store, system_store
from certwizard.probe.trust_places import NOTHING_PUBLIC
from tests import factory
from tests.factory import Issued

ROOT, OTHER = factory.root("First Root"), factory.root("Second Root")
TODAY = datetime(2026, 11, 23, tzinfo=UTC)


def pem(*items: Issued) -> bytes:
    return b"".join(item.certificate.public_bytes(Encoding.PEM) for item in items)


def microsoft(tmp_path: Path, remarks: str) -> MicrosoftRoots:
    path = tmp_path / f"{abs(hash(remarks))}.pem"
    path.write_bytes(remarks.encode() + pem(ROOT))
    found = read_microsoft_roots(str(path), TODAY)
    assert isinstance(found, MicrosoftRoots)
    return found


@pytest.mark.parametrize(
    ("remarks", "held"),
    [
        ("", True),
        ("# Friendly Name: First\n", True),
        ("# Extended key usages: ['client_auth', 'server_auth']\n", True),
        ("# Extended key usages: ['email_protection']\n", False),
        ("# Disallowed Filetime: 2019-02-01 00:00:00+00:00\n", False),
        ("# Disallowed Filetime: 2027-02-01 00:00:00+00:00\n", True),
        (
            "# Disallowed Filetime: 2019-02-01 00:00:00+00:00\n"
            "# Disallowed extended key usages: ['code_signing']\n",
            True,
        ),
        ("# Disallowed Filetime: not a time\n", True),
    ],
)
def test_a_root_counts_where_microsoft_still_trusts_it_for_servers(
    tmp_path: Path, remarks: str, held: bool
) -> None:
    assert (microsoft(tmp_path, remarks).roots == (ROOT.der,)) is held


@pytest.mark.parametrize(
    ("usages", "limited"),
    [
        ("", True),
        ("# Not before extended key usages: ['server_auth']\n", True),
        ("# Not before extended key usages: ['code_signing']\n", False),
    ],
)
def test_the_day_up_to_which_a_root_may_issue_is_kept(tmp_path: Path, usages: str, limited: bool) -> None:
    found = microsoft(tmp_path, f"# Not before Filetime: 2025-04-16 00:00:00+00:00\n{usages}")
    assert found.roots == (ROOT.der,)
    assert (found.issued_until == ((ROOT.der, datetime(2025, 4, 16, tzinfo=UTC)),)) is limited


def test_a_bundle_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    assert isinstance(read_microsoft_roots(str(tmp_path / "none"), TODAY), Failure)


def test_microsofts_own_list_holds_the_roots_of_today_and_not_those_of_symantec() -> None:
    store = microsoft_store()
    assert store is not None
    names = [parse_certificate(root.der).subject.short for root in store.roots]
    assert "ISRG Root X1" in names
    assert "Symantec Class 3 Public Primary Certification Authority - G4" not in names
    assert "Entrust Root Certification Authority - G2" in names
    limited = {parse_certificate(der).subject.short: until for der, until in store.issued_until}
    assert limited["Entrust Root Certification Authority - G2"] == datetime(2025, 4, 16, tzinfo=UTC)
    assert "DigiCert Global Root G2" not in limited, "limited for other uses than servers"


def test_a_limit_of_microsofts_list_comes_with_the_anchor() -> None:
    stores = load_stores(ProbeOptions())
    store = microsoft_store()
    assert store is not None
    der, until = next(
        (der, until) for der, until in store.issued_until if "G4" in parse_certificate(der).subject.short
    )
    root = next(root for root in store.roots if root.der == der)
    (anchor,) = [each for each in stores.anchors([root]) if each.der == der]
    assert [(limit.store, limit.issued_until) for limit in anchor.limits] == [("microsoft", until)]


# Java


def jks(*entries: bytes, magic: bytes = b"\xfe\xed\xfe\xed", version: int = 2) -> bytes:
    """Return a JKS file of entries, with a digest that nobody checks."""
    return magic + version.to_bytes(4) + len(entries).to_bytes(4) + b"".join(entries) + bytes(20)


def text(value: str) -> bytes:
    encoded = value.encode()
    return len(encoded).to_bytes(2) + encoded


def trusted(issued: Issued, alias: str = "alias") -> bytes:
    der = issued.der
    return (2).to_bytes(4) + text(alias) + bytes(8) + text("X.509") + len(der).to_bytes(4) + der


def private_key(issued: Issued) -> bytes:
    certificate = text("X.509") + len(issued.der).to_bytes(4) + issued.der
    return (
        (1).to_bytes(4) + text("key") + bytes(8) + (5).to_bytes(4) + b"SEALD" + (1).to_bytes(4) + certificate
    )


def keystore(tmp_path: Path, data: bytes, name: str = "cacerts") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_the_trusted_certificates_of_a_jks_are_read_and_its_own_keys_are_not(tmp_path: Path) -> None:
    path = keystore(tmp_path, jks(trusted(ROOT), private_key(factory.root("Own")), trusted(OTHER, "二")))
    assert read_keystore(str(path)) == (ROOT.der, OTHER.der)


def test_a_jceks_is_read_like_a_jks(tmp_path: Path) -> None:
    path = keystore(tmp_path, jks(trusted(ROOT), magic=b"\xce\xce\xce\xce"))
    assert read_keystore(str(path)) == (ROOT.der,)


@pytest.mark.parametrize("cut", range(0, 700, 13))
def test_a_jks_that_is_cut_off_or_lies_about_lengths_is_no_exception(tmp_path: Path, cut: int) -> None:
    found = read_keystore(str(keystore(tmp_path, jks(trusted(ROOT), trusted(OTHER))[:cut])))
    assert isinstance(found, Failure) or found == (ROOT.der,)


def test_a_jks_that_claims_endless_entries_is_refused(tmp_path: Path) -> None:
    data = b"\xfe\xed\xfe\xed" + (2).to_bytes(4) + (0xFFFFFFFF).to_bytes(4)
    assert isinstance(read_keystore(str(keystore(tmp_path, data))), Failure)


def test_an_empty_jks_holds_nothing(tmp_path: Path) -> None:
    assert isinstance(read_keystore(str(keystore(tmp_path, jks()))), Failure)


@pytest.mark.parametrize("password", [b"changeit", None])
def test_a_pkcs12_with_javas_usual_password_or_none_is_read(tmp_path: Path, password: bytes | None) -> None:
    entries = [
        pkcs12.PKCS12Certificate(each.certificate, name) for each, name in ((ROOT, b"a"), (OTHER, b"b"))
    ]
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    data = pkcs12.serialize_java_truststore(entries, lock)
    assert read_set(keystore(tmp_path, data)) == {ROOT.der, OTHER.der}


def test_a_pkcs12_under_another_password_is_a_failure(tmp_path: Path) -> None:
    entries = [pkcs12.PKCS12Certificate(ROOT.certificate, b"a")]
    data = pkcs12.serialize_java_truststore(entries, BestAvailableEncryption(b"secret"))
    assert isinstance(read_keystore(str(keystore(tmp_path, data))), Failure)


def test_cacerts_may_be_pem(tmp_path: Path) -> None:
    assert read_keystore(str(keystore(tmp_path, pem(ROOT)))) == (ROOT.der,)


@pytest.mark.parametrize("kind", ["JKS", "JCEKS", "PKCS12"])
def test_what_keytool_writes_is_read(tmp_path: Path, kind: str) -> None:
    """Cross-checked with Java's own program, where one is installed."""
    keytool = shutil.which("keytool")
    if keytool is None:
        pytest.skip("no Java here")
    store = tmp_path / "store"
    for number, issued in enumerate((ROOT, OTHER)):
        (tmp_path / "root.pem").write_bytes(pem(issued))
        command = [keytool, "-importcert", "-noprompt", "-alias", f"a{number}", "-keystore", str(store)]
        command += ["-file", str(tmp_path / "root.pem"), "-storetype", kind, "-storepass", "changeit"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert read_set(store) == {ROOT.der, OTHER.der}


def read_set(path: Path) -> set[bytes]:
    found = read_keystore(str(path))
    assert not isinstance(found, Failure)
    return set(found)


def java(tmp_path: Path, name: str, *roots: Issued, release: str = "") -> Path:
    home = tmp_path / name
    (home / "lib/security").mkdir(parents=True)
    (home / "bin").mkdir()
    (home / "bin/java").write_text("#!/bin/sh\n")
    (home / "bin/java").chmod(0o755)
    (home / "lib/security/cacerts").write_bytes(jks(*(trusted(each) for each in roots)))
    (home / "release").write_text(release)
    return home


@pytest.fixture
def no_other_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certwizard.probe.java_homes._PLACES", {"linux": ()})


@pytest.mark.usefixtures("no_other_java")
def test_java_home_comes_before_the_java_on_the_path(tmp_path: Path) -> None:
    one = java(tmp_path, "one", ROOT, release='IMPLEMENTOR="Makers"\nJAVA_VERSION="21.0.4"\n')
    two = java(tmp_path, "two", OTHER)
    environ = {"JAVA_HOME": str(one), "PATH": str(two / "bin")}
    found = java_homes(environ, "linux")
    assert [(each.path, each.name) for each in found] == [
        (str(one), "Java 21.0.4 of Makers"),
        (str(two), "two"),
    ]


@pytest.mark.usefixtures("no_other_java")
def test_javas_that_share_one_file_count_once(tmp_path: Path) -> None:
    one, two = java(tmp_path, "one", ROOT), java(tmp_path, "two", OTHER)
    (two / "lib/security/cacerts").unlink()
    (two / "lib/security/cacerts").symlink_to(one / "lib/security/cacerts")
    assert len(java_homes({"JAVA_HOME": str(one), "PATH": str(two / "bin")}, "linux")) == 1


@pytest.mark.usefixtures("no_other_java")
def test_jssecacerts_is_read_in_place_of_cacerts(tmp_path: Path) -> None:
    home = java(tmp_path, "one", ROOT)
    (home / "lib/security/jssecacerts").write_bytes(jks(trusted(OTHER)))
    (found,) = java_homes({"JAVA_HOME": str(home), "PATH": ""}, "linux")
    assert found.roots.endswith("jssecacerts")


def test_javas_are_found_in_the_usual_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = java(tmp_path, "jdk-8", ROOT)
    monkeypatch.setattr("certwizard.probe.java_homes._PLACES", {"linux": (f"{tmp_path}/jdk*",)})
    assert [each.path for each in java_homes({"PATH": ""}, "linux")] == [str(home)]


@pytest.mark.usefixtures("no_other_java")
def test_each_java_is_a_store_of_its_own(tmp_path: Path) -> None:
    one, two = java(tmp_path, "one", ROOT), java(tmp_path, "two", OTHER)
    environ = {"JAVA_HOME": str(one), "PATH": str(two / "bin")}
    stores = java_stores(environ, system_store(environ), NOTHING_PUBLIC)
    assert [(each.record.id, each.record.count) for each in stores] == [("java", 1), ("java-2", 1)]


@pytest.mark.usefixtures("no_other_java")
def test_a_store_that_is_a_link_says_so(tmp_path: Path) -> None:
    home = java(tmp_path, "one", ROOT)
    shared = keystore(tmp_path, jks(trusted(OTHER)), "shared")
    (home / "lib/security/cacerts").unlink()
    (home / "lib/security/cacerts").symlink_to(shared)
    (store,) = java_stores({"JAVA_HOME": str(home), "PATH": ""}, system_store({}), NOTHING_PUBLIC)
    assert f"a link to {shared}" in store.record.title


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, None),
        ({"JAVA_TOOL_OPTIONS": "-Xmx1g"}, None),
        ({"JAVA_TOOL_OPTIONS": "-Djavax.net.ssl.trustStore=NONE"}, None),
        ({"JAVA_TOOL_OPTIONS": "-Xmx1g -Djavax.net.ssl.trustStore=/a/b"}, ("JAVA_TOOL_OPTIONS", "/a/b")),
        ({"JAVA_TOOL_OPTIONS": '-Djavax.net.ssl.trustStore="/a b/c" -Dx=y'}, ("JAVA_TOOL_OPTIONS", "/a b/c")),
        (
            {
                "JAVA_TOOL_OPTIONS": "-Djavax.net.ssl.trustStore=/tool",
                "_JAVA_OPTIONS": "-Djavax.net.ssl.trustStore=/last",
            },
            ("_JAVA_OPTIONS", "/last"),
        ),
        ({"JDK_JAVA_OPTIONS": "-Djavax.net.ssl.trustStoreType=Windows-ROOT"}, ("JDK_JAVA_OPTIONS", "")),
        ({"JAVA_TOOL_OPTIONS": "-Dnot.javax.net.ssl.trustStore=/a"}, None),
    ],
)
def test_options_of_java_that_name_a_store_are_found(
    environ: dict[str, str], expected: tuple[str, str] | None
) -> None:
    found = java_override(environ)
    assert (None if found is None else (found.variable, found.path)) == expected


def test_a_store_named_by_javas_options_takes_the_place_of_each_javas_own(tmp_path: Path) -> None:
    path = keystore(tmp_path, jks(trusted(ROOT)), "company.jks")
    environ = {
        "JAVA_TOOL_OPTIONS": f"-Djavax.net.ssl.trustStore={path} -Djavax.net.ssl.trustStorePassword=hush"
    }
    stores = load_stores(ProbeOptions(environment=tuple(environ.items())))
    (record,) = [each for each in stores.records if each.id.startswith("java")]
    assert (record.path, record.count, record.public) == (str(path), 1, 0)
    assert "JAVA_TOOL_OPTIONS" in record.title
    assert "hush" not in repr((stores.records, stores.variables)), "a password never leaves the environment"


def test_a_java_that_uses_the_systems_store_has_its_roots(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(pem(ROOT))
    environ = {
        "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
        "SSL_CERT_DIR": str(tmp_path / "none"),
        "JAVA_TOOL_OPTIONS": "-Djavax.net.ssl.trustStoreType=KeychainStore",
    }
    stores = load_stores(ProbeOptions(environment=tuple(environ.items())))
    assert next(each for each in stores.records if each.id == "java").count == 1


# Variables


def test_variables_that_name_roots_are_seen_with_what_they_point_at(tmp_path: Path) -> None:
    (tmp_path / "company.pem").write_bytes(pem(ROOT, OTHER))
    (tmp_path / "empty.pem").write_bytes(b"")
    environ = {
        "REQUESTS_CA_BUNDLE": str(tmp_path / "company.pem"),
        "CURL_CA_BUNDLE": str(tmp_path / "gone.pem"),
        "NODE_EXTRA_CA_CERTS": str(tmp_path / "empty.pem"),
        "GIT_SSL_CAPATH": str(tmp_path),
        "HOME": "/secret",
    }
    seen = load_stores(ProbeOptions(environment=tuple(environ.items()))).variables
    states = {each.name: (each.place.state, each.place.roots, each.place.public) for each in seen}
    assert states == {
        "CURL_CA_BUNDLE": (PlaceState.MISSING, 0, 0),
        "REQUESTS_CA_BUNDLE": (PlaceState.USABLE, 2, 0),
        "NODE_EXTRA_CA_CERTS": (PlaceState.EMPTY, 0, 0),
        "GIT_SSL_CAPATH": (PlaceState.EMPTY, 0, 0),
    }
    assert "/secret" not in repr(seen)


def test_public_roots_are_counted_in_what_a_variable_names() -> None:
    import certifi

    stores = load_stores(ProbeOptions(environment=(("REQUESTS_CA_BUNDLE", certifi.where()),)))
    (variable,) = stores.variables
    assert variable.place.roots == variable.place.public > 100


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_bundle_that_may_not_be_read_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(pem(ROOT))
    (tmp_path / "ca.pem").chmod(0)
    stores = load_stores(ProbeOptions(environment=(("PIP_CERT", str(tmp_path / "ca.pem")),)))
    assert stores.variables[0].place.state is PlaceState.UNREADABLE


def test_where_the_users_roots_stand_alone_the_machine_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(pem(ROOT))
    options = ProbeOptions(
        ca_files=(str(tmp_path / "ca.pem"),), only_ca_file=True, environment=(("PIP_CERT", "/gone"),)
    )
    stores = load_stores(options)
    assert [each.id for each in stores.records] == ["ca-file"]
    assert stores.variables == ()


def test_in_a_practised_world_the_machine_holds_what_vendors_ship(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(pem(ROOT))
    stores = load_stores(ProbeOptions(vendor_roots=str(tmp_path / "ca.pem"), environment=()))
    assert [(each.id, each.count) for each in stores.records] == [("mozilla", 1), ("system", 1)]


def test_loading_every_store_takes_no_noticeable_time() -> None:
    """Roots are walked as bytes; a store that were parsed as certificates would take half a second."""
    load_stores(ProbeOptions())
    begin = datetime.now(UTC)
    load_stores(ProbeOptions())
    assert datetime.now(UTC) - begin < timedelta(seconds=0.5)
