"""Every SCT that came with the leaf, with its log and whether the log really signed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from certwizard.diagnosis.case import Case
from certwizard.domain.certificate import Certificate
from certwizard.domain.sct_signatures import verify_sct
from certwizard.domain.scts import MAX_SCTS, Sct, SctSource, certificate_scts, ocsp_scts, tls_scts
from certwizard.domain.signatures import SignatureStatus
from certwizard.domain.vocabulary import Status
from certwizard.knowledge.transparency import CtLog, ct_logs

SKEW = timedelta(minutes=5)
"""Clocks of logs and clients differ by a little."""


@dataclass(frozen=True, slots=True)
class CollectedSct:
    """One SCT, as far as it can be judged by itself."""

    sct: Sct
    log: CtLog | None
    """None: a log that the dated list does not name."""
    signature: Status
    """UNKNOWN where the log's key, or the issuer that embedded SCTs name, is not known."""
    from_future: bool = False
    """Whether it was given later than the time judged as of, which speaks against that time."""

    @property
    def refuted(self) -> bool:
        """Whether it cannot count for anybody."""
        return self.signature is Status.FAIL

    @property
    def embedded(self) -> bool:
        """Whether it stands in the certificate itself."""
        return self.sct.source is SctSource.CERTIFICATE


@dataclass(frozen=True, slots=True)
class Collection:
    """All SCTs of a leaf, and what could not be read."""

    scts: tuple[CollectedSct, ...]
    problems: tuple[str, ...]
    asked: bool
    """Whether the handshake asked for those of the TLS extension."""


def collect(case: Case, leaf: Certificate) -> Collection:
    """Return the SCTs of the certificate, the TLS extension and the stapled answer."""
    handshake = case.handshake
    lists = [certificate_scts(leaf)]
    if handshake is not None:
        lists.append(tls_scts(handshake.tls_scts))
        lists.append(
            ocsp_scts(handshake.stapled_ocsp, leaf.serial) if handshake.stapled_ocsp else tls_scts(b"")
        )
    found = [sct for each in lists for sct in each.scts][:MAX_SCTS]
    issuer = _issuer(case)
    logs = _logs(case)
    return Collection(
        tuple(_collected(case, sct, logs.get(sct.log_id), leaf, issuer) for sct in found),
        tuple(problem for each in lists for problem in each.problems),
        asked=handshake is not None and handshake.scts_asked,
    )


def _collected(
    case: Case, sct: Sct, log: CtLog | None, leaf: Certificate, issuer: Certificate | None
) -> CollectedSct:
    found = SignatureStatus.UNSUPPORTED if log is None else verify_sct(sct, log.key, leaf, issuer)
    signature = {SignatureStatus.VALID: Status.PASS, SignatureStatus.INVALID: Status.FAIL}.get(
        found, Status.UNKNOWN
    )
    return CollectedSct(sct, log, signature, from_future=sct.timestamp - case.judged_at > SKEW)


def _issuer(case: Case) -> Certificate | None:
    """Return the certificate that signed the leaf, on the path as judged."""
    best = case.choice.best
    if best is None or not best.path.edges or best.path.edges[0] is not SignatureStatus.VALID:
        return None
    return best.path.nodes[1].certificate


def _logs(case: Case) -> dict[str, CtLog]:
    """Return the listed logs, and those that stand in for them together with stand-in roots."""
    own = {}
    for number, key in enumerate(case.observation.ct_logs, 1):
        log_id = sha256(key).hexdigest()
        own[log_id] = CtLog(log_id, f"stand-in log {number}", f"stand-in operator {number}", key)
    return {**ct_logs(), **own}
