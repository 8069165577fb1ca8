"""Does a TLS connection come about, with every address?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.attempts import Flaw, by_address, dead_ones, flaws, rows
from certwizard.diagnosis.checks.client_certificate import demanded_over_http
from certwizard.diagnosis.checks.clock_witnesses import TOLERANCE, clock_offset
from certwizard.diagnosis.checks.connection_causes import dns_cause, handshake_cause, spoken_address
from certwizard.diagnosis.checks.negotiation import modern, negotiation_cause, old_answer
from certwizard.diagnosis.checks.portal import portal_cause
from certwizard.diagnosis.checks.suites import suite_cause
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import listing
from certwizard.diagnosis.outcome import Outcome, conclude, skipped
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.observation import FailureReason, Handshake
from certwizard.domain.vocabulary import CauseId, CheckId, FieldId, Severity, Status
from certwizard.domain.wording import span

MAX_ROWS = 16
MAX_FAILED = 4
_AGREEMENT = frozenset({CauseId.PROTOCOL_VERSION, CauseId.CIPHER_MISMATCH, CauseId.CLIENT_CERT_REQUIRED})
"""What a server says no to, which speaks TLS and answers."""
LOOPBACK_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost")


def check(case: Case) -> Outcome:
    """Judge name resolution, the handshakes of all addresses, and signs of a portal in between."""
    if case.from_files:
        return skipped(CheckId.CONNECTION, "Files were read; no server was contacted.")
    causes = _causes(case)
    unknown = "" if causes or case.sent else _unknown(case)
    facts = _facts(case, causes)
    return conclude(CheckId.CONNECTION, causes, facts, good=_good(case), unknown=unknown)


def _causes(case: Case) -> list[Cause]:
    observation = case.observation
    portal = portal_cause(case)
    causes = [portal] if portal else []
    if observation.resolution is not None and observation.resolution.failure is not None:
        cause = dns_cause(case, observation.resolution)
        return [*causes, cause] if cause else causes
    tried = modern(case)
    dead = dead_ones(tried)
    if tried and len(dead) == len(by_address(tried)):
        return [*causes, *_everywhere(case, dead)]
    good = next((each for each in tried if each.failure is None), None)
    suites = suite_cause(case, good) if good is not None else None
    causes += [cause for cause in (demanded_over_http(case), suites) if cause is not None]
    return [*causes, *_partial(case, dead), *_now_and_then(case, tried)]


def _everywhere(case: Case, dead: list[Handshake]) -> list[Cause]:
    """Return why no address works: of the one that came farthest, and what the others meet instead."""
    found = _met(case, dead)
    if not found:
        return []
    first, cause = max(found, key=lambda each: (bool(each[0].chain), each[1].id in _AGREEMENT))
    severity = _severity(case)
    others = {other.id: (each, other) for each, other in reversed(found) if other.id is not cause.id}
    return [
        cause,
        *(
            _on_address(other, each, severity, f"{spoken_address(first.address)} fails in another way.")
            for each, other in others.values()
        ),
    ]


def _met(case: Case, failed: Sequence[Handshake]) -> list[tuple[Handshake, Cause]]:
    found = ((each, negotiation_cause(case, each) or handshake_cause(case, each)) for each in failed)
    return [(each, cause) for each, cause in found if cause is not None]


def _severity(case: Case) -> Severity:
    """Return how much a single address matters: that nothing listens on one of localhost's is usual."""
    host = case.observation.target.host or ""
    loopback = host in LOOPBACK_NAMES or host.endswith(".localhost")
    return Severity.INFO if loopback else Severity.WARNING


def _partial(case: Case, failed: list[Handshake]) -> list[Cause]:
    """Return what fails on some addresses while others work."""
    severity, others = _severity(case), "Other addresses of the same name work."
    return [_on_address(cause, each, severity, others) for each, cause in _met(case, failed[:MAX_FAILED])]


def _now_and_then(case: Case, tried: list[Handshake]) -> list[Cause]:
    """Return what fails in some handshakes with an address while others with it come about."""
    found = []
    for flaw in flaws(tried, case.observation.handshakes)[:4]:
        cause = negotiation_cause(case, flaw.failed) or handshake_cause(case, flaw.failed)
        if cause is not None:
            found.append(_of_one_machine(cause, flaw))
    return found


def _of_one_machine(cause: Cause, flaw: Flaw) -> Cause:
    where = spoken_address(flaw.failed.address)
    return replace(
        cause,
        severity=Severity.WARNING,
        headline=f"{where} fails in {flaw.times} of {flaw.of} handshakes.",
        explanation=f"{cause.headline} The other handshakes came about, so most likely one of several machines "
        f"behind this address is at fault, and clients fail now and then. {cause.explanation}",
        seen=f"{flaw.times} of {flaw.of} handshakes: {cause.seen}",
        detail="now-and-then",
    )


def _on_address(cause: Cause, handshake: Handshake, severity: Severity, others: str) -> Cause:
    """Return the cause of one address of several, with the address said."""
    where = spoken_address(handshake.address)
    headline = cause.headline
    if where not in headline:
        headline = f"On {where} it is otherwise: {headline[:1].lower()}{headline[1:]}"
    explanation = f"{others} {cause.explanation}"
    return replace(
        cause,
        severity=severity,
        headline=headline,
        explanation=explanation,
        seen=f"{where}: {cause.seen}",
        detail=cause.detail or "one-address",
    )


def _unknown(case: Case) -> str:
    tried = case.observation.handshakes
    failure = next((each.failure for each in tried if each.failure is not None), None)
    if failure is None:
        return "No handshake was made, so nothing is known."
    if failure.reason is FailureReason.CANCELLED:
        return "The probe was cancelled before a certificate was received."
    words = f": {failure.detail}" if failure.detail else ""
    return f"No certificate was received{words}."


def _good(case: Case) -> str:
    handshake = case.handshake
    if handshake is None:
        return "Nothing was contacted."
    if handshake.failure is not None and handshake.failure.reason is FailureReason.TOO_LARGE:
        return "The server answers in TLS; its certificates are too large for this handshake to go on."
    addresses = len({each.address for each in case.observation.handshakes if each.failure is None})
    where = f" with {addresses} addresses" if addresses > 1 else ""
    agreed = f"{handshake.protocol or 'TLS'} with {handshake.cipher or 'an unknown cipher'}"
    return f"The connection works{where}: {agreed}."


def _facts(case: Case, causes: list[Cause]) -> list[Fact]:
    facts = []
    resolution = case.observation.resolution
    if resolution is not None:
        seen = listing(resolution.addresses) or "no address"
        status = Status.FAIL if resolution.failure else Status.PASS
        facts.append(Fact(FieldId.ADDRESS, f"Addresses of {resolution.host}", seen, "at least one", status))
    facts += [
        Fact(row.field, row.label, row.seen, "a TLS connection", row.status)
        for row in rows(case.observation.handshakes)[:MAX_ROWS]
    ]
    judged = case.handshake
    if judged is not None and (judged.protocol or judged.chain):
        facts += _negotiated(case, judged, causes)
    offset = clock_offset(case)
    if offset is not None:
        side = "ahead of" if offset.total_seconds() > 0 else "behind"
        same = abs(offset) <= TOLERANCE
        seen = "agree" if same else f"the server is {span(abs(offset))} {side} this computer"
        facts.append(
            Fact(FieldId.CLOCK, "Clocks", seen, "within 5 minutes", Status.PASS if same else Status.WARN)
        )
    return facts


def _negotiated(case: Case, judged: Handshake, causes: list[Cause]) -> list[Fact]:
    old = old_answer(case, judged.address)
    version = next((cause for cause in causes if cause.id is CauseId.PROTOCOL_VERSION), None)
    weak = next((mark(cause.severity) for cause in causes if cause.field is FieldId.CIPHER), Status.PASS)
    shown = old if old is not None and judged.protocol is None else judged
    spoken = version.seen if version is not None and version.detail else shown.protocol or "unknown"
    bad = Status.PASS if version is None else mark(version.severity)
    facts = [
        Fact(FieldId.PROTOCOL, "Protocol", spoken, "TLSv1.2 or TLSv1.3", bad),
        Fact(FieldId.CIPHER, "Cipher", shown.cipher or "unknown", "", weak),
        *_client_certificate_fact(judged, causes),
    ]
    sni = judged.sni or "no name sent"
    facts.append(Fact(FieldId.SNI, "Name sent (SNI)", sni))
    starttls = case.observation.target.starttls
    if starttls is not None:
        facts.append(Fact(FieldId.STARTTLS, "Upgrade (STARTTLS)", starttls.value))
    return facts


def _client_certificate_fact(judged: Handshake, causes: list[Cause]) -> list[Fact]:
    """Return the row on the request for a client certificate, where there was one."""
    cause = next((each for each in causes if each.id is CauseId.CLIENT_CERT_REQUIRED), None)
    label = "Client certificate"
    if cause is not None:
        return [Fact(FieldId.PROTOCOL, label, cause.seen, cause.expected, mark(cause.severity))]
    if judged.client_certificate_requested:
        return [Fact(FieldId.PROTOCOL, label, "asked for, and not insisted on")]
    return []
