"""Transparency logs of the lab: they sign what a "public" CA is about to issue (RFC 6962 section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certwizard.domain import der
from certwizard.domain.scts import CERTIFICATE_SCTS
from certwizard.lab.authority import Authority, Issued, new_key
from certwizard.lab.plan import Plan, SigningKey

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_X509_ENTRY, _PRECERT_ENTRY = b"\0\0", b"\0\1"


@dataclass(frozen=True, slots=True)
class PracticeLog:
    """A log that promises to publish whatever it is shown."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=new_key)

    @property
    def public_key(self) -> bytes:
        """The key its SCTs are checked with, as SubjectPublicKeyInfo."""
        return _spki(self.key)

    def sct(self, entry: bytes, when: datetime) -> bytes:
        """Sign an entry, encoded with its type first."""
        stamp = ((when - _EPOCH) // timedelta(milliseconds=1)).to_bytes(8)
        signature = self.key.sign(b"\0\0" + stamp + entry + b"\0\0", ec.ECDSA(hashes.SHA256()))
        log_id = sha256(self.public_key).digest()
        return b"\0" + log_id + stamp + b"\0\0\4\3" + _opaque16(signature)


def logged(
    authority: Authority,
    plan: Plan,
    logs: Sequence[PracticeLog],
    when: datetime,
    key: SigningKey | None = None,
) -> Issued:
    """Issue a certificate that carries a promise of each log.

    Args:
        authority: Who issues.
        plan: What goes into it.
        logs: Which logs are shown the precertificate.
        when: When they sign.
        key: The certificate's key; None makes a new one.
    """
    numbered = replace(plan, serial=x509.random_serial_number())
    own = key or new_key()
    # The log signs the body without its poison, which is the certificate's without the promises.
    body = authority.issue(numbered, own).certificate.tbs_certificate_bytes
    issuer = sha256(_spki(authority.issued.key)).digest()
    scts = sct_list([log.sct(_PRECERT_ENTRY + issuer + _opaque24(body), when) for log in logs])
    promises = x509.UnrecognizedExtension(
        x509.ObjectIdentifier(CERTIFICATE_SCTS), der.wrap(der.OCTET_STRING, scts)
    )
    return authority.issue(numbered.but(promises), own)


def certificate_scts(certificate: bytes, logs: Sequence[PracticeLog], when: datetime) -> bytes:
    """Return the promises of logs on a finished certificate, as a server sends them in its handshake."""
    return sct_list([log.sct(_X509_ENTRY + _opaque24(certificate), when) for log in logs])


def sct_list(scts: Sequence[bytes]) -> bytes:
    """Return a SignedCertificateTimestampList."""
    return _opaque16(b"".join(map(_opaque16, scts)))


def _spki(key: SigningKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _opaque16(data: bytes) -> bytes:
    return len(data).to_bytes(2) + data


def _opaque24(data: bytes) -> bytes:
    return len(data).to_bytes(3) + data
