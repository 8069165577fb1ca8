"""A case made by hand, judged by nobody: what a screen shows must not depend on how it was found."""

from dataclasses import replace
from datetime import timedelta

from certwizard.diagnosis.repair import Change, ChangeKind, Repair, Repairs
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
from certwizard.domain.certificate import SubjectAltNames
from certwizard.domain.hostname import match_names
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Role, Severity, Status, Verdict
from certwizard.wizard.case import Case
from certwizard.wizard.changes import compare
from tests.wizard.canned_certificates import (
    HOST,
    NOW,
    TARGET,
    certificate,
    intermediate,
    leaf,
    observation,
    root,
)
from tests.wizard.canned_remedies import CHAIN, RENEW, TELL, WATCH

__all__ = ["HOST", "NOW", "TARGET", "certificate", "observation"]

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


REPAIRS = Repairs(
    Repair(
        (
            Change(
                ChangeKind.NEW_CERTIFICATE,
                f"get a new certificate for {HOST} and within its dates",
                0,
                (CauseId.EXPIRED, CauseId.HOSTNAME_MISMATCH),
            ),
            Change(
                ChangeKind.SEND_INTERMEDIATE,
                "send “R11” after the server's certificate",
                0,
                (CauseId.MISSING_INTERMEDIATE,),
            ),
        ),
        Verdict.ACCEPTED,
    )
)


def _fault(field: FieldId, label: str, seen: str, expected: str) -> Fact:
    return Fact(field, label, seen, expected, Status.FAIL, 0)


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
            _fault(
                FieldId.NOT_AFTER, "Ends (Not After)", "2026-11-11 09:12 UTC, 12 days ago", "later than now"
            ),
            Fact(FieldId.CLOCK, "Clock", "this computer and the server agree", "", Status.PASS),
        ),
        CheckId.NAME: (
            Fact(FieldId.SNI, "You asked for", HOST),
            _fault(
                FieldId.SUBJECT_ALT_NAME,
                "Names (SAN)",
                "example.com, *.example.com, shop.example.org",
                f"{HOST} or *.eu.example.com",
            ),
        ),
        CheckId.TRUST: (
            Fact(FieldId.TRUST_ANCHOR, "Trusted root", "ISRG Root X1, in Mozilla and this system"),
            Fact(
                FieldId.CHAIN, "Chain as sent", "1 certificate, R11 is missing", "leaf, then R11", Status.FAIL
            ),
            Fact(FieldId.AUTHORITY_INFO_ACCESS, "Fetched from (AIA)", "http://r11.i.example/"),
        ),
        CheckId.INSTALLATION: (Fact(FieldId.CHAIN, "Order", "leaf first", "", Status.PASS),),
        CheckId.REVOCATION: (
            Fact(FieldId.OCSP, "OCSP", "no answer in 5 s", "good", Status.UNKNOWN),
            Fact(FieldId.CRL, "CRL", "not listed"),
        ),
        CheckId.POLICY: (Fact(FieldId.SCT_LIST, "Logged (SCT)", "2 logs"),),
    }
    return table[check]


_RESULTS: tuple[tuple[CheckId, Status, str, tuple[CauseId, ...]], ...] = (
    (CheckId.CONNECTION, Status.PASS, "Yes, with TLS 1.3 at one of two addresses.", ()),
    (CheckId.CERTIFICATE, Status.PASS, "It is for shop.eu.example.com, vouched for by R11.", ()),
    (CheckId.DATES, Status.FAIL, "It ended 12 days ago.", (CauseId.EXPIRED,)),
    (
        CheckId.NAME,
        Status.FAIL,
        "No: a wildcard covers one label, this name needs two.",
        (CauseId.HOSTNAME_MISMATCH,),
    ),
    (
        CheckId.TRUST,
        Status.FAIL,
        "Only if the client fetches the missing link itself.",
        (CauseId.MISSING_INTERMEDIATE,),
    ),
    (CheckId.INSTALLATION, Status.WARN, "The chain is incomplete.", ()),
    (CheckId.REVOCATION, Status.UNKNOWN, "The authority did not answer in time.", ()),
    (CheckId.POLICY, Status.SKIPPED, "Nothing to hold against it.", ()),
)

CLIENTS = (
    ClientOutcome("chrome", "Chrome", ClientAction.REJECTS, CauseId.EXPIRED, "NET::ERR_CERT_DATE_INVALID"),
    ClientOutcome(
        "firefox", "Firefox", ClientAction.REJECTS, CauseId.EXPIRED, "SEC_ERROR_EXPIRED_CERTIFICATE"
    ),
    ClientOutcome(
        "curl",
        "curl",
        ClientAction.REJECTS,
        CauseId.EXPIRED,
        "SSL certificate problem: certificate has expired",
    ),
    ClientOutcome("java", "Java", ClientAction.UNKNOWN),
    ClientOutcome("old", "A very old client", ClientAction.ACCEPTS),
)


def diagnosis() -> Diagnosis:
    """Three faults at once, and one of every status."""
    results = tuple(
        CheckResult(check, status, words, causes, _facts(check)) for check, status, words, causes in _RESULTS
    )
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
        names=match_names(HOST, leaf().san or SubjectAltNames()),
        repairs=REPAIRS,
        revocation=(
            RevocationFinding(
                leaf().sha256, 0, "OCSP", "http://o.example/", RevocationStatus.UNKNOWN, "no answer in 5 s"
            ),
            RevocationFinding(
                leaf().sha256,
                0,
                "CRL",
                "http://c.example/",
                RevocationStatus.GOOD,
                next_update=NOW + timedelta(days=5),
            ),
        ),
        clients=CLIENTS,
        evidence={"addresses": ["192.0.2.10", "2001:db8::10"], "protocol": "TLSv1.3"},
    )


def case(before: Case | None = None) -> Case:
    """The whole case, in English that no check wrote."""
    made = Case(
        observation(),
        diagnosis(),
        {Role.SERVER_OWNER: (RENEW, CHAIN), Role.CLIENT_DEVELOPER: (CHAIN,), Role.VISITOR: (TELL, RENEW)},
        (WATCH,),
        safety="Mostly it is neglect, not an attack. Still, enter nothing secret.",
        title=TARGET.display_name,
    )
    if before is None:
        return made
    return replace(made, changes=compare(before.diagnosis, made.diagnosis))


def repaired_case(before: Case | None) -> Case:
    """The case after the certificate was renewed; its name is still wrong."""
    after = replace(diagnosis(), causes=(MISMATCH,), headline="The certificate is for other names.")
    changes = compare(before.diagnosis, after) if before else None
    return replace(case(), diagnosis=after, changes=changes)
