"""The facts of one certificate, as plain frozen values.

Everything textual in here is already clean (see `cleantext`): it may be shown, never parsed as markup.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

STATUS_REQUEST = 5
"""The TLS extension that a stapled OCSP answer comes in (RFC 6066 section 8)."""


@dataclass(frozen=True, slots=True)
class NameAttribute:
    """One attribute of a distinguished name, such as ``O=Example``."""

    oid: str
    label: str
    """Short label of RFC 4514 (CN, O, OU, C, ...) or the dotted OID."""
    value: str


@dataclass(frozen=True, slots=True)
class DistinguishedName:
    """A subject or issuer name."""

    der: bytes
    """The encoded Name, for comparing."""
    attributes: tuple[NameAttribute, ...] = ()

    def first(self, label: str) -> str | None:
        """Return the first value under a label such as ``CN``, or None."""
        return next((a.value for a in self.attributes if a.label == label), None)

    @property
    def text(self) -> str:
        """The whole name in one line, most specific part first."""
        return ", ".join(f"{a.label}={a.value}" for a in reversed(self.attributes))

    @property
    def short(self) -> str:
        """The common name, else the organisation, else the whole name, else ``(empty name)``."""
        return self.first("CN") or self.first("O") or self.text or "(empty name)"


@dataclass(frozen=True, slots=True)
class PublicKeyFacts:
    """The public key in the certificate's SPKI."""

    kind: str
    """``RSA`` ``EC`` ``DSA`` ``Ed25519`` ``Ed448``, another library name, or ``unknown``."""
    bits: int | None
    curve: str | None
    """Curve name as in `cryptography` (``secp256r1``), for EC keys."""
    exponent: int | None
    """Of RSA keys; None also where it is absurdly large."""
    spki_der: bytes
    spki_sha256: str

    @property
    def text(self) -> str:
        """The key in words: ``RSA 2048 bits``, ``EC secp256r1``."""
        if self.kind == "EC" and self.curve:
            return f"EC {self.curve}"
        return f"{self.kind} {self.bits} bits" if self.bits else self.kind


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """The algorithm the issuer signed with."""

    oid: str
    name: str
    """Name such as ``sha256WithRSAEncryption`` or the dotted OID."""
    hash_name: str | None
    """``sha1`` ``sha256`` ...; None where the algorithm has none (Ed25519) or it is unknown."""


@dataclass(frozen=True, slots=True)
class SubjectAltNames:
    """The entries of the subjectAltName extension, in their order by kind."""

    dns: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    """Addresses in canonical text."""
    emails: tuple[str, ...] = ()
    uris: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Directory names, other names and registered ids, in words."""
    critical: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Every entry as text, DNS names first."""
        return self.dns + self.ips + self.emails + self.uris + self.others


@dataclass(frozen=True, slots=True)
class BasicConstraints:
    """Whether this is a CA, and how many CAs may follow it."""

    ca: bool
    path_length: int | None
    critical: bool


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """One extension as it stands in the certificate."""

    oid: str
    name: str
    critical: bool
    value_der: bytes
    known: bool
    """Whether the program (and common clients) can process this extension."""


@dataclass(frozen=True, slots=True)
class ParseProblem:
    """A place where the encoding breaks the rules, with the library's words as evidence."""

    field: str
    """A FieldId value, or ``certificate`` for the whole."""
    words: str
    readable: bool = False
    """Whether the place can be read all the same: only a strict library minds what stands there."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One X.509 certificate; made by `parsing.parse_certificate`, which never raises."""

    der: bytes
    sha256: str
    """Fingerprint, lower-case hex without colons."""
    subject: DistinguishedName
    issuer: DistinguishedName
    serial: int | None
    not_before: datetime | None
    """UTC, aware."""
    not_after: datetime | None
    """UTC, aware; valid up to and including this second (RFC 5280 4.1.2.5)."""
    key: PublicKeyFacts
    signature: SignatureFacts
    version: int | None = 3
    san: SubjectAltNames | None = None
    basic_constraints: BasicConstraints | None = None
    key_usage: frozenset[str] | None = None
    """Bits by their names in RFC 5280: ``digitalSignature`` ``keyCertSign`` ...; None: no extension."""
    extended_key_usage: tuple[str, ...] | None = None
    """Dotted OIDs; None: no extension."""
    subject_key_id: bytes | None = None
    authority_key_id: bytes | None = None
    ocsp_urls: tuple[str, ...] = ()
    ca_issuer_urls: tuple[str, ...] = ()
    crl_urls: tuple[str, ...] = ()
    tls_features: tuple[int, ...] = ()
    """TLS extensions by number that a server with this certificate must answer with (RFC 7633)."""
    extensions: tuple[ExtensionFacts, ...] = ()
    problems: tuple[ParseProblem, ...] = ()
    supposed_signer: str = ""
    """sha256 of the key (SPKI) taken to have signed it, where a repair is thought through; empty for all that is
    real, whose signature is verified."""

    @property
    def repeats_extension(self) -> bool:
        """Whether an extension stands in it twice, which RFC 5280 section 4.2 forbids."""
        identifiers = [extension.oid for extension in self.extensions]
        return len(set(identifiers)) < len(identifiers)

    @property
    def must_staple(self) -> bool:
        """Whether the server must send an OCSP answer along (the feature status_request)."""
        return STATUS_REQUEST in self.tls_features

    @property
    def is_self_issued(self) -> bool:
        """Whether subject and issuer are the same name (says nothing on the signature)."""
        return self.subject.der == self.issuer.der != b""

    @property
    def is_ca(self) -> bool:
        """Whether basicConstraints says CA."""
        return self.basic_constraints is not None and self.basic_constraints.ca

    @property
    def lifetime(self) -> timedelta | None:
        """The time from not_before through not_after inclusive, or None where a date is unreadable."""
        if self.not_before is None or self.not_after is None:
            return None
        return self.not_after - self.not_before + timedelta(seconds=1)
