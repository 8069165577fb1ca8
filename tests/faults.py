"""Faults as small changes to the description of one server, so that any two of them can be put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.domain.observation import (
    Failure,
    FailureReason,
    Fetch,
    FetchPurpose,
    Handshake,
    HttpHint,
    InstalledFile,
    Observation,
    Offer,
    PrivateKeyFacts,
)
from certwizard.domain.vocabulary import CauseId as C
from tests import factory as f
from tests.unit.test_diagnosis_distrust import practice_key

OTHER_NAME = "other.example.org"
SECOND, THIRD = "192.0.2.11", "192.0.2.12"
YEAR = timedelta(days=365)
CLIENT_AUTH = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
STAPLE = x509.TLSFeature([x509.TLSFeatureType.status_request])
NOBODYS = x509.ObjectIdentifier("1.3.6.1.4.1.55555.1")
CRL_PLACES = x509.ObjectIdentifier("2.5.29.31")
GARBAGE = b"\x05\x00"
BULKY = x509.ObjectIdentifier("1.3.6.1.4.1.55555.2")
BULK = x509.Extension(BULKY, False, x509.UnrecognizedExtension(BULKY, b"\x04\x82\x90\x00" + bytes(0x9000)))
"""36 KiB that mean nothing: more than Java reads."""


@dataclass(frozen=True)
class Server:
    """What a server is set up with; each field is one thing that a fault may change."""

    name: str = f.HOST
    lists_names: bool = True
    begins: float = -30
    ends: float = 60
    too_long: bool = False
    key: f.Key | None = None
    digest: str = "sha256"
    forged: bool = False
    promises_staple: bool = False
    usages: x509.ExtendedKeyUsage | None = None
    extras: tuple[x509.Extension[x509.ExtensionType], ...] = ()
    without: tuple[type[x509.ExtensionType], ...] = ()
    signs_itself: bool = False
    hierarchy: str = "usual"
    trusted: bool = True
    reads_along: bool = False
    """Whether a product between client and server made the certificate."""
    lost_trust: bool = False
    """Whether the root is one whose CA lost its trust."""
    system_store: str = "good"
    """``good``, ``missing``, or ``old``: without this root."""
    asks_for_proofs: bool = False
    """Whether the probe asked for proofs of logging, of which there are none."""
    sends_issuers: bool = True
    root_early: bool = False
    sends_twice: bool = False
    stranger: bool = False
    answer: str = ""
    """On revocation: ``revoked``, ``none``, or nothing was asked."""
    key_file: bool = False
    clock: timedelta = timedelta()
    redirects: bool = False
    right_without_name: bool = False
    odd_address: bool = False
    """Whether another address serves a certificate with one fault more: for another name, or expired."""
    asks_for_old_keys: bool = False
    """Whether a header names keys that are not there."""
    renewed_on_disk: bool = False
    """Whether a newer certificate, with nothing wrong on it, lies in the server's file."""
    breaks: str = ""
    """How the handshake with today's offer ends."""
    elsewhere: tuple[FailureReason, ...] = ()
    """What other addresses meet."""

    @property
    def dates(self) -> tuple[float, float]:
        """When the leaf begins and ends, in days from now."""
        if not self.too_long:
            return self.begins, self.ends
        # What ends soon or has ended began long ago; what has long to go goes on for longer.
        return (self.begins - 900, self.ends) if self.ends < 30 else (self.begins, self.ends + 900)


def built(server: Server) -> Observation:
    """Return what a probe of the server would have seen."""
    return _Built(server).observation()


@cache
def _top() -> f.Issued:
    return f.root(key=f.rsa_key(2048, "root"))


@cache
def _lost() -> f.Issued:
    return f.root("Practice Distrusted Root CA", organisation="certwizard practice lab", key=practice_key())


@cache
def _issuers(hierarchy: str, rsa: bool, top: f.Issued) -> tuple[f.Issued, ...]:
    """Return the CAs between leaf and root, the leaf's own first."""
    key = f.rsa_key(2048, hierarchy) if rsa else None
    if hierarchy == "too deep":
        upper = f.intermediate(top, "Upper", path_length=0)
        return f.intermediate(upper, "Lower", key=key), upper
    if hierarchy == "limited":
        only = x509.NameConstraints([x509.DNSName("example.net")], None)
        return (f.intermediate(top, "Limited", key=key, having=[(only, True)]),)
    if hierarchy == "no CA":
        middle = f.intermediate(top)
        return f.leaf(
            middle, ["ca.example.com"], key=key, days=(-500, 1000), having=[(f.CA_USAGE, True)]
        ), middle
    return (f.intermediate(top, key=key),)


class _Built:
    """One server, put together."""

    def __init__(self, server: Server) -> None:
        self.server = server
        rsa = server.digest != "sha256"
        product = f.root("FortiGate CA") if server.reads_along else None
        self.root = product or (_lost() if server.lost_trust else _top())
        self.issuers = () if server.signs_itself else _issuers(server.hierarchy, rsa, self.root)
        self.leaf = self._leaf()

    def _leaf(self, **changes: object) -> f.Issued:
        server = replace(self.server, **changes)  # type: ignore[arg-type] # names of fields
        key = server.key or (f.rsa_key(2048, "leaf") if server.digest != "sha256" else None)
        forger = f.rsa_key(2048, "forger") if server.digest != "sha256" else f.ec_key("forger")
        having: list[f.Override] = [server.usages] if server.usages else []
        having += [STAPLE] if server.promises_staple else []
        return f.leaf(
            self.issuers[0] if self.issuers else None,
            [server.name] if server.lists_names else [],
            common=server.name,
            days=server.dates,
            key=key,
            digest=server.digest,
            having=having,
            extra=server.extras,
            without=server.without,
            signing_key=forger if server.forged else None,
        )

    def chain(self, leaf: f.Issued) -> tuple[bytes, ...]:
        server = self.server
        above = [each.der for each in self.issuers] if server.sends_issuers else []
        above = [self.root.der, *above] if server.root_early else above
        copies = [leaf.der] * (2 if server.sends_twice else 1)
        strangers = [f.intermediate(f.root("Old Root"), "Old Intermediate").der] if server.stranger else []
        return (*copies, *above, *strangers)

    def observation(self) -> Observation:
        server, at = self.server, f.NOW + self.server.clock
        stores = {"good": ("mozilla", "system")}.get(server.system_store, ("mozilla",))
        gone = Failure(FailureReason.UNREADABLE) if server.system_store == "missing" else None
        system = f.store("system", count=0 if gone else 100, failure=gone)
        return f.observation(
            anchors=[self.root if server.trusted else f.root("Another Root")],
            anchor_stores=stores,
            stores=(f.store("mozilla"), system),
            at=at,
            handshakes=tuple(self.handshakes()),
            fetches=tuple(self.fetches()),
            http=self.http(),
            private_key=PrivateKeyFacts("server.key", "EC", "00" * 32) if server.key_file else None,
            installed=(self.renewed(),) if server.renewed_on_disk else (),
        )

    def renewed(self) -> InstalledFile:
        """Return the file that a renewal wrote: a good certificate from the same CA."""
        issuers = self.issuers or _issuers("usual", rsa=False, top=self.root)
        leaf = f.leaf(issuers[0], list(dict.fromkeys((f.HOST, self.server.name))), days=(-1, 89))
        return InstalledFile("/etc/ssl/site.pem", (leaf.der, *(each.der for each in issuers)))

    def http(self) -> HttpHint | None:
        at = f.NOW + self.server.clock
        pins = f'pin-sha256="{"A" * 43}="; max-age=60' if self.server.asks_for_old_keys else ""
        if self.server.redirects:
            return HttpHint(302, f.NOW, at, "http://192.168.1.1/login", public_key_pins=pins)
        return HttpHint(200, f.NOW, at, public_key_pins=pins) if self.server.clock or pins else None

    def handshakes(self) -> list[Handshake]:
        server, chain = self.server, self.chain(self.leaf)
        found = _first(server.breaks, chain, scts_asked=server.asks_for_proofs)
        if server.odd_address:
            by_name: dict[str, object] = {"name": "odd.example.org"}
            odd = by_name if server.name == f.HOST else {"begins": -90, "ends": -12, "too_long": False}
            found += _first(server.breaks, self.chain(self._leaf(**odd)), address=SECOND)
        if server.right_without_name:
            found.append(f.handshake(self.chain(self._leaf(name=f.HOST, lists_names=True)), sni=None))
        for number, reason in enumerate(server.elsewhere):
            failure = Failure(reason, spoke="SSH" if reason is FailureReason.NOT_TLS else None)
            found.append(
                f.handshake((), address=f"192.0.2.{20 + number}", failure=failure, protocol=None, cipher=None)
            )
        return found

    def fetches(self) -> list[Fetch]:
        server, found = self.server, []
        if not server.sends_issuers:
            pairs = zip((self.leaf, *self.issuers), self.issuers, strict=False)
            found = [f.aia(child, issuer, f"http://aia.test/{issuer.sha256}") for child, issuer in pairs]
        if server.answer and self.issuers:
            body = _revoked(self.leaf, self.issuers[0]) if server.answer == "revoked" else b""
            failure = None if body else Failure(FailureReason.TIMEOUT)
            found.append(
                Fetch(
                    FetchPurpose.OCSP,
                    "http://ocsp.test/",
                    self.leaf.sha256,
                    self.issuers[0].sha256,
                    body,
                    failure,
                )
            )
        return found


def _first(breaks: str, chain: tuple[bytes, ...], **where: object) -> list[Handshake]:
    bare: dict[str, object] = {"protocol": None, "cipher": None, **where}
    reset, old = Failure(FailureReason.RESET), {"offer": Offer.PERMISSIVE}
    if breaks == "version":
        refused = f.handshake((), failure=Failure(FailureReason.ALERT, alert=70), **bare)
        return [refused, f.handshake(chain, protocol="TLSv1", cipher="AES128-SHA", **old, **where)]
    if breaks == "cipher":
        refused = f.handshake((), failure=Failure(FailureReason.ALERT, alert=40), **bare)
        return [refused, f.handshake(chain, protocol="TLSv1.2", cipher="AES128-SHA", **old, **where)]
    if breaks == "client certificate":
        demanded = Failure(FailureReason.ALERT, alert=116)
        return [f.handshake(chain, failure=demanded, client_certificate_requested=True, **where)]
    return [f.handshake(chain, failure=reset if breaks == "reset" else None, **where)]


def _revoked(leaf: f.Issued, issuer: f.Issued) -> bytes:
    builder = ocsp.OCSPResponseBuilder().add_response(
        leaf.certificate,
        issuer.certificate,
        hashes.SHA1(),  # noqa: S303 - RFC 6960's own
        ocsp.OCSPCertStatus.REVOKED,
        f.NOW - timedelta(hours=1),
        f.NOW + timedelta(days=1),
        f.NOW - timedelta(days=2),
        x509.ReasonFlags.key_compromise,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


Change = Callable[[Server], Server]


@dataclass(frozen=True)
class Fault:
    """One fault: what it changes, and the causes that it alone must give."""

    cause: C
    change: Change
    causes: frozenset[C] = frozenset()
    uses: frozenset[str] = field(default_factory=frozenset)
    """The parts of the server it needs for itself; two faults that need the same part cannot meet."""

    @property
    def all(self) -> frozenset[C]:
        """Every cause that is really there."""
        return self.causes | {self.cause}


@dataclass(frozen=True)
class Meeting:
    """What becomes of two faults that meet, where it is not simply both."""

    hidden: frozenset[C] = frozenset()
    """Causes that are not there any more, or cannot be known."""
    besides: frozenset[C] = frozenset()
    """Causes that are there although neither fault brings them alone."""
    reason: str = ""


def _fault(cause: C, *uses: str, also: tuple[C, ...] = (), **changes: object) -> Fault:
    return Fault(
        cause,
        lambda server: replace(server, **changes),  # type: ignore[arg-type] # names of fields
        frozenset(also),
        frozenset(uses),
    )


def _extension(cause: C, oid: x509.ObjectIdentifier, *, critical: bool) -> Fault:
    extra = x509.Extension(oid, critical, x509.UnrecognizedExtension(oid, GARBAGE))
    return Fault(cause, lambda server: replace(server, extras=(*server.extras, extra)))


def _at_another_address(cause: C, reason: FailureReason) -> Fault:
    return Fault(cause, lambda server: replace(server, elsewhere=(*server.elsewhere, reason)))


FAULTS: tuple[Fault, ...] = (
    _at_another_address(C.CONNECTION_REFUSED, FailureReason.REFUSED),
    _at_another_address(C.TIMEOUT, FailureReason.TIMEOUT),
    _fault(C.CONNECTION_RESET, "handshake", breaks="reset"),
    _at_another_address(C.NOT_TLS, FailureReason.NOT_TLS),
    _fault(C.PROTOCOL_VERSION, "handshake", breaks="version"),
    _fault(C.CIPHER_MISMATCH, "handshake", breaks="cipher"),
    _fault(C.CLIENT_CERT_REQUIRED, "handshake", breaks="client certificate"),
    _fault(C.CAPTIVE_PORTAL, also=(C.HOSTNAME_MISMATCH,), name=OTHER_NAME, redirects=True),
    _at_another_address(C.STARTTLS_REFUSED, FailureReason.STARTTLS_REFUSED),
    _fault(C.EXPIRED, "dates", begins=-90, ends=-12),
    _fault(C.NOT_YET_VALID, "dates", begins=2, ends=62),
    _fault(C.EXPIRING_SOON, "dates", begins=-80, ends=10),
    _fault(C.CLOCK_WRONG, "clock", also=(C.NOT_YET_VALID,), clock=-YEAR),
    _fault(C.HOSTNAME_MISMATCH, name=OTHER_NAME),
    _fault(C.NO_SAN, lists_names=False),
    _fault(C.WRONG_CERTIFICATE_SERVED, also=(C.HOSTNAME_MISMATCH,), name=OTHER_NAME, right_without_name=True),
    _fault(C.SELF_SIGNED, "issuer", signs_itself=True),
    _fault(C.UNTRUSTED_ROOT, trusted=False),
    _fault(C.DISTRUSTED_CA, "root", lost_trust=True),
    _fault(C.INTERCEPTION, "root", also=(C.UNTRUSTED_ROOT,), reads_along=True, trusted=False),
    _fault(C.TRUST_STORE_MISSING, "this system's store", system_store="missing"),
    _fault(C.TRUST_STORE_OUTDATED, "this system's store", system_store="old"),
    _fault(C.PINNING, asks_for_old_keys=True),
    _fault(C.MISSING_INTERMEDIATE, "sent chain", sends_issuers=False),
    _fault(C.BAD_SIGNATURE, forged=True),
    _fault(C.NOT_A_CA, "issuer", hierarchy="no CA"),
    _fault(C.PATH_LENGTH, "issuer", hierarchy="too deep"),
    _fault(C.NAME_CONSTRAINTS, "issuer", hierarchy="limited"),
    _fault(C.WRONG_ORDER, "sent chain", root_early=True),
    _fault(C.EXTRA_CERTIFICATES, stranger=True),
    _fault(C.DUPLICATE_CERTIFICATES, sends_twice=True),
    Fault(C.CHAIN_TOO_LARGE, lambda server: replace(server, extras=(*server.extras, BULK))),
    _fault(C.KEY_MISMATCH, key_file=True),
    _fault(C.NOT_RELOADED, renewed_on_disk=True),
    _fault(C.INCONSISTENT_ADDRESSES, odd_address=True),
    _fault(C.REVOKED, "revocation answer", answer="revoked"),
    _fault(C.REVOCATION_UNKNOWN, "revocation answer", answer="none"),
    _fault(C.MUST_STAPLE, promises_staple=True),
    _fault(C.WEAK_KEY, key=f.rsa_key(1024)),
    _fault(C.WEAK_SIGNATURE, digest="sha1"),
    _fault(C.VALIDITY_TOO_LONG, too_long=True),
    _fault(C.CT_MISSING, asks_for_proofs=True),
    _fault(C.WRONG_USAGE, usages=CLIENT_AUTH),
    _extension(C.UNKNOWN_CRITICAL_EXTENSION, NOBODYS, critical=True),
    _fault(C.PROFILE_VIOLATION, without=(x509.AuthorityKeyIdentifier,)),
    _extension(C.MALFORMED, CRL_PLACES, critical=False),
)

WHY_NOT = {
    "handshake": "a handshake breaks off once",
    "dates": "a certificate has one beginning and one end",
    "issuer": "a certificate has one issuer",
    "root": "a chain has one root",
    "sent chain": "what is not sent stands in no order",
    "this system's store": "a store that is not there is not old",
    "revocation answer": "an issuer either answers or does not",
}
"""Why two faults that need the same part of a server cannot meet in one."""

NEVER_MEETS = {
    C.DNS_FAILURE: "without an address nothing else is seen",
}
"""Causes that leave nothing to be seen beside them."""

_OWN = "a certificate that signed itself"
CANNOT_MEET: dict[frozenset[C], str] = {
    frozenset({C.SELF_SIGNED, C.UNTRUSTED_ROOT}): f"{_OWN} has no root above it",
    frozenset({C.SELF_SIGNED, C.MISSING_INTERMEDIATE}): f"{_OWN} has no intermediate",
    frozenset({C.SELF_SIGNED, C.BAD_SIGNATURE}): "where the signature is wrong it did not sign itself",
    frozenset({C.SELF_SIGNED, C.WRONG_ORDER}): f"{_OWN} is the whole chain",
    frozenset({C.SELF_SIGNED, C.REVOKED}): f"{_OWN} can be withdrawn by nobody",
    frozenset({C.SELF_SIGNED, C.REVOCATION_UNKNOWN}): f"for {_OWN} nobody answers",
    frozenset({C.SELF_SIGNED, C.PROFILE_VIOLATION}): f"{_OWN} is outside of the profile (RFC 6818 section 2)",
    frozenset(
        {C.BAD_SIGNATURE, C.PROFILE_VIOLATION}
    ): "what the issuer did not sign breaks no rule for issuers",
    frozenset({C.NO_SAN, C.NAME_CONSTRAINTS}): "without a list of names no limit on names is broken",
    **{
        frozenset({C.INTERCEPTION, other}): "a product that reads along makes a certificate for the very name"
        for other in (C.HOSTNAME_MISMATCH, C.NO_SAN, C.WRONG_CERTIFICATE_SERVED, C.CAPTIVE_PORTAL)
    },
    frozenset({C.INTERCEPTION, C.SELF_SIGNED}): f"{_OWN} was made by no product",
    frozenset({C.INTERCEPTION, C.CT_MISSING}): "proofs are wanted below roots that vendors ship",
    frozenset(
        {C.INTERCEPTION, C.TRUST_STORE_OUTDATED}
    ): "a store is old where it lacks a root that vendors ship",
    frozenset({C.SELF_SIGNED, C.DISTRUSTED_CA}): f"{_OWN} comes from no CA",
    frozenset(
        {C.SELF_SIGNED, C.TRUST_STORE_OUTDATED}
    ): "a store is old where it lacks a root that vendors ship",
    frozenset({C.SELF_SIGNED, C.CT_MISSING}): "proofs are wanted below roots that vendors ship",
    frozenset(
        {C.UNTRUSTED_ROOT, C.TRUST_STORE_OUTDATED}
    ): "a store is old where it lacks a root that vendors ship",
    frozenset({C.UNTRUSTED_ROOT, C.CT_MISSING}): "proofs are wanted below roots that vendors ship",
    frozenset(
        {C.DISTRUSTED_CA, C.TRUST_STORE_OUTDATED}
    ): "a store without a root that lost its trust is not old",
    frozenset({C.BAD_SIGNATURE, C.DISTRUSTED_CA}): "what the CA did not sign is none of its certificates",
    frozenset({C.BAD_SIGNATURE, C.TRUST_STORE_OUTDATED}): "what the CA did not sign leads to no root",
    frozenset({C.BAD_SIGNATURE, C.CT_MISSING}): "what no public CA signed needs no proofs",
    frozenset(
        {C.NOT_RELOADED, C.NOT_YET_VALID}
    ): "what begins later than now is newer than anything in force",
    frozenset(
        {C.CLOCK_WRONG, C.NOT_YET_VALID}
    ): "what begins later by either clock proves neither of them wrong",
}
"""Faults that exclude each other by what they are."""

MEETINGS: dict[frozenset[C], Meeting] = {
    frozenset({C.CLOCK_WRONG, C.EXPIRED}): Meeting(
        hidden=frozenset({C.EXPIRED}), reason="by the clock here it has not even begun"
    ),
    frozenset({C.CLOCK_WRONG, C.EXPIRING_SOON}): Meeting(
        hidden=frozenset({C.EXPIRING_SOON}), reason="by the clock here it has not even begun"
    ),
    frozenset({C.CLOCK_WRONG, C.REVOKED}): Meeting(
        frozenset({C.REVOKED}),
        frozenset({C.REVOCATION_UNKNOWN}),
        "by the clock here the answer is from the future and counts for nothing",
    ),
    frozenset({C.UNTRUSTED_ROOT, C.DISTRUSTED_CA}): Meeting(
        hidden=frozenset({C.UNTRUSTED_ROOT}),
        reason="that no store holds the root any more is the loss of trust",
    ),
    frozenset({C.NOT_RELOADED, C.CLOCK_WRONG}): Meeting(
        hidden=frozenset({C.NOT_RELOADED}), reason="by the clock here the newer one has not begun"
    ),
    **{
        frozenset({C.NOT_RELOADED, other}): Meeting(
            hidden=frozenset({C.NOT_RELOADED}), reason="what came is not what the server serves"
        )
        for other in (C.CAPTIVE_PORTAL, C.INTERCEPTION)
    },
    frozenset({C.MUST_STAPLE, C.CONNECTION_RESET}): Meeting(
        hidden=frozenset({C.MUST_STAPLE}),
        reason="a handshake that broke off may have ended before the staple came",
    ),
    frozenset({C.BAD_SIGNATURE, C.REVOKED}): Meeting(
        frozenset({C.REVOKED}),
        frozenset({C.REVOCATION_UNKNOWN}),
        "the issuer can say nothing of a certificate that it did not sign",
    ),
}
"""Faults that meet and are not simply both found."""
