"""The lab's certificates: good by default for the strictest readers, wrong only where asked."""

import ssl
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import SignatureAlgorithmOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from certwizard.domain.vocabulary import Verdict
from certwizard.lab.authority import Addresses, Authority, Issued, rsa_key, self_signed
from certwizard.lab.catalogue import SCENARIOS
from certwizard.lab.faults import with_broken_signature, with_sha1_signature
from certwizard.lab.lab import Lab
from certwizard.lab.plan import DAY, intermediate_plan, leaf_plan, root_plan
from tests.unit.lab_client import connect

NOW = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
HOST = "www.lab.localhost"
ADDRESSES = Addresses("http://127.0.0.1:1/ca.der", "http://127.0.0.1:1/ocsp", "http://127.0.0.1:1/crl.crl")


@pytest.fixture
def root() -> Authority:
    return Authority(self_signed(root_plan(NOW, "Root")), ADDRESSES)


@pytest.fixture
def intermediate(root: Authority) -> Authority:
    return Authority(root.issue(intermediate_plan(NOW, "Intermediate")), ADDRESSES)


def _verify(issued: Issued) -> None:
    store = Store([x509.load_der_x509_certificate(issued.root)])
    verifier = PolicyBuilder().store(store).time(NOW).build_server_verifier(x509.DNSName(HOST))
    above = [x509.load_der_x509_certificate(der) for der in issued.above]
    verifier.verify(issued.certificate, above)


def test_the_default_chain_satisfies_a_strict_verifier(intermediate: Authority) -> None:
    _verify(intermediate.issue(leaf_plan(NOW, [HOST])))


def test_a_broken_signature_is_broken_and_nothing_else_changes(intermediate: Authority) -> None:
    issued = intermediate.issue(leaf_plan(NOW, [HOST]))
    broken = x509.load_der_x509_certificate(with_broken_signature(issued.der))

    assert broken.tbs_certificate_bytes == issued.certificate.tbs_certificate_bytes
    with pytest.raises(VerificationError):
        _verify(Issued(with_broken_signature(issued.der), issued.key, issued.above, issued.root))


def test_a_sha1_signature_is_valid_and_says_what_it_is(root: Authority) -> None:
    key = rsa_key(2048)
    authority = Authority(root.issue(intermediate_plan(NOW, "RSA"), key))
    issued = authority.issue(leaf_plan(NOW, [HOST]))
    old = x509.load_der_x509_certificate(with_sha1_signature(issued.der, key))

    assert old.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA1
    assert old.subject == issued.certificate.subject
    public = key.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(old.signature, old.tbs_certificate_bytes, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303


def test_a_plan_replaces_and_removes_extensions_by_kind() -> None:
    plan = leaf_plan(NOW, [HOST])
    changed = plan.but(x509.BasicConstraints(ca=True, path_length=None), critical=False)

    assert len(changed.extensions) == len(plan.extensions)
    assert (x509.BasicConstraints(ca=True, path_length=None), False) in changed.extensions
    assert len(plan.without(x509.BasicConstraints).extensions) == len(plan.extensions) - 1


def test_a_silent_plan_names_no_address(intermediate: Authority) -> None:
    certificate = intermediate.issue(leaf_plan(NOW, [HOST]).silent()).certificate

    kinds = {type(extension.value) for extension in certificate.extensions}
    assert not kinds & {x509.AuthorityInformationAccess, x509.CRLDistributionPoints}


def test_an_address_is_listed_as_an_address(intermediate: Authority) -> None:
    certificate = intermediate.issue(leaf_plan(NOW, ["127.0.0.1", HOST])).certificate
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value

    assert [str(each) for each in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]
    assert names.get_values_for_type(x509.DNSName) == [HOST]


def test_a_root_names_itself_and_a_leaf_ends_before_its_issuers(
    root: Authority, intermediate: Authority
) -> None:
    issued = intermediate.issue(leaf_plan(NOW, [HOST]))

    assert root.is_root
    assert not intermediate.is_root
    assert issued.chain == (issued.der, intermediate.issued.der)
    assert issued.certificate.not_valid_after_utc - NOW < 90 * DAY
    assert issued.certificate.not_valid_after_utc < intermediate.certificate.not_valid_after_utc


ACCEPTED = [scenario.id for scenario in SCENARIOS if scenario.verdict is Verdict.ACCEPTED]


@pytest.mark.parametrize("name", [name for name in ACCEPTED if not name.startswith("smtp")])
def test_healthy_servers_satisfy_pythons_strict_checks(name: str) -> None:
    with Lab() as lab:
        opened = lab.open(name)
        context = ssl.create_default_context(cafile=opened.trust_file)
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        with (
            connect(opened) as sock,
            context.wrap_socket(sock, server_hostname=opened.target.server_name) as tls,
        ):
            assert tls.version() == "TLSv1.3"
