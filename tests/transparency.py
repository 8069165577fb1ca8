"""Certificate Transparency for tests: logs with keys of their own, and certificates that carry their SCTs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certwizard.domain import der
from certwizard.domain.scts import CERTIFICATE_SCTS
from tests import factory

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Log:
    """A log that signs whatever it is shown."""

    label: str

    @property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """The log's key; the same one again within a run."""
        return factory.ec_key(f"log {self.label}")

    @property
    def spki(self) -> bytes:
        """The log's public key."""
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @property
    def log_id(self) -> bytes:
        """What SCTs name the log by."""
        return sha256(self.spki).digest()

    def sct(self, entry: bytes, when: datetime) -> bytes:
        """Return an SCT over an encoded log entry (its type first)."""
        stamp = ((when - _EPOCH) // timedelta(milliseconds=1)).to_bytes(8)
        signature = self.key.sign(b"\0\0" + stamp + entry + b"\0\0", ec.ECDSA(hashes.SHA256()))
        return sct(self.log_id, stamp, signature)


def sct(log_id: bytes, stamp: bytes, signature: bytes, *, version: int = 0, extensions: bytes = b"") -> bytes:
    """Return an encoded SCT (RFC 6962 section 3.2), signed with ECDSA and SHA-256."""
    return bytes((version,)) + log_id + stamp + vector(extensions) + b"\x04\x03" + vector(signature)


def vector(data: bytes) -> bytes:
    """Return data behind its length in two bytes."""
    return len(data).to_bytes(2) + data


def sct_list(*scts: bytes) -> bytes:
    """Return an encoded SignedCertificateTimestampList."""
    return vector(b"".join(vector(each) for each in scts))


def precertificate_entry(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Return the log entry of a certificate that carries no SCT yet."""
    key = issuer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    tbs = certificate.tbs_certificate_bytes
    return b"\0\1" + sha256(key).digest() + len(tbs).to_bytes(3) + tbs


def certificate_entry(certificate: bytes) -> bytes:
    """Return the log entry of a whole certificate, as SCTs in TLS and OCSP sign it."""
    return b"\0\0" + len(certificate).to_bytes(3) + certificate


def embedded(value: bytes) -> x509.Extension[x509.ExtensionType]:
    """Return the certificate extension that carries a list of SCTs."""
    oid = x509.ObjectIdentifier(CERTIFICATE_SCTS)
    wrapped = x509.UnrecognizedExtension(oid, der.wrap(der.OCTET_STRING, value))
    return x509.Extension(oid, False, wrapped)


def logged_leaf(
    issuer: factory.Issued, stamps: Sequence[tuple[Log, datetime]], **changes: object
) -> factory.Issued:
    """Return a leaf with an embedded SCT of each log, over its own precertificate."""
    plain = factory.leaf(issuer, **changes)  # type: ignore[arg-type]
    entry = precertificate_entry(plain.certificate, issuer.certificate)
    carried = embedded(sct_list(*(log.sct(entry, when) for log, when in stamps)))
    return factory.leaf(issuer, extra=(carried,), **changes)  # type: ignore[arg-type]


LOGS = (Log("usual one"), Log("usual two"))
"""The logs that `factory.observation` knows of, each of an operator of its own."""

KEYS = tuple(log.spki for log in LOGS)


def delivered(leaf: bytes, when: datetime = factory.NOW - factory.DAY, logs: Sequence[Log] = LOGS) -> bytes:
    """Return the list of SCTs over a certificate that a server sends in the handshake."""
    return sct_list(*(log.sct(certificate_entry(leaf), when) for log in logs))


def indexed_sct(log: Log, entry: bytes, when: datetime, index: int = 7) -> bytes:
    """Return an SCT that says where in a static-ct-api log it stands."""
    extensions = b"\0" + vector(index.to_bytes(5))
    stamp = ((when - _EPOCH) // timedelta(milliseconds=1)).to_bytes(8)
    signed = b"\0\0" + stamp + entry + vector(extensions)
    return sct(log.log_id, stamp, log.key.sign(signed, ec.ECDSA(hashes.SHA256())), extensions=extensions)
