"""The inventory of a machine: browsers' databases, every Java, and files that lie there and do not count."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from certwizard.domain.observation import Anchor, Failure
from certwizard.domain.options import ProbeOptions
from certwizard.probe.exclusions import Settings, excluded_roots, with_exclusions
from certwizard.probe.inventory import take_inventory
from certwizard.probe.nss_store import nss_databases, read_nss_database
from certwizard.probe.store_upkeep import Folders, store_notices
from tests import factory
from tests.factory import Issued

ROOT, OTHER = factory.root("First Root"), factory.root("Second Root")


def pem(*items: Issued) -> bytes:
    return b"".join(item.certificate.public_bytes(Encoding.PEM) for item in items)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A Firefox profile with one root that is trusted for servers, and one that only lies there."""
    certutil = shutil.which("certutil")
    if certutil is None:
        pytest.skip("certutil makes the database, and is not here")
    folder = tmp_path / ".mozilla/firefox/ab12cd.default"
    folder.mkdir(parents=True)
    database = f"sql:{folder}"
    (tmp_path / "root.pem").write_bytes(pem(ROOT))
    (tmp_path / "other.pem").write_bytes(pem(OTHER))
    for command in (
        [certutil, "-N", "-d", database, "--empty-password"],
        [certutil, "-A", "-d", database, "-n", "a", "-t", "C,,", "-i", str(tmp_path / "root.pem")],
        [certutil, "-A", "-d", database, "-n", "b", "-t", ",,", "-i", str(tmp_path / "other.pem")],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    return folder


def test_the_roots_that_were_added_to_a_firefox_profile_are_read(profile: Path, tmp_path: Path) -> None:
    (database,) = nss_databases({"HOME": str(tmp_path)}, "linux")
    assert database == str(profile / "cert9.db")
    assert read_nss_database(database) == (ROOT.der,)


def test_a_file_that_is_no_database_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "cert9.db").write_bytes(b"no database at all, but long enough to be looked at twice")
    assert isinstance(read_nss_database(str(tmp_path / "cert9.db")), Failure)
    assert isinstance(read_nss_database(str(tmp_path / "none.db")), Failure)


def test_without_a_home_there_are_no_profiles() -> None:
    assert nss_databases({}, "linux") == ()


def test_an_inventory_has_the_profile_and_the_files_that_variables_name(
    profile: Path, tmp_path: Path
) -> None:
    environ = {"HOME": str(tmp_path), "REQUESTS_CA_BUNDLE": str(tmp_path / "other.pem"), "PATH": ""}
    found = take_inventory(ProbeOptions(environment=tuple(environ.items())))
    rows = {each.id: (each.title, each.count) for each in found.stores}
    assert rows["nss-1"] == ("roots added to the browser profile ab12cd.default", 1)
    assert rows["REQUESTS_CA_BUNDLE"] == ("the roots named by REQUESTS_CA_BUNDLE", 1)
    assert {"mozilla", "microsoft", "system"} <= set(rows)


def test_a_variable_that_names_a_store_listed_already_makes_no_second_row(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(pem(ROOT))
    same = str(tmp_path / "ca.pem")
    environ = (("SSL_CERT_FILE", same), ("CURL_CA_BUNDLE", same), ("PATH", ""))
    found = take_inventory(ProbeOptions(environment=environ))
    assert "CURL_CA_BUNDLE" not in {each.id for each in found.stores}
    assert "CURL_CA_BUNDLE" in {each.name for each in found.variables}


# What lies there and does not count


@pytest.fixture
def local(tmp_path: Path) -> Path:
    folder = tmp_path / "local"
    folder.mkdir()
    return folder


def notices(local: Path, *held: Issued, configuration: str = "/none", fedora: str = "/none") -> list[str]:
    folders = Folders(str(local), (fedora,))
    found = store_notices(frozenset(each.der for each in held), folders, Settings(configuration))
    return [f"{Path(each.path).name} {each.words}" for each in found]


def test_a_root_that_the_store_has_taken_over_is_no_notice(local: Path) -> None:
    (local / "company.crt").write_bytes(pem(ROOT))
    assert notices(local, ROOT) == []


def test_a_root_whose_name_does_not_end_in_crt_is_passed_over(local: Path) -> None:
    (local / "company.pem").write_bytes(pem(ROOT))
    (local / "README").write_text("not meant as one")
    (found,) = notices(local, ROOT)
    assert found.startswith("company.pem is passed over without a word: its name has to end in .crt")


def test_several_certificates_in_one_file_are_told(local: Path) -> None:
    (local / "both.crt").write_bytes(pem(ROOT, OTHER))
    (found,) = notices(local, ROOT, OTHER)
    assert found.startswith("both.crt holds 2 certificates")


def test_der_under_the_right_name_is_no_pem(local: Path) -> None:
    (local / "company.crt").write_bytes(ROOT.der)
    (found,) = notices(local)
    assert found.startswith("company.crt is no PEM file")


def test_a_root_that_waits_for_the_update_program_is_told(local: Path) -> None:
    (local / "company.crt").write_bytes(pem(ROOT))
    (found,) = notices(local, OTHER)
    assert found.endswith("is not in the system's store: run update-ca-certificates as root")


def test_a_damaged_file_is_told(local: Path) -> None:
    (local / "company.crt").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n")
    (found,) = notices(local)
    assert "holds no certificate that can be read" in found


def test_anchors_of_fedora_are_looked_at_too(local: Path, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors"
    anchors.mkdir()
    (anchors / "company.pem").write_bytes(pem(ROOT, OTHER))
    (found,) = notices(local, OTHER, fedora=str(anchors))
    assert found.endswith("1 of 2 are not in the system's store: run update-ca-trust extract as root")


def test_lines_that_switch_roots_off_are_told(local: Path, tmp_path: Path) -> None:
    (tmp_path / "ca-certificates.conf").write_text("mozilla/A.crt\n!mozilla/B.crt\n# a remark\n")
    (found,) = notices(local, configuration=str(tmp_path / "ca-certificates.conf"))
    assert "switches mozilla/B.crt off" in found


def test_what_a_machine_takes_out_on_purpose_is_kept_with_its_store(tmp_path: Path) -> None:
    (tmp_path / "mozilla").mkdir()
    (tmp_path / "mozilla/B.crt").write_bytes(pem(ROOT))
    (tmp_path / "conf").write_text("!mozilla/B.crt\n!mozilla/none.crt\n")
    (tmp_path / "blocklist").mkdir()
    (tmp_path / "blocklist/other.pem").write_bytes(pem(OTHER))
    settings = Settings(str(tmp_path / "conf"), str(tmp_path), (str(tmp_path / "blocklist"),))
    assert tuple(excluded_roots(settings)) == (ROOT.der, OTHER.der)
    anchors = (Anchor(ROOT.der, ("mozilla",)),)
    (system, mozilla) = with_exclusions(
        (factory.store("system"), factory.store("mozilla")), anchors, settings
    )
    assert system.excluded == (ROOT.sha256,)
    assert mozilla.excluded == ()
