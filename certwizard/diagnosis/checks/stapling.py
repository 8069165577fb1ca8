"""Does the server hand over the OCSP answer that its own certificate asks of it (RFC 7633)?"""

from __future__ import annotations

from collections.abc import Sequence

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.result import Cause, Fact, RevocationFinding, RevocationStatus
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status

_STAPLE = "stapled OCSP"
_LABEL = "Stapled answer (must-staple)"
_EXPECTED = "a current, signed OCSP answer from the server"


def staple_causes(case: Case, findings: Sequence[RevocationFinding]) -> list[Cause]:
    """Return `must-staple` where the leaf wants a stapled answer and none came that counts.

    The wish counts for the leaf alone; what an intermediate says of it binds no client.
    """
    leaf = case.leaf
    if leaf is None or not leaf.must_staple or not _asked(case):
        return []
    staple = _staple(case, findings)
    if staple is not None and staple.status is not RevocationStatus.UNKNOWN:
        return []  # Good, or revoked, which is told by itself.
    seen = f"an answer that does not count: {staple.reason}" if staple is not None else "no answer"
    return [
        Cause(
            CauseId.MUST_STAPLE,
            Severity.ERROR,
            "The certificate demands a stapled OCSP answer, and the server sends none that counts.",
            "Its extension TLS feature (must-staple) makes a promise in the server's name: each handshake "
            "brings a fresh answer of the CA that the certificate is not revoked. Firefox and GnuTLS refuse "
            "without one; the others do not look. The server has to staple, or the certificate has to be "
            "replaced by one without must-staple; CAs that ended OCSP, such as Let's Encrypt in 2025, leave "
            "only that.",
            FieldId.TLS_FEATURE,
            seen,
            _EXPECTED,
            certificate=0,
            detail="no-staple" if staple is None else "bad-staple",
        )
    ]


def staple_facts(case: Case, causes: Sequence[Cause]) -> list[Fact]:
    """Return the row on must-staple; none where the certificate does not ask for it."""
    if case.leaf is None or not case.leaf.must_staple:
        return []
    broken = next((cause for cause in causes if cause.id is CauseId.MUST_STAPLE), None)
    if broken is not None:
        return [Fact(FieldId.TLS_FEATURE, _LABEL, broken.seen, broken.expected, Status.FAIL, 0)]
    if not _asked(case):
        seen = "cannot be seen in files: the server has to send it with each handshake"
        return [Fact(FieldId.TLS_FEATURE, _LABEL, seen, _EXPECTED, Status.SKIPPED, 0)]
    return [Fact(FieldId.TLS_FEATURE, _LABEL, "sent, and it counts", "", Status.PASS, 0)]


def _asked(case: Case) -> bool:
    """Whether the handshake, which asked for a staple, came to its end."""
    handshake = case.handshake
    return (
        not case.from_files and handshake is not None and bool(handshake.chain) and handshake.failure is None
    )


def _staple(case: Case, findings: Sequence[RevocationFinding]) -> RevocationFinding | None:
    leaf = case.leaf
    return next(
        (each for each in findings if each.source == _STAPLE and leaf and each.certificate == leaf.sha256),
        None,
    )
