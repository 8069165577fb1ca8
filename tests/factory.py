"""Certificates and observations for tests: good defaults, one deviation at a time.

Nothing here reads the clock: everything is made relative to NOW, and a test that judges at another
time passes it. The default certificates satisfy strict verifiers (RFC 5280, CA/Browser Forum profile).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certwizard.domain.observation import (
    Anchor,
    Fetch,
    FetchPurpose,
    FileContent,
    Handshake,
    InputFile,
    Observation,
    Offer,
    Resolution,
    TrustStore,
)
from certwizard.domain.target import Target, TargetKind

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOST = "www.example.com"
DAY = timedelta(days=1)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey | ed25519.Ed25519PrivateKey
_RSA_SHA256 = bytes.fromhex("2a864886f70d01010b")
_RSA_WEAK = {"sha1": bytes.fromhex("2a864886f70d010105"), "md5": bytes.fromhex("2a864886f70d010104")}


@cache
def ec_key(label: str = "", curve: str = "secp256r1") -> ec.EllipticCurvePrivateKey:
    """Return the EC key of a label; the same key again within a run."""
    curves = {"secp256r1": ec.SECP256R1(), "secp384r1": ec.SECP384R1(), "secp224r1": ec.SECP224R1()}
    return ec.generate_private_key(curves[curve])


@cache
def rsa_key(bits: int = 2048, label: str = "") -> rsa.RSAPrivateKey:
    """Return an RSA key of a size; the same key again within a run."""
    return rsa.generate_private_key(65537, bits)


@cache
def dsa_key() -> dsa.DSAPrivateKey:
    """Return a DSA key; the same key again within a run."""
    return dsa.generate_private_key(2048)


@dataclass(frozen=True)
class Issued:
    """A certificate with the private key that belongs to it."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        """The encoded certificate."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def sha256(self) -> str:
        """Its fingerprint as the program writes it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def name(common: str | None, organisation: str | None = None) -> x509.Name:
    """Return a subject with a common name, and an organisation where one is given."""
    attributes = []
    if organisation is not None:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    if common is not None:
        attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, common))
    return x509.Name(attributes)


def key_usage(*bits: str) -> x509.KeyUsage:
    """Return a key usage extension with these bits (in the names of the library)."""
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{bit: bit in bits for bit in every})


CA_USAGE = key_usage("key_cert_sign", "crl_sign", "digital_signature")
LEAF_USAGE = key_usage("digital_signature")


@dataclass
class Spec:
    """What a certificate is made of; tests change single fields."""

    subject: x509.Name
    key: Key
    not_before: datetime
    not_after: datetime
    extensions: dict[type[x509.ExtensionType], tuple[x509.ExtensionType, bool]] = field(default_factory=dict)
    extra: Sequence[x509.Extension[x509.ExtensionType]] = ()
    issuer_name: x509.Name | None = None
    """Another issuer name than the issuer's subject."""
    signing_key: Key | None = None
    """Another key than the issuer's: the signature is then wrong."""
    digest: str = "sha256"
    serial: int | None = None


def issue(spec: Spec, issuer: Issued | None) -> Issued:
    """Sign a certificate as the issuer, or with its own key where there is none."""
    parent_name = issuer.certificate.subject if issuer else spec.subject
    parent_key = issuer.key if issuer else spec.key
    builder = (
        x509.CertificateBuilder()
        .subject_name(spec.subject)
        .issuer_name(spec.issuer_name or parent_name)
        .public_key(spec.key.public_key())
        .serial_number(spec.serial or _serial(spec))
        .not_valid_before(spec.not_before)
        .not_valid_after(spec.not_after)
    )
    extensions = dict(spec.extensions)
    if x509.SubjectKeyIdentifier not in extensions:
        ski = x509.SubjectKeyIdentifier.from_public_key(spec.key.public_key())
        extensions[x509.SubjectKeyIdentifier] = (ski, False)
    if x509.AuthorityKeyIdentifier not in extensions and issuer is not None:
        aki = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        extensions[x509.AuthorityKeyIdentifier] = (aki, False)
    for value, critical in extensions.values():
        if value is not None:
            builder = builder.add_extension(value, critical)
    for extension in spec.extra:
        builder = builder.add_extension(extension.value, extension.critical)
    return Issued(_signed(builder, spec.signing_key or parent_key, spec.digest), spec.key)


def _serial(spec: Spec) -> int:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(spec.subject.public_bytes())
    digest.update(repr((spec.not_before, spec.not_after, spec.extensions, spec.digest)).encode())
    digest.update(spec.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return int.from_bytes(digest.finalize()[:15]) | 1


def _signed(builder: x509.CertificateBuilder, key: Key, digest: str) -> x509.Certificate:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey):
        return builder.sign(key, None)
    certificate = builder.sign(key, hashes.SHA256())
    if digest == "sha256":
        return certificate
    assert isinstance(key, rsa.RSAPrivateKey)
    return x509.load_der_x509_certificate(_resigned(certificate, key, digest))


def _resigned(certificate: x509.Certificate, key: rsa.RSAPrivateKey, digest: str) -> bytes:
    # The library's builder refuses SHA-1 and MD5, so the algorithm is exchanged in the bytes and signed again.
    tbs = certificate.tbs_certificate_bytes.replace(_RSA_SHA256, _RSA_WEAK[digest], 1)
    algorithm = hashes.SHA1() if digest == "sha1" else hashes.MD5()  # noqa: S303 - the weak one is the test
    signature = key.sign(tbs, padding.PKCS1v15(), algorithm)
    der = certificate.public_bytes(Encoding.DER)
    body = der.replace(certificate.tbs_certificate_bytes, tbs, 1).replace(certificate.signature, signature, 1)
    head, tail = body[: 4 + len(tbs)], body[4 + len(tbs) :]
    return head + tail.replace(_RSA_SHA256, _RSA_WEAK[digest], 1)


def _spec(subject: x509.Name, key: Key, days: tuple[float, float], changes: dict[str, object]) -> Spec:
    spec = Spec(subject, key, NOW + days[0] * DAY, NOW + days[1] * DAY)
    for attribute, value in changes.items():
        assert hasattr(spec, attribute), attribute
        setattr(spec, attribute, value)
    return spec


def _with(
    defaults: dict[type[x509.ExtensionType], tuple[x509.ExtensionType, bool]],
    overrides: Iterable[x509.ExtensionType | tuple[x509.ExtensionType, bool]],
    without: Iterable[type[x509.ExtensionType]],
) -> dict[type[x509.ExtensionType], tuple[x509.ExtensionType, bool]]:
    merged = dict(defaults)
    for override in overrides:
        value, critical = override if isinstance(override, tuple) else (override, None)
        before = merged.get(type(value))
        merged[type(value)] = (value, before[1] if critical is None and before else bool(critical))
    for kind in without:
        if kind in (x509.SubjectKeyIdentifier, x509.AuthorityKeyIdentifier):
            merged[kind] = (None, False)  # type: ignore[assignment] # None keeps issue() from adding it
        else:
            merged.pop(kind, None)
    return merged


Override = x509.ExtensionType | tuple[x509.ExtensionType, bool]


def root(
    common: str = "Test Root",
    *,
    organisation: str | None = None,
    key: Key | None = None,
    days: tuple[float, float] = (-1000, 3000),
    having: Iterable[Override] = (),
    without: Iterable[type[x509.ExtensionType]] = (),
    **changes: object,
) -> Issued:
    """Return a self-signed root CA."""
    extensions = _with(
        {
            x509.BasicConstraints: (x509.BasicConstraints(ca=True, path_length=None), True),
            x509.KeyUsage: (CA_USAGE, True),
        },
        having,
        without,
    )
    spec = _spec(
        name(common, organisation), key or ec_key(common), days, {"extensions": extensions, **changes}
    )
    return issue(spec, None)


def intermediate(
    issuer: Issued,
    common: str = "Test Intermediate",
    *,
    organisation: str | None = None,
    key: Key | None = None,
    days: tuple[float, float] = (-500, 1500),
    path_length: int | None = None,
    having: Iterable[Override] = (),
    without: Iterable[type[x509.ExtensionType]] = (),
    **changes: object,
) -> Issued:
    """Return an intermediate CA that the issuer signed."""
    constraints = x509.BasicConstraints(ca=True, path_length=path_length)
    extensions = _with(
        {x509.BasicConstraints: (constraints, True), x509.KeyUsage: (CA_USAGE, True)}, having, without
    )
    spec = _spec(
        name(common, organisation), key or ec_key(common), days, {"extensions": extensions, **changes}
    )
    return issue(spec, issuer)


def leaf(
    issuer: Issued | None,
    names: Sequence[str] = (HOST,),
    *,
    common: str | None = None,
    organisation: str | None = None,
    key: Key | None = None,
    days: tuple[float, float] = (-30, 60),
    having: Iterable[Override] = (),
    without: Iterable[type[x509.ExtensionType]] = (),
    **changes: object,
) -> Issued:
    """Return a server certificate for these names; without an issuer it signs itself."""
    defaults: dict[type[x509.ExtensionType], tuple[x509.ExtensionType, bool]] = {
        x509.BasicConstraints: (x509.BasicConstraints(ca=False, path_length=None), True),
        x509.KeyUsage: (LEAF_USAGE, True),
        x509.ExtendedKeyUsage: (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
    }
    subject = name(common if common is not None else (names[0] if names else "server"), organisation)
    if names:
        defaults[x509.SubjectAlternativeName] = (x509.SubjectAlternativeName(general_names(names)), False)
    spec = _spec(
        subject,
        key or ec_key(f"leaf {subject.rfc4514_string()}"),
        days,
        {"extensions": _with(defaults, having, without), **changes},
    )
    return issue(spec, issuer)


def general_names(names: Sequence[str]) -> list[x509.GeneralName]:
    """Return DNS names and IP addresses as SAN entries."""
    entries: list[x509.GeneralName] = []
    for text in names:
        try:
            entries.append(x509.IPAddress(ipaddress.ip_address(text)))
        except ValueError:
            entries.append(x509.DNSName(text))
    return entries


@dataclass(frozen=True)
class Pki:
    """A root, an intermediate and a healthy leaf."""

    root: Issued
    intermediate: Issued
    leaf: Issued

    @property
    def chain(self) -> tuple[Issued, ...]:
        """What a good server sends."""
        return (self.leaf, self.intermediate)


@cache
def pki() -> Pki:
    """Return the usual hierarchy, made once a run."""
    top = root()
    middle = intermediate(top)
    return Pki(top, middle, leaf(middle))


def target(host: str = HOST, port: int = 443, **changes: object) -> Target:
    """Return a server as target."""
    values: dict[str, object] = {"server_name": host, "host": host, "port": port, **changes}
    return Target(input=f"{host}:{port}", kind=TargetKind.SERVER, **values)  # type: ignore[arg-type]


def handshake(chain: Sequence[Issued | bytes] = (), **changes: object) -> Handshake:
    """Return a handshake of today that got this chain."""
    values: dict[str, object] = {
        "address": "192.0.2.10",
        "port": 443,
        "sni": HOST,
        "offer": Offer.MODERN,
        "protocol": "TLSv1.3",
        "cipher": "TLS_AES_128_GCM_SHA256",
        "chain": ders(chain),
        "connect_ms": 1.0,
        "handshake_ms": 2.0,
        **changes,
    }
    return Handshake(**values)  # type: ignore[arg-type]


def ders(chain: Sequence[Issued | bytes]) -> tuple[bytes, ...]:
    """Return the bytes of certificates."""
    return tuple(item if isinstance(item, bytes) else item.der for item in chain)


def store(identity: str = "mozilla", **changes: object) -> TrustStore:
    """Return a trust store that could be read."""
    titles = {
        "mozilla": "Mozilla's roots",
        "microsoft": "Microsoft's roots",
        "system": "this system's store",
        "java": "the roots of Java 21",
        "ca-file": "the given CA file",
    }
    values: dict[str, object] = {
        "title": titles[identity],
        "path": f"/{identity}.pem",
        "count": 100,
        **changes,
    }
    return TrustStore(id=identity, **values)  # type: ignore[arg-type]


def observation(
    chain: Sequence[Issued | bytes] = (),
    host: str = HOST,
    *,
    anchors: Sequence[Issued] = (),
    anchor_stores: tuple[str, ...] = ("mozilla", "system"),
    at: datetime = NOW,
    **changes: object,
) -> Observation:
    """Return what a probe of a server would have seen; proofs of public logging come in the handshake.

    Args:
        chain: As sent, leaf first.
        host: The name asked for.
        anchors: Roots in the stores that matter here.
        anchor_stores: Ids of the stores that hold them.
        at: The time of observing and judging.
        changes: Other fields of the Observation.
    """
    from tests import transparency  # it is made with this file's certificates

    consulted = tuple(dict.fromkeys(("mozilla", "system", *anchor_stores)))
    values: dict[str, object] = {
        "target": target(host),
        "observed_at": at,
        "judge_at": at,
        "resolution": Resolution(host, ("192.0.2.10",)),
        "handshakes": (handshake(chain, sni=host, **_logged(chain, at)),),
        "ct_logs": transparency.KEYS,
        "stores": tuple(store(each) for each in consulted),
        "anchors": tuple(Anchor(anchor.der, anchor_stores) for anchor in anchors),
        **changes,
    }
    return Observation(**values)  # type: ignore[arg-type]


def _logged(chain: Sequence[Issued | bytes], at: datetime) -> dict[str, object]:
    from tests import transparency

    leaf = next(iter(ders(chain)), None)
    # A day before it is judged; logs began after 1970, and none signs in the future.
    when = max(min(at, NOW), datetime(1970, 1, 2, tzinfo=UTC)) - DAY
    return {"scts_asked": True, "tls_scts": transparency.delivered(leaf, when) if leaf else b""}


def files_observation(
    chain: Sequence[Issued | bytes],
    host: str | None = HOST,
    *,
    anchors: Sequence[Issued] = (),
    at: datetime = NOW,
    **changes: object,
) -> Observation:
    """Return what reading a chain from a PEM file with --ca-file and --only-ca-file would have given."""
    asked = Target(input="chain.pem", kind=TargetKind.FILES, server_name=host, files=("chain.pem",))
    values: dict[str, object] = {
        "target": asked,
        "observed_at": at,
        "judge_at": at,
        "only_ca_file": True,
        "files": (InputFile("chain.pem", FileContent.PEM, ders(chain)),),
        "stores": (store("ca-file"),),
        "anchors": tuple(Anchor(anchor.der, ("ca-file",)) for anchor in anchors),
        **changes,
    }
    return Observation(**values)  # type: ignore[arg-type]


def aia(child: Issued, body: Issued | bytes, url: str = "http://aia.test/issuer.der") -> Fetch:
    """Return an answered request to the AIA address of a certificate."""
    return Fetch(FetchPurpose.AIA, url, child.sha256, body=body if isinstance(body, bytes) else body.der)


def replaced(seen: Observation, **changes: object) -> Observation:
    """Return an observation with other fields."""
    return replace(seen, **changes)  # type: ignore[arg-type]
