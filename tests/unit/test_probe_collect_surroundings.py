"""Missing issuers and revocation answers are fetched from the addresses in certificates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access

from certwizard.domain.observation import FailureReason, Fetch, FetchPurpose
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.probe.cancel import CancelToken
from certwizard.probe.crl_file import read_crl_file
from certwizard.probe.guard import Reach
from certwizard.probe.phases import Phases
from certwizard.probe.surroundings import Surroundings, Surveyor
from tests import factory
from tests.factory import Issued
from tests.unit.probe_collect_web import Web, web
from tests.unit.probe_net_servers import PATIENCE, server, silent

ROOT = factory.root("Root")


def access(*issuers: str, responders: tuple[str, ...] = ()) -> x509.AuthorityInformationAccess:
    rows = [(Access.CA_ISSUERS, url) for url in issuers] + [(Access.OCSP, url) for url in responders]
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(kind, x509.UniformResourceIdentifier(url)) for kind, url in rows]
    )


def lists(*urls: str) -> x509.CRLDistributionPoints:
    names = [x509.UniformResourceIdentifier(url) for url in urls]
    return x509.CRLDistributionPoints([x509.DistributionPoint([name], None, None, None) for name in names])


class Look:
    """Looks around a chain with one given root."""

    def __init__(self, folder: Path, root: Issued = ROOT) -> None:
        path = folder / "ca.pem"
        path.write_bytes(root.certificate.public_bytes(Encoding.PEM))
        self.ca_files = (str(path),)
        self.progress: list[Progress] = []
        self.cancel = CancelToken()

    def around(
        self,
        *chain: Issued,
        offline: bool = False,
        timeout: float = PATIENCE,
        crl_files: tuple[str, ...] = (),
    ) -> Surroundings:
        options = ProbeOptions(
            ca_files=self.ca_files, only_ca_file=True, offline=offline, timeout=timeout, crl_files=crl_files
        )
        phases = Phases(self.progress.append)
        surveyor = Surveyor(options, Reach.LOCAL, factory.NOW, phases, self.cancel)
        return surveyor.look(tuple(issued.der for issued in chain))

    def ended(self, phase: Phase) -> PhaseState:
        return [one.state for one in self.progress if one.phase is phase][-1]


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as running:
        yield running


@pytest.fixture
def look(tmp_path: Path) -> Look:
    return Look(tmp_path)


def bodies(fetches: tuple[Fetch, ...], purpose: FetchPurpose) -> list[bytes]:
    return [fetch.body for fetch in fetches if fetch.purpose is purpose]


def test_a_complete_chain_fetches_nothing(look: Look, site: Web) -> None:
    middle = factory.intermediate(ROOT, having=[access(site.url("/root.der"))])
    leaf = factory.leaf(middle, having=[access(site.url("/middle.der"))])
    around = look.around(leaf, middle)
    assert (around.fetches, site.asked) == ((), [])
    assert [anchor.der for anchor in around.anchors] == [ROOT.der]
    assert around.openssl is not None
    assert around.openssl.code == 0
    assert around.openssl_version.startswith("OpenSSL")


@pytest.mark.parametrize("form", ["DER", "PEM", "PKCS#7", "PKCS#7 in PEM"])
def test_a_missing_intermediate_is_fetched_in_every_form(look: Look, site: Web, form: str) -> None:
    middle = factory.intermediate(ROOT)
    certificate = middle.certificate
    body = {
        "DER": certificate.public_bytes(Encoding.DER),
        "PEM": certificate.public_bytes(Encoding.PEM),
        "PKCS#7": pkcs7.serialize_certificates([certificate], Encoding.DER),
        "PKCS#7 in PEM": pkcs7.serialize_certificates([certificate], Encoding.PEM),
    }[form]
    leaf = factory.leaf(middle, having=[access(site.serve("/middle", body))])
    around = look.around(leaf)
    assert [(fetch.body, fetch.certificate) for fetch in around.fetches] == [(body, leaf.sha256)]
    assert [anchor.der for anchor in around.anchors] == [ROOT.der]
    assert around.openssl is not None
    assert around.openssl.code == 20
    assert look.ended(Phase.CHAIN) is PhaseState.DONE


def test_several_missing_issuers_are_fetched_one_after_the_other(look: Look, site: Web) -> None:
    first = factory.intermediate(ROOT, "First")
    second = factory.intermediate(first, "Second", having=[access(site.serve("/first", first.der))])
    leaf = factory.leaf(second, having=[access(site.url("/gone"), site.serve("/second", second.der))])
    assert look.around(leaf).fetches[-1].body == first.der
    assert site.asked == ["/gone", "/second", "/first"]


def test_an_endless_row_of_issuers_ends(look: Look, site: Web) -> None:
    issuer = factory.intermediate(factory.root("Nowhere"), "Issuer 20", having=[access(site.url("/20"))])
    for number in range(19, 0, -1):
        site.serve(f"/{number + 1}", issuer.der)
        issuer = factory.intermediate(issuer, f"Issuer {number}", having=[access(site.url(f"/{number + 1}"))])
    leaf = factory.leaf(issuer, having=[access(site.serve("/1", issuer.der))])
    look.around(leaf)
    assert len(site.asked) == 6


def test_issuers_that_point_at_each_other_end(look: Look, site: Web) -> None:
    a = factory.intermediate(factory.root("B"), "A", having=[access(site.url("/b"))])
    b = factory.intermediate(a, "B", key=factory.ec_key("B"), having=[access(site.url("/a"))])
    site.serve("/a", a.der)
    site.serve("/b", b.der)
    leaf = factory.leaf(a, having=[access(site.url("/a"))])
    look.around(leaf)
    assert site.asked == ["/a", "/b"]


def test_a_certificate_that_is_not_the_issuer_is_kept_as_evidence_alone(look: Look, site: Web) -> None:
    middle, other = factory.intermediate(ROOT), factory.intermediate(ROOT, "Other")
    leaf = factory.leaf(middle, having=[access(site.serve("/other", other.der))])
    around = look.around(leaf)
    assert [fetch.body for fetch in around.fetches] == [other.der]
    assert look.ended(Phase.CHAIN) is PhaseState.FAILED


def test_an_answer_that_is_no_certificate_is_kept_as_evidence(look: Look, site: Web) -> None:
    leaf = factory.leaf(factory.intermediate(ROOT), having=[access(site.serve("/x", b"<html>gone</html>"))])
    assert [fetch.body for fetch in look.around(leaf).fetches] == [b"<html>gone</html>"]
    assert look.ended(Phase.CHAIN) is PhaseState.FAILED


def test_at_most_four_addresses_of_a_certificate_are_asked(look: Look, site: Web) -> None:
    urls = [site.url(f"/{number}") for number in range(9)]
    look.around(factory.leaf(factory.intermediate(ROOT), having=[access(*urls)]))
    assert site.asked == ["/0", "/1", "/2", "/3"]


def test_an_unknown_self_signed_root_fetches_nothing(look: Look, site: Web) -> None:
    stranger = factory.root("Stranger", having=[access(site.url("/x"))])
    look.around(factory.leaf(stranger), stranger)
    assert site.asked == []


def test_offline_fetches_nothing(look: Look, site: Web) -> None:
    middle = factory.intermediate(ROOT)
    urls = access(site.serve("/m", middle.der), responders=(site.url("/ocsp"),))
    around = look.around(factory.leaf(middle, having=[urls, lists(site.url("/crl"))]), offline=True)
    assert (around.fetches, site.asked) == ((), [])
    assert look.ended(Phase.CHAIN) is PhaseState.SKIPPED
    assert look.ended(Phase.REVOCATION) is PhaseState.SKIPPED


def test_an_ocsp_question_names_the_certificate_and_its_issuer(look: Look, site: Web) -> None:
    middle = factory.intermediate(ROOT)
    leaf = factory.leaf(middle, having=[access(responders=(site.serve("/ocsp", b"answer"),))])
    (fetch,) = look.around(leaf, middle).fetches
    assert (fetch.purpose, fetch.body) == (FetchPurpose.OCSP, b"answer")
    assert (fetch.certificate, fetch.issuer) == (leaf.sha256, middle.sha256)
    asked = ocsp.load_der_ocsp_request(site.requests[0].body)
    assert asked.serial_number == leaf.certificate.serial_number
    assert isinstance(asked.hash_algorithm, hashes.SHA1)
    key_id = x509.SubjectKeyIdentifier.from_public_key(middle.key.public_key()).digest
    assert asked.issuer_key_hash == key_id
    assert b"content-type: application/ocsp-request" in site.requests[0].head.lower()


def test_crls_are_fetched_for_leaf_and_intermediates_but_not_for_the_anchor(look: Look, site: Web) -> None:
    middle = factory.intermediate(ROOT, having=[lists(site.serve("/root.crl", b"of the root"))])
    leaf = factory.leaf(middle, having=[lists(site.serve("/middle.crl", b"of the intermediate"))])
    fetches = look.around(leaf, middle).fetches
    assert bodies(fetches, FetchPurpose.CRL) == [b"of the intermediate", b"of the root"]
    assert [fetch.certificate for fetch in fetches] == [leaf.sha256, middle.sha256]


def test_a_fetched_issuer_is_asked_about_as_well(look: Look, site: Web) -> None:
    middle = factory.intermediate(ROOT, having=[lists(site.serve("/root.crl", b"list"))])
    leaf = factory.leaf(
        middle, having=[access(site.serve("/m", middle.der), responders=(site.url("/ocsp"),))]
    )
    purposes = [fetch.purpose for fetch in look.around(leaf).fetches]
    assert purposes == [FetchPurpose.AIA, FetchPurpose.OCSP, FetchPurpose.CRL]


def test_a_leaf_without_a_known_issuer_is_not_asked_about(look: Look, site: Web) -> None:
    leaf = factory.leaf(factory.intermediate(ROOT), having=[access(responders=(site.url("/ocsp"),))])
    assert look.around(leaf).fetches == ()
    assert look.ended(Phase.REVOCATION) is PhaseState.SKIPPED


def test_the_issuer_asked_about_is_the_one_that_signed(look: Look, site: Web) -> None:
    no_ids: list[type[x509.ExtensionType]] = [x509.SubjectKeyIdentifier, x509.AuthorityKeyIdentifier]
    twin = factory.intermediate(ROOT, key=factory.ec_key("twin"), without=no_ids)
    middle = factory.intermediate(ROOT, without=no_ids)
    having = [access(responders=(site.serve("/ocsp", b"answer"),))]
    leaf = factory.leaf(middle, having=having, without=no_ids)
    (fetch,) = look.around(leaf, twin, middle).fetches
    assert fetch.issuer == middle.sha256


def test_at_most_two_addresses_of_a_kind_are_asked(look: Look, site: Web) -> None:
    responders = tuple(site.url(f"/ocsp{number}") for number in range(5))
    crls = [site.url(f"/crl{number}") for number in range(5)]
    leaf = factory.leaf(ROOT, having=[access(responders=responders), lists("ldap:///CN=x", *crls)])
    look.around(leaf)
    assert sorted(site.asked) == ["/crl0", "/crl1", "/ocsp0", "/ocsp1"]


def test_an_ldap_address_is_recorded_as_not_asked(look: Look) -> None:
    (fetch,) = look.around(factory.leaf(ROOT, having=[lists("ldap:///CN=x")])).fetches
    assert fetch.failure is not None
    assert fetch.failure.reason is FailureReason.NOT_ALLOWED


def test_dead_responders_cost_one_timeout_together(look: Look) -> None:
    with server(silent) as port:
        url = f"http://127.0.0.1:{port}/"
        dead = [access(responders=(f"{url}a", f"{url}b")), lists(f"{url}c", f"{url}d")]
        middle = factory.intermediate(ROOT, having=dead)
        fetches = look.around(factory.leaf(middle, having=dead), middle, timeout=0.5).fetches
    assert [fetch.failure.reason for fetch in fetches if fetch.failure] == [FailureReason.TIMEOUT] * 8
    asking = [one for one in look.progress if one.phase is Phase.REVOCATION][-1]
    assert asking.state is PhaseState.FAILED
    assert asking.ms is not None
    assert asking.ms < 1500


def test_a_cancelled_look_ends_at_once(look: Look, site: Web) -> None:
    look.cancel.cancel()
    around = look.around(factory.leaf(ROOT, having=[access(responders=(site.url("/ocsp"),))]))
    assert (around, site.asked) == (Surroundings(), [])


def test_a_cancel_while_fetching_is_recorded_where_it_struck(look: Look, site: Web) -> None:
    def strike(_: object) -> None:
        look.cancel.cancel()

    site.answers["/m"] = strike
    leaf = factory.leaf(factory.intermediate(ROOT), having=[access(site.url("/m"), site.url("/n"))])
    fetches = look.around(leaf).fetches
    assert site.asked == ["/m"]
    assert len(fetches) == 1
    assert look.ended(Phase.REVOCATION) is PhaseState.SKIPPED


def crl(issuer: Issued = ROOT) -> x509.CertificateRevocationList:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(factory.NOW).next_update(factory.NOW + factory.DAY)
    return builder.sign(issuer.key, hashes.SHA256())


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_given_crl_is_read_even_offline(look: Look, tmp_path: Path, encoding: Encoding) -> None:
    path = tmp_path / "list.crl"
    given = crl()
    path.write_bytes(given.public_bytes(encoding))
    (fetch,) = look.around(factory.leaf(ROOT), offline=True, crl_files=(str(path),)).fetches
    assert (fetch.purpose, fetch.url) == (FetchPurpose.CRL_FILE, str(path))
    assert fetch.body == given.public_bytes(Encoding.DER)


def test_a_given_crl_that_is_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.crl"
    path.write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))
    (fetch,) = read_crl_file(str(path))
    assert fetch.failure is not None
    assert (fetch.failure.reason, fetch.failure.spoke) == (FailureReason.WRONG_KIND, "a certificate")
    (missing,) = read_crl_file(str(tmp_path / "none"))
    assert missing.failure is not None
    assert missing.failure.reason is FailureReason.UNREADABLE


def test_bytes_that_are_no_certificate_lead_nowhere_and_break_nothing(look: Look) -> None:
    surveyor = Surveyor(ProbeOptions(offline=True), Reach.LOCAL, factory.NOW, Phases(None), CancelToken())
    for junk in (b"", b"\x30", b"\x30\x82\xff\xff", ROOT.der[:100], ROOT.der[:-30]):
        around = surveyor.look((junk, ROOT.der))
        assert around.fetches == ()


def test_the_issuers_and_roots_of_what_other_addresses_sent_are_found_too(tmp_path: Path, site: Web) -> None:
    own = factory.leaf(None, ["own.example"])
    middle = factory.intermediate(ROOT)
    left_out = factory.leaf(middle, having=[access(site.serve("/middle", middle.der))])
    look = Look(tmp_path)
    options = ProbeOptions(ca_files=look.ca_files, only_ca_file=True, timeout=PATIENCE)
    surveyor = Surveyor(options, Reach.LOCAL, factory.NOW, Phases(None), look.cancel)
    alone = surveyor.look((own.der,))
    assert (alone.anchors, alone.fetches, site.asked) == ((), (), [])
    around = surveyor.look((own.der,), [(left_out.der,), (left_out.der,)])
    assert [anchor.der for anchor in around.anchors] == [ROOT.der]
    assert bodies(around.fetches, FetchPurpose.AIA) == [middle.der]
    assert site.asked == ["/middle"]


def test_offline_nothing_is_fetched_for_other_addresses_either(tmp_path: Path, site: Web) -> None:
    middle = factory.intermediate(ROOT)
    left_out = factory.leaf(middle, having=[access(site.serve("/middle", middle.der))])
    options = ProbeOptions(ca_files=Look(tmp_path).ca_files, only_ca_file=True, offline=True)
    surveyor = Surveyor(options, Reach.LOCAL, factory.NOW, Phases(None), CancelToken())
    around = surveyor.look((left_out.der, middle.der), [(left_out.der,)])
    assert ([anchor.der for anchor in around.anchors], site.asked) == ([ROOT.der], [])
