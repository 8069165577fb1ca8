"""A log's signature holds over this very certificate and nothing else."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certwizard.domain import der
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.sct_signatures import precertificate_body, verify_sct
from certwizard.domain.scts import Sct, certificate_scts, tls_scts
from certwizard.domain.signatures import SignatureStatus
from tests import factory, surgery, transparency
from tests.factory import NOW

PKI = factory.pki()
LOG, OTHER = transparency.Log("verified"), transparency.Log("other")
ISSUER = parse_certificate(PKI.intermediate.der)
LEAF = parse_certificate(transparency.logged_leaf(PKI.intermediate, [(LOG, NOW)]).der)
(EMBEDDED,) = certificate_scts(LEAF).scts


def delivered(leaf: bytes) -> Sct:
    """The SCT of a server's handshake."""
    (found,) = tls_scts(transparency.delivered(leaf, NOW, [LOG])).scts
    return found


def test_an_embedded_sct_is_valid_over_the_rebuilt_precertificate() -> None:
    assert verify_sct(EMBEDDED, LOG.spki, LEAF, ISSUER) is SignatureStatus.VALID


def test_the_rebuilt_body_is_the_precertificates_without_its_poison() -> None:
    plain = factory.leaf(PKI.intermediate).certificate

    assert precertificate_body(LEAF.der) == plain.tbs_certificate_bytes


def test_another_key_another_time_and_another_issuer_are_refused() -> None:
    later = Sct(
        0, EMBEDDED.log_id, EMBEDDED.timestamp + timedelta(milliseconds=1), 4, 3, EMBEDDED.signature,
        EMBEDDED.source,
    )  # fmt: skip
    assert verify_sct(EMBEDDED, OTHER.spki, LEAF, ISSUER) is SignatureStatus.INVALID
    assert verify_sct(later, LOG.spki, LEAF, ISSUER) is SignatureStatus.INVALID
    assert verify_sct(EMBEDDED, LOG.spki, LEAF, parse_certificate(PKI.root.der)) is SignatureStatus.INVALID


def test_without_the_issuer_an_embedded_sct_cannot_be_checked() -> None:
    assert verify_sct(EMBEDDED, LOG.spki, LEAF, None) is SignatureStatus.UNSUPPORTED


def test_an_sct_of_the_handshake_is_over_the_whole_certificate() -> None:
    assert verify_sct(delivered(LEAF.der), LOG.spki, LEAF, None) is SignatureStatus.VALID
    assert verify_sct(delivered(PKI.leaf.der), LOG.spki, LEAF, None) is SignatureStatus.INVALID


def test_logs_with_rsa_keys_are_verified_too() -> None:
    key = factory.rsa_key(2048, "log")
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    stamp = EMBEDDED.milliseconds.to_bytes(8)
    signed = b"\0\0" + stamp + transparency.certificate_entry(LEAF.der) + b"\0\0"
    signature = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    raw = bytes(33) + stamp + b"\0\0\x04\x01" + transparency.vector(signature)
    (found,) = tls_scts(transparency.sct_list(raw)).scts

    assert verify_sct(found, spki, LEAF, None) is SignatureStatus.VALID


@pytest.mark.parametrize("algorithm", [(2, 3), (4, 2), (0, 0)])
def test_algorithms_that_the_rfc_does_not_allow_are_not_supported(algorithm: tuple[int, int]) -> None:
    odd = Sct(0, EMBEDDED.log_id, EMBEDDED.timestamp, *algorithm, EMBEDDED.signature, EMBEDDED.source)

    assert verify_sct(odd, LOG.spki, LEAF, ISSUER) is SignatureStatus.UNSUPPORTED


def test_a_certificate_with_nothing_but_scts_loses_its_extensions_altogether() -> None:
    (only,) = (each for each in surgery.extensions_of(LEAF.der) if b"\x04\x02" in each and len(each) > 100)
    bare = surgery.with_extensions(LEAF.der, only)

    body = precertificate_body(bare)

    assert body is not None
    assert 0xA3 not in [part.tag for part in der.read(body).children()]


def test_bytes_that_are_no_certificate_have_no_body() -> None:
    assert precertificate_body(b"") is None
    assert precertificate_body(b"\x30\x03\x02\x01\x05") is None


def test_the_libraries_own_extension_class_reads_what_was_embedded() -> None:
    kind = x509.PrecertificateSignedCertificateTimestamps
    carried = x509.load_der_x509_certificate(LEAF.der).extensions.get_extension_for_class(kind)

    assert [each.log_id for each in carried.value] == [LOG.log_id]
