"""Certificates made by hand, and what a probe would have seen of them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import Failure, FailureReason, Handshake, Observation, Offer, Resolution
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.target import Target, TargetKind

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
HOST = "shop.eu.example.com"
TARGET = Target(f"{HOST}", TargetKind.SERVER, HOST, 443, HOST)

_LEAF_SECRET, _INTER_SECRET, _ROOT_SECRET = 11, 12, 13


def _key(secret: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(secret, ec.SECP256R1())


@cache
def certificate(
    subject: str,
    issuer: str,
    begins: datetime,
    ends: datetime,
    names: tuple[str, ...] = (),
    ca: bool = False,
    secret: int = _LEAF_SECRET,
    signed_by: int = _INTER_SECRET,
) -> Certificate:
    """A parsed certificate; keys come from small numbers and serials are fixed."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .not_valid_before(begins)
        .not_valid_after(ends)
        .serial_number(0x04C0FFEE00 + secret)
        .public_key(_key(secret).public_key())
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), False)
    signed = builder.sign(_key(signed_by), hashes.SHA256(), ecdsa_deterministic=True)
    return parse_certificate(signed.public_bytes(serialization.Encoding.DER))


def leaf(ends: datetime = NOW - timedelta(days=12), subject: str = HOST) -> Certificate:
    return certificate(
        subject, "R11", ends - timedelta(days=90), ends, ("example.com", "*.example.com", "shop.example.org")
    )


def intermediate() -> Certificate:
    begins, ends = datetime(2024, 3, 13, tzinfo=UTC), datetime(2027, 3, 12, tzinfo=UTC)
    return certificate("R11", "ISRG Root X1", begins, ends, (), True, _INTER_SECRET, _ROOT_SECRET)


def root() -> Certificate:
    begins, ends = datetime(2015, 6, 4, tzinfo=UTC), datetime(2035, 6, 4, tzinfo=UTC)
    return certificate("ISRG Root X1", "ISRG Root X1", begins, ends, (), True, _ROOT_SECRET, _ROOT_SECRET)


def observation(chain: Iterable[Certificate] = ()) -> Observation:
    ders = tuple(each.der for each in chain) or (leaf().der,)
    refused = Failure(FailureReason.REFUSED, "Connection refused")
    return Observation(
        target=TARGET,
        observed_at=NOW,
        judge_at=NOW,
        resolution=Resolution(HOST, ("192.0.2.10", "2001:db8::10"), ms=14),
        handshakes=(
            Handshake(
                "192.0.2.10",
                443,
                HOST,
                Offer.MODERN,
                None,
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                ders,
                connect_ms=21,
                handshake_ms=27,
            ),
            Handshake("2001:db8::10", 443, HOST, Offer.MODERN, refused),
        ),
    )
