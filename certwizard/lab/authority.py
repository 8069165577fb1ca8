"""The lab's certificate authorities: they issue from plans, remember what they revoked, and answer for it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ObjectIdentifier

from certwizard.lab.plan import Plan, SigningKey

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its private key and the certificates above it."""

    der: bytes
    key: SigningKey
    above: tuple[bytes, ...] = ()
    """The intermediates up to, not including, the root; nearest first."""
    root: bytes = b""
    """The root above; empty for a certificate that signed itself."""

    @property
    def certificate(self) -> x509.Certificate:
        """The parsed certificate."""
        return x509.load_der_x509_certificate(self.der)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """What a server should send: the certificate, then the intermediates."""
        return (self.der, *self.above)


@dataclass(frozen=True, slots=True)
class Revocation:
    """That a certificate was revoked."""

    when: datetime
    reason: x509.ReasonFlags


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an authority publishes; None: it does not."""

    certificate: str | None = None
    ocsp: str | None = None
    crl: str | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """A CA: its own certificate and key, its addresses, and what it revoked."""

    issued: Issued
    addresses: Addresses = Addresses()
    revoked: dict[int, Revocation] = field(default_factory=dict)
    """By serial number."""

    @property
    def certificate(self) -> x509.Certificate:
        """The CA's own certificate."""
        return self.issued.certificate

    @property
    def is_root(self) -> bool:
        """Whether it signed itself."""
        return not self.issued.root

    def issue(self, plan: Plan, key: SigningKey | None = None) -> Issued:
        """Issue a certificate.

        Args:
            plan: What goes into it.
            key: Its key; None makes a new one.
        """
        subject_key = key or new_key()
        certificate = _builder(plan, subject_key, self.certificate, self.addresses).sign(
            self.issued.key, hashes.SHA256()
        )
        above = () if self.is_root else self.issued.chain
        return Issued(encode(certificate), subject_key, above, self.issued.root or self.issued.der)

    def revoke(self, issued: Issued, when: datetime, reason: x509.ReasonFlags) -> None:
        """Revoke a certificate of this CA."""
        self.revoked[issued.certificate.serial_number] = Revocation(when, reason)


def self_signed(plan: Plan, key: SigningKey | None = None) -> Issued:
    """Issue a certificate that signs itself, such as a root."""
    own = key or new_key()
    return Issued(encode(_builder(plan, own, None, Addresses()).sign(own, hashes.SHA256())), own)


def new_key() -> ec.EllipticCurvePrivateKey:
    """Make a P-256 key, which takes no time."""
    return ec.generate_private_key(ec.SECP256R1())


def known_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Derive the P-256 key of a fixed text: the same key in every lab, which everybody can make, and so no secret."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()) % _P256_ORDER
    return ec.derive_private_key(number, ec.SECP256R1())


def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    """Make an RSA key, for the scenarios that need one."""
    return rsa.generate_private_key(65537, bits)


def encode(certificate: x509.Certificate) -> bytes:
    """Return a certificate as DER."""
    return certificate.public_bytes(Encoding.DER)


def _builder(
    plan: Plan, key: SigningKey, issuer: x509.Certificate | None, addresses: Addresses
) -> x509.CertificateBuilder:
    """Fill a builder; the issuer is None where the certificate signs itself."""
    public = key.public_key()
    key_id = x509.SubjectKeyIdentifier.from_public_key(public)
    builder = (
        x509.CertificateBuilder(plan.subject if issuer is None else issuer.subject, plan.subject, public)
        .serial_number(plan.serial or x509.random_serial_number())
        .not_valid_before(plan.not_before)
        .not_valid_after(plan.not_after)
        .add_extension(key_id, critical=False)
        .add_extension(_authority_key_id(key_id, issuer), critical=False)
    )
    for extension, critical in (*plan.extensions, *_address_extensions(plan, addresses)):
        builder = builder.add_extension(extension, critical)
    return builder


def _authority_key_id(
    own: x509.SubjectKeyIdentifier, issuer: x509.Certificate | None
) -> x509.AuthorityKeyIdentifier:
    if issuer is not None:
        own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _address_extensions(plan: Plan, addresses: Addresses) -> list[tuple[x509.ExtensionType, bool]]:
    found: list[tuple[x509.ExtensionType, bool]] = []
    access = [
        *_access(AuthorityInformationAccessOID.OCSP, addresses.ocsp if plan.ocsp else None),
        *_access(AuthorityInformationAccessOID.CA_ISSUERS, addresses.certificate if plan.aia else None),
    ]
    if access:
        found.append((x509.AuthorityInformationAccess(access), False))
    if plan.crl and addresses.crl:
        full_name = [x509.UniformResourceIdentifier(addresses.crl)]
        found.append(
            (x509.CRLDistributionPoints([x509.DistributionPoint(full_name, None, None, None)]), False)
        )
    return found


def _access(method: ObjectIdentifier, url: str | None) -> list[x509.AccessDescription]:
    return [] if url is None else [x509.AccessDescription(method, x509.UniformResourceIdentifier(url))]
