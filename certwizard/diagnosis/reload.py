"""What a reload would change: the server judged without the files, and as if it served the newer one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.disk import Disk, OnDisk, disk_of
from certwizard.diagnosis.result import Cause
from certwizard.domain.observation import Handshake, Observation
from certwizard.domain.vocabulary import CauseId, Severity

_IN_BETWEEN = frozenset({CauseId.CAPTIVE_PORTAL, CauseId.INTERCEPTION})
JudgeCauses = Callable[[Observation], tuple[Cause, ...]]


@dataclass(frozen=True, slots=True)
class Reload:
    """The files of the server's machine, and what serving the newer one would do."""

    disk: Disk
    gone: tuple[Cause, ...] = ()
    """What only the certificate shows that is served now."""
    comes: tuple[Cause, ...] = ()
    """Errors that only the file's certificate shows: a reload as it is would bring them."""

    in_between: bool = False
    """Whether somebody else answered in the server's place, so that a comparison says nothing of the server."""

    @property
    def newer(self) -> OnDisk | None:
        """The file to load, where loading it does no harm alone."""
        return None if self.harmful or self.in_between else self.disk.newer

    @property
    def harmful(self) -> bool:
        """Whether a reload would repair nothing and break something."""
        return bool(self.comes) and not any(each.severity is Severity.ERROR for each in self.gone)


NOTHING_ON_DISK = Reload(Disk())


def reload_of(case: Case, judge: JudgeCauses) -> Reload:
    """Compare the files with what is served, and judge the newer one where there is one.

    Args:
        case: What was seen.
        judge: Gives the causes of another observation, judged as this case is.
    """
    disk = disk_of(case)
    newer = disk.newer
    if newer is None:
        return Reload(disk)
    alone = replace(case.observation, installed=())
    before, after = judge(alone), judge(_reloaded(alone, newer))
    comes = tuple(each for each in _only_in(after, before) if each.severity is Severity.ERROR)
    return Reload(disk, _only_in(before, after), comes, any(each.id in _IN_BETWEEN for each in before))


def _reloaded(observation: Observation, newer: OnDisk) -> Observation:
    old = newer.served.der if newer.served else b""
    changed = tuple(serving(each, old, newer.file.chain) for each in observation.handshakes)
    return replace(observation, handshakes=changed, openssl=None)


def serving(handshake: Handshake, old: bytes, chain: tuple[bytes, ...]) -> Handshake:
    """Return a handshake as it would be with a file's chain in place of the one that begins with a certificate.

    Args:
        handshake: As it was seen.
        old: The certificate served until then; where another one was, nothing changes.
        chain: What the file holds.
    """
    if handshake.chain[:1] != (old,):
        return handshake
    # A stapled answer and proofs sent beside the certificate speak of the one they were made for.
    asked = handshake.scts_asked and not handshake.tls_scts
    return replace(
        handshake,
        chain=chain,
        chain_bytes=0,
        chain_number=0,
        stapled_ocsp=None,
        tls_scts=b"",
        scts_asked=asked,
    )


def _only_in(these: Iterable[Cause], those: Iterable[Cause]) -> tuple[Cause, ...]:
    known = {_key(each) for each in those}
    return tuple(e for e in these if e.severity is not Severity.INFO and _key(e) not in known)


def _key(cause: Cause) -> tuple[CauseId, bool]:
    return cause.id, cause.certificate == 0
