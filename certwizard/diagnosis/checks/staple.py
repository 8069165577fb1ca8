"""Does the server send an OCSP answer along where its certificate demands one, and does the answer count?"""

from __future__ import annotations

from collections.abc import Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.naming import spoken
from certwizard.diagnosis.result import Cause, Fact, RevocationFinding, RevocationStatus
from certwizard.diagnosis.revocation.findings import OCSP, STAPLED
from certwizard.diagnosis.revocation.staple import alike
from certwizard.domain.certificate import STATUS_REQUEST, Certificate
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.staples import StapleFault, staple_faults

MISSING, SOMETIMES, IN_FILE = "missing", "sometimes", "file"
OTHER_FEATURE, ISSUER_FEATURE = "other-feature", "issuer-feature"
_MOZILLA, _GNUTLS = "firefox", "wget"
_NO_SERVICE = (
    " The certificate names no OCSP service, so no server can get an answer for it: a certificate without the "
    "demand is needed."
)


def staple_causes(case: Case, findings: Sequence[RevocationFinding]) -> list[Cause]:
    """Return `must-staple`, or `revocation-unknown` where a staple that nobody demanded does not count."""
    leaf = case.leaf
    if leaf is None or leaf.supposed_signer:
        return []
    mine = [finding for finding in findings if finding.certificate == leaf.sha256]
    found = [*_other_features(case, leaf), *_unmet_issuer(case, leaf)]
    stapled = next((finding for finding in mine if finding.source == STAPLED), None)
    if stapled is None:
        return found + (_nothing_sent(case, leaf) if leaf.must_staple else [])
    if not stapled.fault:
        return found + (_sent_sometimes(case, leaf) if leaf.must_staple else [])
    return [*found, _unusable(case, leaf, staple_faults()[stapled.fault], mine)]


def staple_facts(case: Case, causes: Sequence[Cause]) -> list[Fact]:
    """Return the row on what the certificate demands of the server; none where it demands nothing."""
    leaf = case.leaf
    if leaf is None or not leaf.tls_features:
        return []
    broken = next((cause for cause in causes if cause.id is CauseId.MUST_STAPLE), None)
    status, expected = Status.PASS, ""
    if broken is not None:
        status = Status.FAIL if broken.severity is Severity.ERROR else Status.WARN
        expected = broken.expected
    elif not alike(case):
        status = Status.UNKNOWN
    seen = "a stapled OCSP answer" if leaf.must_staple else _numbers(leaf)
    return [Fact(FieldId.TLS_FEATURE, "Demanded of the server (TLS feature)", seen, expected, status, 0)]


def _nothing_sent(case: Case, leaf: Certificate) -> list[Cause]:
    if case.from_files:
        return [] if leaf.ocsp_urls else [_in_file(leaf)]
    if not alike(case):
        return []
    fault = staple_faults()[MISSING]
    why = (
        " Either stapling is off on the server, or the server has not fetched an answer yet, as right after a "
        "restart."
        if leaf.ocsp_urls
        else _NO_SERVICE
    )
    return [_must_staple(MISSING, fault, "No OCSP answer is sent along with it.", why)]


def _sent_sometimes(case: Case, leaf: Certificate) -> list[Cause]:
    shaken = alike(case)
    without = sum(not each.stapled_ocsp for each in shaken)
    if not without:
        return []
    seen = f"an answer in {len(shaken) - without} of {len(shaken)} handshakes"
    return [
        Cause(
            CauseId.MUST_STAPLE,
            Severity.WARNING,
            "The certificate demands a stapled OCSP answer, and the server does not send one every time.",
            f"The server sent {seen}. Firefox and programs with GnuTLS refuse whenever it is missing. Some servers, "
            "nginx for one, fetch the answer only after the first visitor of each process has come.",
            FieldId.TLS_FEATURE,
            seen,
            "an answer in every handshake, from the first one after a restart on",
            certificate=0,
            detail=SOMETIMES,
            minded_by=frozenset(),
        )
    ]


def _in_file(leaf: Certificate) -> Cause:
    return Cause(
        CauseId.MUST_STAPLE,
        Severity.WARNING,
        "The certificate demands a stapled OCSP answer that no server can get.",
        "Whatever server it is put on has to send an OCSP answer along (RFC 7633), or Firefox and programs with GnuTLS "
        f"refuse.{_NO_SERVICE}",
        FieldId.TLS_FEATURE,
        "status_request demanded, no OCSP address",
        "no such demand, or an OCSP service",
        certificate=0,
        detail=IN_FILE,
    )


def _unusable(case: Case, leaf: Certificate, fault: StapleFault, mine: Sequence[RevocationFinding]) -> Cause:
    """Return what follows from a staple that does not count."""
    answered = any(finding.source == OCSP and finding.status is RevocationStatus.GOOD for finding in mine)
    refusing = fault.refusing(demanded=leaf.must_staple, answered=answered, public=case.publicly_trusted)
    known = any(finding.status is not RevocationStatus.UNKNOWN for finding in mine)
    beside = "" if known else " No other source says either whether the certificate was revoked."
    words = f"The OCSP answer that the server sends along {fault.words}."
    stapled = next(finding for finding in mine if finding.source == STAPLED)
    reason = f" In detail: {stapled.reason}." if stapled.reason else ""
    if leaf.must_staple:
        return _must_staple(f"staple-{fault.id}", fault, words, reason + beside, refusing)
    return Cause(
        CauseId.REVOCATION_UNKNOWN,
        _severity(refusing),
        words,
        f"{_who(refusing)}{reason}{beside} This is a fault of the server's set-up or of its CA and no sign that "
        f"{spoken(case, leaf)} was revoked.",
        FieldId.OCSP,
        f"an answer that {fault.words}",
        fault.expected,
        certificate=0,
        detail=f"staple-{fault.id}",
        minded_by=refusing,
    )


def _must_staple(
    detail: str, fault: StapleFault, words: str, more: str, refusing: frozenset[str] | None = None
) -> Cause:
    who = fault.always | fault.demanded if refusing is None else refusing
    return Cause(
        CauseId.MUST_STAPLE,
        _severity(who),
        "The certificate demands a stapled OCSP answer, and " + words[:1].lower() + words[1:],
        "Its TLS feature extension says that the server sends an OCSP answer along with every handshake (RFC 7633). "
        f"{_who(who)}{more}",
        FieldId.TLS_FEATURE,
        f"an answer that {fault.words}" if detail != MISSING else "no answer sent along",
        fault.expected,
        certificate=0,
        detail=detail,
        minded_by=who,
    )


def _severity(refusing: frozenset[str]) -> Severity:
    hit = any(profile.mainstream and profile.is_among(refusing) for profile in profiles())
    return Severity.ERROR if hit else Severity.WARNING


def _who(refusing: frozenset[str]) -> str:
    if _MOZILLA in refusing:
        gnutls = " and programs with GnuTLS refuse" if _GNUTLS in refusing else " refuses"
        return f"Firefox{gnutls} for it; other clients do not look."
    if _GNUTLS in refusing:
        return "Programs with GnuTLS (wget, git on Debian) refuse for it; browsers do not look, or ask elsewhere."
    return "Today's clients do not refuse for it."


def _other_features(case: Case, leaf: Certificate) -> list[Cause]:
    if all(feature == STATUS_REQUEST for feature in leaf.tls_features):
        return []
    return [
        Cause(
            CauseId.MUST_STAPLE,
            Severity.ERROR,
            "The certificate demands something of the server that no server can give.",
            "Its TLS feature extension (RFC 7633) names more than the stapled OCSP answer. Firefox knows that one "
            "demand alone and refuses all others, whatever the server sends. Other clients do not look.",
            FieldId.TLS_FEATURE,
            _numbers(leaf),
            "status_request (5) alone, or no such extension",
            certificate=0,
            detail=OTHER_FEATURE,
            minded_by=frozenset({_MOZILLA}),
        )
    ]


def _unmet_issuer(case: Case, leaf: Certificate) -> list[Cause]:
    """Return the cause where a CA promises for all below it what this certificate does not say (RFC 7633 4.2.2)."""
    best = case.choice.best
    above = [node.certificate for node in best.path.nodes[1:2]] if best else []
    demanding = next((each for each in above if each.tls_features), None)
    if demanding is None or demanding.tls_features == leaf.tls_features:
        return []
    return [
        Cause(
            CauseId.MUST_STAPLE,
            Severity.ERROR,
            "The CA's certificate demands a TLS feature of all below it, and this certificate lacks it.",
            f"{spoken(case, demanding).capitalize()} carries the TLS feature extension, which binds every certificate "
            "issued with it (RFC 7633 section 4.2.2). Firefox and programs with GnuTLS refuse the whole chain; other "
            "clients do not look.",
            FieldId.TLS_FEATURE,
            _numbers(leaf) if leaf.tls_features else "no TLS feature",
            f"the same as its issuer: {_numbers(demanding)}",
            certificate=0,
            detail=ISSUER_FEATURE,
            minded_by=frozenset({_MOZILLA, _GNUTLS}),
        )
    ]


def _numbers(certificate: Certificate) -> str:
    named = {STATUS_REQUEST: "status_request (5)", 17: "status_request_v2 (17)"}
    return ", ".join(named.get(each, str(each)) for each in certificate.tls_features)
