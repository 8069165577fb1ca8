"""The lab's AIA, OCSP and CRL answers, asked for over HTTP."""

import base64
import contextlib
import socket
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.lab.authority import Authority, Issued
from certwizard.lab.network import Network
from certwizard.lab.pki import Pki
from certwizard.lab.plan import DAY, intermediate_plan, leaf_plan
from certwizard.lab.responder import BROKEN, Responder

HOST = "www.lab.localhost"
# Most clients name the issuer by SHA-1 hashes (RFC 5019 2.1.1); nothing is signed with it.
SHA1 = hashes.SHA1()  # noqa: S303


@pytest.fixture
def pki() -> Iterator[Pki]:
    network = Network()
    now = datetime.now(UTC).replace(microsecond=0)
    yield Pki(Responder(network, now), now)
    network.close()


@pytest.fixture
def leaf(pki: Pki) -> Issued:
    return pki.intermediate.issue(leaf_plan(pki.now, [HOST]))


def _get(url: str, body: bytes | None = None) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, body), timeout=5) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content


def _question(issued: Issued, authority: Authority, nonce: bytes | None = None) -> bytes:
    builder = ocsp.OCSPRequestBuilder().add_certificate(issued.certificate, authority.certificate, SHA1)
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.build().public_bytes(Encoding.DER)


def _ask(issued: Issued, authority: Authority, nonce: bytes | None = None) -> ocsp.OCSPResponse:
    url = authority.addresses.ocsp or ""
    return ocsp.load_der_ocsp_response(_get(url, _question(issued, authority, nonce)))


def _signed_by(certificate: x509.Certificate, signature: bytes, body: bytes) -> bool:
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(signature, body, ec.ECDSA(hashes.SHA256()))
    return True


def test_the_addresses_in_a_certificate_lead_to_its_issuer(pki: Pki, leaf: Issued) -> None:
    access = leaf.certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    urls = [each.access_location.value for each in access if each.access_method._name == "caIssuers"]

    assert [_get(url) for url in urls] == [pki.intermediate.issued.der]


def test_ocsp_says_good_by_post_and_by_get(pki: Pki, leaf: Issued) -> None:
    by_post = _ask(leaf, pki.intermediate)
    encoded = quote(base64.b64encode(_question(leaf, pki.intermediate)), safe="")
    by_get = ocsp.load_der_ocsp_response(_get(f"{pki.intermediate.addresses.ocsp}/{encoded}"))

    for answer in (by_post, by_get):
        assert answer.certificate_status is ocsp.OCSPCertStatus.GOOD
        assert answer.serial_number == leaf.certificate.serial_number
        assert _signed_by(pki.intermediate.certificate, answer.signature, answer.tbs_response_bytes)


def test_ocsp_repeats_the_nonce(pki: Pki, leaf: Issued) -> None:
    answer = _ask(leaf, pki.intermediate, b"0123456789abcdef")

    assert answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == b"0123456789abcdef"


def test_ocsp_and_crl_tell_of_a_revocation_with_reason_and_date(pki: Pki, leaf: Issued) -> None:
    when = pki.now - 2 * DAY
    pki.intermediate.revoke(leaf, when, x509.ReasonFlags.key_compromise)

    answer = _ask(leaf, pki.intermediate)
    crl = x509.load_der_x509_crl(_get(pki.intermediate.addresses.crl or ""))
    entry = crl.get_revoked_certificate_by_serial_number(leaf.certificate.serial_number)

    assert answer.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert (answer.revocation_time_utc, answer.revocation_reason) == (when, x509.ReasonFlags.key_compromise)
    assert entry is not None
    assert entry.revocation_date_utc == when
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is answer.revocation_reason
    assert _signed_by(pki.intermediate.certificate, crl.signature, crl.tbs_certlist_bytes)


def test_a_delegate_signs_with_its_own_certificate_from_the_ca(pki: Pki) -> None:
    authority = pki.subordinate("delegating", intermediate_plan(pki.now, "Delegating CA"), delegated=True)
    answer = _ask(authority.issue(leaf_plan(pki.now, [HOST])), authority)

    (delegate,) = answer.certificates
    delegate.verify_directly_issued_by(authority.certificate)
    usage = delegate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert ExtendedKeyUsageOID.OCSP_SIGNING in usage
    assert _signed_by(delegate, answer.signature, answer.tbs_response_bytes)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/intermediate/ocsp", b"nonsense"),
        ("/intermediate/ocsp", None),
        ("/intermediate/ocsp/%%%", None),
        ("/nobody/ca.der", None),
        ("/", None),
    ],
)
def test_what_cannot_be_answered_is_not_found(pki: Pki, path: str, body: bytes | None) -> None:
    assert pki.intermediate

    with pytest.raises(HTTPError) as caught:
        _get(pki.responder.base + path, body)
    assert caught.value.code == 404
    caught.value.close()


def test_an_address_can_be_made_to_fail(pki: Pki) -> None:
    url = pki.intermediate.addresses.ocsp or ""
    pki.responder.replace(url, BROKEN)

    with pytest.raises(HTTPError) as caught:
        _get(url, b"anything")
    assert caught.value.code == 500
    caught.value.close()


@pytest.mark.parametrize(
    "sent",
    [b"", b"\r\n\r\n", b"GET\r\n\r\n", b"\xff\xfe" * 20000],
    ids=["nothing", "empty lines", "half a line", "40 kB"],
)
def test_nonsense_on_the_line_ends_that_connection_alone(pki: Pki, sent: bytes) -> None:
    host, port = pki.responder.base.removeprefix("http://").split(":")
    # The server may hang up before it has read everything, and that resets the connection.
    with socket.create_connection((host, int(port)), 5) as sock, contextlib.suppress(ConnectionError):
        sock.sendall(sent)
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_WR)
        while sock.recv(4096):
            pass

    assert _get(pki.root.addresses.certificate or "") == pki.root.issued.der
