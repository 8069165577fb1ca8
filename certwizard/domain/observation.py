"""Everything that was seen, nothing concluded.

An Observation is frozen and serialisable: saved to a file and judged again it gives the same
Diagnosis on any machine. Times are aware datetimes in UTC, durations are milliseconds, certificates
and answers are DER bytes as received. Texts that came from the network are clean.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certwizard.domain.target import Target
from certwizard.domain.trust_stores import AnchorLimit, StorePlace, TrustVariable

SCHEMA = "certwizard.observation/1"


class FailureReason(StrEnum):
    """Why a step gave no result."""

    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    RESET = "reset"
    """The peer closed or reset before TLS was up."""
    UNREACHABLE = "unreachable"
    NOT_TLS = "not-tls"
    ALERT = "alert"
    """The peer sent a fatal TLS alert; its number is in `alert`."""
    TLS = "tls"
    """The TLS library gave up on what the peer sent; its words are in `detail`."""
    STARTTLS_REFUSED = "starttls-refused"
    PROXY = "proxy"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    WRONG_KIND = "wrong-kind"
    """A file that is something else than what was asked for; `spoke` names what it is."""
    NOT_ALLOWED = "not-allowed"
    HTTP_STATUS = "http-status"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that failed, as a value."""

    reason: FailureReason
    detail: str = ""
    """The words of the system or library, as evidence, clean."""
    alert: int | None = None
    """TLS alert number received from the peer (RFC 8446 section 6)."""
    alert_sent: int | None = None
    """TLS alert number our side sent, for instance 51 decrypt_error."""
    spoke: str | None = None
    """What the peer spoke instead of TLS (``HTTP``, ``SSH``, ``SMTP`` ...), or what the file is."""


class AddressSource(StrEnum):
    """Where an address came from."""

    DNS = "dns"
    LITERAL = "literal"
    OPTION = "option"
    PROXY = "proxy"
    """Resolved by the proxy, so the address itself is not known."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to "which addresses"."""

    host: str
    addresses: tuple[str, ...] = ()
    source: AddressSource = AddressSource.DNS
    failure: Failure | None = None
    ms: float = 0.0


class Offer(StrEnum):
    """What our side offered in a handshake."""

    MODERN = "modern"
    """TLS 1.2 and 1.3 with the ciphers of today's browsers."""
    PERMISSIVE = "permissive"
    """TLS 1.0 to 1.3 and every cipher the library has, to see what is there."""
    SMALL = "small"
    """As MODERN, without the post-quantum key share that makes the greeting two packets long."""
    TLS12 = "tls1.2"
    """As MODERN, without TLS 1.3."""
    EVERYTHING = "everything"
    """A greeting alone, up to TLS 1.2 and down to SSL 3.0, that names every cipher suite there ever was.

    Only the server's answer is read; where one came there is no failure.
    """
    RSA = "rsa"
    """TLS 1.2 with ciphers for RSA keys alone: the certificate a server keeps beside an ECDSA one."""
    ECDSA = "ecdsa"
    """TLS 1.2 with ciphers for ECDSA keys alone."""
    RSA_TLS13 = "rsa-tls1.3"
    """TLS 1.3 with signatures by RSA keys alone, for servers that know no TLS 1.2."""
    ECDSA_TLS13 = "ecdsa-tls1.3"
    """TLS 1.3 with signatures by ECDSA keys alone."""
    RSA_FIRST = "rsa-first"
    """As MODERN, with RSA put before ECDSA, as some clients prefer it."""


@dataclass(frozen=True, slots=True)
class OpenSSLVerdict:
    """What OpenSSL itself says of the chain, with the roots used."""

    code: int
    """X509_V_* number; 0 is ok."""
    words: str
    depth: int | None = None
    """Position in OpenSSL's own path where the error stands, 0 = leaf."""


@dataclass(frozen=True, slots=True)
class Handshake:
    """One TLS handshake with one address."""

    address: str
    port: int
    sni: str | None
    offer: Offer
    failure: Failure | None = None
    """None when the handshake completed."""
    protocol: str | None = None
    """``SSLv3`` ``TLSv1`` ``TLSv1.1`` ``TLSv1.2`` ``TLSv1.3``: what the server chose, if it came so far."""
    cipher: str | None = None
    chain: tuple[bytes, ...] = ()
    """As sent, leaf first as sent; may be there although the handshake failed later."""
    stapled_ocsp: bytes | None = None
    client_certificate_requested: bool = False
    client_ca_names: tuple[str, ...] = ()
    connect_ms: float = 0.0
    handshake_ms: float = 0.0
    connected: bool = False
    """Whether TCP came about (through the proxy where there is one)."""
    repeat: int = 0
    """0 for the first of its kind at its address, then counting up: behind a balancer each may meet another."""
    started_ms: float = 0.0
    """When it began, counted from the first one's beginning."""
    ended_ms: float = 0.0
    """When it was over, likewise."""
    dh_bits: int | None = None
    """Size of the server's Diffie-Hellman group, where the suite has one and it was read."""
    tls_scts: bytes = b""
    """The list of the TLS extension signed_certificate_timestamp (RFC 6962 section 3.3.1), as sent."""
    scts_asked: bool = False
    """Whether our side asked for that list; servers send it only then."""
    chain_bytes: int = 0
    """How long the message with the certificates was; 0 where that was not noted."""
    chain_number: int = 0
    """How many certificates it held, also where `chain` keeps the first of them alone; 0 likewise."""


@dataclass(frozen=True, slots=True)
class HttpHint:
    """The head of the server's HTTP answer over TLS (or in the clear), for clock and portal hints."""

    status: int | None
    date: datetime | None
    received_at: datetime
    """Local clock when the answer came."""
    location: str | None = None
    server: str | None = None
    over_tls: bool = True
    client_certificate_requested: bool = False
    """The server asked for a certificate of ours only once it had the request."""
    public_key_pins: str = ""
    """The header Public-Key-Pins (RFC 7469), cut off at a length that no honest one has; browsers read it no more."""


class FetchPurpose(StrEnum):
    """Why something was fetched."""

    AIA = "aia"
    OCSP = "ocsp"
    CRL = "crl"
    CRL_FILE = "crl-file"
    """Given by the user (--crl); `url` is the path."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One bounded request to an AIA, OCSP or CRL address of a certificate."""

    purpose: FetchPurpose
    url: str
    certificate: str
    """sha256 of the certificate that names the address; empty for CRL_FILE."""
    issuer: str = ""
    """sha256 of the issuer an OCSP question was asked with."""
    body: bytes = b""
    failure: Failure | None = None
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class TrustStore:
    """A set of roots that was consulted."""

    id: str
    """One of those in `trust_stores`."""
    title: str
    path: str
    count: int
    failure: Failure | None = None
    public: int = 0
    """How many of its roots vendors ship too; 0 also where nobody counted (older observations)."""
    places: tuple[StorePlace, ...] = ()
    """Where its roots came from, for a store of this machine."""
    excluded: tuple[str, ...] = ()
    """Public roots (sha256) that matter here and that this machine's settings take out on purpose."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A root that may matter here (by subject, key id or organisation), with the stores that hold it."""

    der: bytes
    stores: tuple[str, ...]
    limits: tuple[AnchorLimit, ...] = ()
    """Holders that trust it only for what it issued up to a day."""


class FileContent(StrEnum):
    """What a given file turned out to hold."""

    PEM = "PEM certificates"
    DER = "a DER certificate"
    PKCS7 = "PKCS#7"
    PKCS12 = "PKCS#12"
    KEY = "a private key"
    ENCRYPTED_KEY = "an encrypted private key"
    CSR = "a certificate signing request"
    CRL = "a certificate revocation list"
    PUBLIC_KEY = "a public key"
    SSH = "an SSH key"
    EMPTY = "an empty file"
    UNKNOWN = "something else"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A local file that was read in place of a server."""

    path: str
    content: FileContent
    chain: tuple[bytes, ...] = ()
    failure: Failure | None = None
    notes: tuple[str, ...] = ()
    """What was tolerated: byte order mark, CRLF, text around the blocks, one broken block."""


@dataclass(frozen=True, slots=True)
class InstalledFile:
    """A certificate file on the server's own machine, to compare with what is served; keys in it are never kept."""

    path: str
    chain: tuple[bytes, ...] = ()
    modified: datetime | None = None
    given: bool = False
    """Whether the user named it (--file beside a target); else it was found in a usual place."""
    software: str = ""
    """What keeps it or is told to serve it: ``certbot`` ``nginx`` ..., a word of `certificate_places`."""
    named_in: str = ""
    """The configuration file that tells a server to read it."""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class PrivateKeyFacts:
    """The public half of the private key given with --key or inside a PKCS#12."""

    path: str
    kind: str = ""
    spki_sha256: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """All that was seen of one target at one time."""

    target: Target
    observed_at: datetime
    """Local clock at the start, UTC."""
    judge_at: datetime
    """The time to judge as of: --at, else observed_at."""
    offline: bool = False
    only_ca_file: bool = False
    resolution: Resolution | None = None
    handshakes: tuple[Handshake, ...] = ()
    """The one to judge first; then other addresses, repetitions, other offers, those without SNI, permissive ones."""
    http: HttpHint | None = None
    made_up: Handshake | None = None
    """The answer for a name that nobody has (under .invalid), where it was asked for; see `probe.made_up_name`."""
    files: tuple[InputFile, ...] = ()
    private_key: PrivateKeyFacts | None = None
    installed: tuple[InstalledFile, ...] = ()
    """Files of the server's own machine that are meant to be served, where it is this machine or they were given."""
    fetches: tuple[Fetch, ...] = ()
    stores: tuple[TrustStore, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    ct_logs: tuple[bytes, ...] = ()
    """Keys of transparency logs given together with roots that stand in for Mozilla's."""
    trust_variables: tuple[TrustVariable, ...] = ()
    """Variables of the environment that name roots, where they are set."""
    openssl: OpenSSLVerdict | None = None
    openssl_version: str = ""
    total_ms: float = 0.0
    schema: str = SCHEMA

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The chain to judge, as sent: of the first handshake that got one, or of the files."""
        for handshake in self.handshakes:
            if handshake.chain:
                return handshake.chain
        return tuple(der for file in self.files for der in file.chain)
