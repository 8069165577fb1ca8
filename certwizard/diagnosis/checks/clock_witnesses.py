"""Who speaks for another time than this computer's clock, and what that proves.

Transparency logs and public CAs have to know the time: a proof of logging (SCT), an OCSP answer or a CRL of
theirs that was verified and is dated after our now proves that our clock is behind, by that much at least. The
other way round nothing proves anything: old answers are served by lazy responders. The Date of a server and what
a private CA signed come from clocks that may be wrong themselves; they count only where what fails here does not
fail by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.result import RevocationFinding
from certwizard.diagnosis.transparency.collected import collect
from certwizard.domain.scts import certificate_scts, tls_scts
from certwizard.domain.vocabulary import Status
from certwizard.domain.wording import moment

TOLERANCE = timedelta(minutes=5)
SERVER = "the server"


@dataclass(frozen=True, slots=True)
class Witness:
    """One other clock."""

    who: str
    offset: timedelta
    """How far it is ahead of ours (negative: behind); of what was signed, at least."""
    signed: str = ""
    """What was signed and when, in words; empty for the server's own clock."""


def clock_offset(case: Case) -> timedelta | None:
    """Return how far the server's clock is ahead of ours (negative: behind), or None."""
    hint = case.observation.http
    if hint is None or hint.date is None:
        return None
    return hint.date - hint.received_at


def server_witness(case: Case) -> Witness | None:
    """Return the server's clock where it differs from ours."""
    offset = clock_offset(case)
    return Witness(SERVER, offset) if offset is not None and abs(offset) > TOLERANCE else None


def proof(case: Case, findings: Iterable[RevocationFinding]) -> Witness | None:
    """Return the latest time signed by a log or a public CA that lies ahead of ours, or None."""
    return _latest([*_promised(case), *(_by_the_ca(case, findings) if case.publicly_trusted else ())])


def private_witness(case: Case, findings: Iterable[RevocationFinding]) -> Witness | None:
    """Return the latest time signed by a private CA that lies ahead of ours, or None."""
    return None if case.publicly_trusted else _latest(_by_the_ca(case, findings))


def _latest(witnesses: Iterable[Witness]) -> Witness | None:
    ahead = (each for each in witnesses if each.offset > TOLERANCE)
    return max(ahead, key=lambda each: each.offset, default=None)


def _by_the_ca(case: Case, findings: Iterable[RevocationFinding]) -> Iterator[Witness]:
    now = case.judged_at
    for finding in findings:
        if finding.signed and finding.this_update is not None and finding.this_update > now:
            kind = "an OCSP answer" if "OCSP" in finding.source else "a revocation list"
            words = f"{kind} that the CA signed at {moment(finding.this_update)}"
            yield Witness("the CA", finding.this_update - now, words)


def _promised(case: Case) -> Iterator[Witness]:
    """Yield the listed logs that verifiably signed after our now."""
    leaf, now = case.leaf, case.judged_at
    if leaf is None or not case.readable:
        return
    handshake = case.handshake
    delivered = tls_scts(handshake.tls_scts).scts if handshake else ()
    # Verifying costs; only a time ahead of ours is worth it.
    if not any(sct.timestamp > now for sct in (*certificate_scts(leaf).scts, *delivered)):
        return
    for each in collect(case, leaf).scts:
        when = each.sct.timestamp
        if each.log is not None and each.signature is Status.PASS and when > now:
            words = f"a proof of logging that {each.log.name} signed at {moment(when)}"
            yield Witness("the transparency log", when - now, words)
