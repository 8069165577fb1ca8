"""Cases made by hand, judged by nobody: what a screen shows must not depend on how it was found."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from certwizard.diagnosis.result import (
    Cause,
    ChainRole,
    CheckResult,
    ClientAction,
    ClientOutcome,
    Diagnosis,
    Fact,
    Origin,
    PathLink,
    RevocationFinding,
    RevocationStatus,
    SentCertificate,
)
from certwizard.domain.certificate import Certificate
from certwizard.domain.hostname import match_names
from certwizard.domain.observation import (
    Failure,
    FailureReason,
    Handshake,
    Observation,
    Offer,
    Resolution,
)
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.target import Target, TargetKind
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Role, Severity, Status, Verdict
from certwizard.remedies.model import Command, Remedy, Snippet, Step
from certwizard.wizard.case import Case

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
            Handshake("192.0.2.10", 443, HOST, Offer.MODERN, None, "TLSv1.3", "TLS_AES_256_GCM_SHA384", ders, connect_ms=21, handshake_ms=27),
            Handshake("2001:db8::10", 443, HOST, Offer.MODERN, refused),
        ),
    )  # fmt: skip


EXPIRED = Cause(
    CauseId.EXPIRED,
    Severity.ERROR,
    "The certificate ended 12 days ago.",
    "Every client refuses a certificate after its last day. It was good for 90 days and was not renewed in "
    "time; nothing else about it has to be wrong.",
    FieldId.NOT_AFTER,
    "2026-11-11 09:12 UTC",
    "later than now",
    0,
)
MISMATCH = Cause(
    CauseId.HOSTNAME_MISMATCH,
    Severity.ERROR,
    "The certificate is not for shop.eu.example.com.",
    "A wildcard covers exactly one label, and this name has two before example.com.",
    FieldId.SUBJECT_ALT_NAME,
    "example.com, *.example.com",
    "shop.eu.example.com",
    0,
    detail="wildcard-depth",
)
MISSING = Cause(
    CauseId.MISSING_INTERMEDIATE,
    Severity.ERROR,
    "The server does not send its intermediate certificate R11.",
    "Browsers that fetch it themselves connect; curl, Python, Java and Go do not fetch and refuse.",
    FieldId.CHAIN,
    "1 certificate sent",
    "the leaf, then R11",
)


def _facts(check: CheckId) -> tuple[Fact, ...]:
    table: dict[CheckId, tuple[Fact, ...]] = {
        CheckId.CONNECTION: (
            Fact(FieldId.ADDRESS, "Addresses", "192.0.2.10, 2001:db8::10"),
            Fact(FieldId.PROTOCOL, "Protocol", "TLSv1.3"),
            Fact(FieldId.CIPHER, "Cipher", "TLS_AES_256_GCM_SHA384"),
        ),
        CheckId.CERTIFICATE: (
            Fact(FieldId.SUBJECT, "For (Subject)", f"CN={HOST}"),
            Fact(FieldId.ISSUER, "Who vouches (Issuer)", "CN=R11"),
            Fact(FieldId.SERIAL, "Serial number", "04c0ffee0b"),
            Fact(FieldId.PUBLIC_KEY, "Public key", "EC secp256r1"),
            Fact(FieldId.SIGNATURE, "Signature", "ecdsa-with-SHA256"),
            Fact(FieldId.FINGERPRINT, "Fingerprint (SHA-256)", leaf().sha256),
        ),
        CheckId.DATES: (
            Fact(FieldId.NOT_BEFORE, "Begins (Not Before)", "2026-08-13 09:12 UTC", "", Status.PASS, 0),
            Fact(FieldId.NOT_AFTER, "Ends (Not After)", "2026-11-11 09:12 UTC, 12 days ago", "later than now", Status.FAIL, 0),
            Fact(FieldId.CLOCK, "Clock", "this computer and the server agree", "", Status.PASS),
        ),
        CheckId.NAME: (
            Fact(FieldId.SNI, "You asked for", HOST),
            Fact(FieldId.SUBJECT_ALT_NAME, "Names (SAN)", "example.com, *.example.com, shop.example.org", f"{HOST} or *.eu.example.com", Status.FAIL, 0),
        ),
        CheckId.TRUST: (
            Fact(FieldId.TRUST_ANCHOR, "Trusted root", "ISRG Root X1, in Mozilla and this system"),
            Fact(FieldId.CHAIN, "Chain as sent", "1 certificate, R11 is missing", "leaf, then R11", Status.FAIL),
            Fact(FieldId.AUTHORITY_INFO_ACCESS, "Fetched from (AIA)", "http://r11.i.example/"),
        ),
        CheckId.INSTALLATION: (Fact(FieldId.CHAIN, "Order", "leaf first", "", Status.PASS),),
        CheckId.REVOCATION: (
            Fact(FieldId.OCSP, "OCSP", "no answer in 5 s", "good", Status.UNKNOWN),
            Fact(FieldId.CRL, "CRL", "not listed"),
        ),
        CheckId.POLICY: (Fact(FieldId.SCT_LIST, "Logged (SCT)", "2 logs"),),
    }  # fmt: skip
    return table[check]


_RESULTS: tuple[tuple[CheckId, Status, str, tuple[CauseId, ...]], ...] = (
    (CheckId.CONNECTION, Status.PASS, "Yes, with TLS 1.3 at one of two addresses.", ()),
    (CheckId.CERTIFICATE, Status.PASS, "It is for shop.eu.example.com, vouched for by R11.", ()),
    (CheckId.DATES, Status.FAIL, "It ended 12 days ago.", (CauseId.EXPIRED,)),
    (CheckId.NAME, Status.FAIL, "No: a wildcard covers one label, this name needs two.", (CauseId.HOSTNAME_MISMATCH,)),
    (CheckId.TRUST, Status.FAIL, "Only if the client fetches the missing link itself.", (CauseId.MISSING_INTERMEDIATE,)),
    (CheckId.INSTALLATION, Status.WARN, "The chain is incomplete.", ()),
    (CheckId.REVOCATION, Status.UNKNOWN, "The authority did not answer in time.", ()),
    (CheckId.POLICY, Status.SKIPPED, "Nothing to hold against it.", ()),
)  # fmt: skip

CLIENTS = (
    ClientOutcome("chrome", "Chrome", ClientAction.REJECTS, CauseId.EXPIRED, "NET::ERR_CERT_DATE_INVALID"),
    ClientOutcome("firefox", "Firefox", ClientAction.REJECTS, CauseId.EXPIRED, "SEC_ERROR_EXPIRED_CERTIFICATE"),
    ClientOutcome("curl", "curl", ClientAction.REJECTS, CauseId.EXPIRED, "SSL certificate problem: certificate has expired"),
    ClientOutcome("java", "Java", ClientAction.UNKNOWN),
    ClientOutcome("old", "A very old client", ClientAction.ACCEPTS),
)  # fmt: skip


def diagnosis() -> Diagnosis:
    """Three faults at once, and one of every status."""
    results = tuple(CheckResult(check, status, words, causes, _facts(check)) for check, status, words, causes in _RESULTS)
    return Diagnosis(
        target=TARGET,
        judged_at=NOW,
        verdict=Verdict.REJECTED,
        headline="Every client refuses it: the certificate ended 12 days ago.",
        causes=(EXPIRED, MISMATCH, MISSING),
        checks=results,
        sent=(SentCertificate(0, ChainRole.LEAF, leaf()),),
        path=(
            PathLink(leaf(), Origin.SENT, ChainRole.LEAF, 0),
            PathLink(intermediate(), Origin.FETCHED, ChainRole.INTERMEDIATE),
            PathLink(root(), Origin.STORE, ChainRole.ROOT, stores=("mozilla", "system")),
        ),
        trusted=True,
        names=match_names(HOST, leaf().san) if (leaf().san is not None) else (),
        revocation=(
            RevocationFinding(leaf().sha256, 0, "OCSP", "http://o.example/", RevocationStatus.UNKNOWN, "no answer in 5 s"),
            RevocationFinding(leaf().sha256, 0, "CRL", "http://c.example/", RevocationStatus.GOOD, next_update=NOW + timedelta(days=5)),
        ),
        clients=CLIENTS,
        evidence={"addresses": ["192.0.2.10", "2001:db8::10"], "protocol": "TLSv1.3"},
    )  # fmt: skip


RENEW = Remedy(
    "renew-certbot",
    CauseId.EXPIRED,
    "Renew the certificate with certbot",
    Role.SERVER_OWNER,
    (
        Step("Renew it now.", Command((("certbot", "renew", "--cert-name", HOST),)), needs_root=True,
             undo="The old certificate stays under /etc/letsencrypt/archive."),
        Step("Check the configuration and reload nginx.", Command((("nginx", "-t"),), then=Command((("systemctl", "reload", "nginx"),))),
             platform="nginx", needs_root=True),
        Step("Check the configuration and reload Apache.", Command((("apachectl", "configtest"),), then=Command((("systemctl", "reload", "apache2"),))),
             platform="apache", needs_root=True),
        Step("See that the new one is served.",
             verify=Command((("openssl", "s_client", "-connect", f"{HOST}:443", "-servername", HOST),
                             ("openssl", "x509", "-noout", "-dates")), stdin="/dev/null")),
    ),
)  # fmt: skip
CHAIN = Remedy(
    "send-chain",
    CauseId.MISSING_INTERMEDIATE,
    "Send the whole chain",
    Role.SERVER_OWNER,
    (Step("Serve fullchain.pem in place of cert.pem.", snippet=Snippet("nginx", f"ssl_certificate     /etc/letsencrypt/live/{HOST}/fullchain.pem;\nssl_certificate_key /etc/letsencrypt/live/{HOST}/privkey.pem;", "the server block of nginx"), platform="nginx"),),
)  # fmt: skip
TELL = Remedy(
    "tell-owner",
    CauseId.EXPIRED,
    "Tell the owner of the site",
    Role.VISITOR,
    (Step("Send them this text.", snippet=Snippet("text", f"Hello,\nthe certificate of {HOST} ended 12 days ago.", "a mail")),),
)  # fmt: skip
WATCH = Remedy(
    "watch",
    CauseId.EXPIRED,
    "Watch the certificate every day",
    Role.SERVER_OWNER,
    (Step("Run this from cron.", snippet=Snippet("cron", f"17 6 * * * certwizard check {HOST}", "crontab -e")),),
)


def case(before: Case | None = None) -> Case:
    """The whole case, in English that no check wrote."""
    made = Case(
        observation(),
        diagnosis(),
        {Role.SERVER_OWNER: (RENEW, CHAIN), Role.CLIENT_DEVELOPER: (CHAIN,), Role.VISITOR: (TELL, RENEW)},
        (WATCH,),
        title=TARGET.display_name,
    )
    if before is None:
        return made
    from certwizard.wizard.changes import compare

    return replace(made, changes=compare(before.diagnosis, made.diagnosis))
