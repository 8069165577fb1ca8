"""How the certificate files of the server's machine stand to what it serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from certwizard.diagnosis.case import Case
from certwizard.domain.certificate import Certificate, SubjectAltNames
from certwizard.domain.hostname import match_names
from certwizard.domain.observation import InstalledFile

FIRST = datetime.min.replace(tzinfo=UTC)


class Standing(StrEnum):
    """What a file is, next to the certificate that is served."""

    SAME = "same"
    NEWER = "newer"
    """For the same server, in force, and made later: what a reload would bring."""
    OLDER = "older"
    EXPIRED = "expired"
    NOT_YET = "not-yet-valid"
    OTHER = "other"
    """For another name, or with none in common."""
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """One file with its first certificate, and how that stands to the served one."""

    file: InstalledFile
    standing: Standing
    leaf: Certificate | None = None
    served: Certificate | None = None
    """The certificate it is compared with: the served one with the same kind of key."""
    covers: bool = False
    """Whether it is for the asked name."""

    @property
    def shown(self) -> bool:
        """Whether it says anything: of files that were only found, those for other names do not."""
        return self.file.given or self.standing is not Standing.OTHER


@dataclass(frozen=True, slots=True)
class Disk:
    """Every file that was looked at."""

    files: tuple[OnDisk, ...] = ()

    @property
    def newer(self) -> OnDisk | None:
        """The file that a server should be serving by now: a given one before one that was found, then the newest."""
        found = [each for each in self.files if each.standing is Standing.NEWER]
        return max(found, key=_preference, default=None)

    @property
    def read_instead(self) -> OnDisk | None:
        """Another file that a configuration names and that holds what is served, so that the server reads that one."""
        newer = self.newer
        if newer is None or newer.file.given or newer.file.named_in:
            return None
        return next((e for e in self.files if e.standing is Standing.SAME and e.file.named_in), None)


def disk_of(case: Case) -> Disk:
    """Compare every installed file with the served certificate."""
    leaf = case.leaf
    if leaf is None or not case.readable:
        return Disk()
    return Disk(tuple(_compared(case, leaf, file) for file in case.observation.installed))


def _compared(case: Case, leaf: Certificate, file: InstalledFile) -> OnDisk:
    if not file.chain:
        return OnDisk(file, Standing.UNREAD)
    own = case.read(file.chain[0])
    served = _of_that_kind(case, leaf, own)
    covers = case.asked is None or _covers(own, case.asked)
    return OnDisk(file, _standing(case, served, own, covers=covers), own, served, covers)


def _of_that_kind(case: Case, leaf: Certificate, own: Certificate) -> Certificate:
    """Return what the judged address serves with a file's kind of key; a server may have one of each."""
    judged = case.handshake
    if leaf.key.kind == own.key.kind or judged is None:
        return leaf
    there = (
        case.read(each.chain[0])
        for each in case.observation.handshakes
        if each.chain and (each.address, each.sni) == (judged.address, judged.sni)
    )
    return next((each for each in there if each.key.kind == own.key.kind), leaf)


def _standing(case: Case, served: Certificate, own: Certificate, *, covers: bool) -> Standing:
    if own.sha256 == served.sha256:
        return Standing.SAME
    begins, ends, before = own.not_before, own.not_after, served.not_before
    alike = (case.asked is not None and _covers(served, case.asked)) or bool(_names(own) & _names(served))
    if not covers or not alike or begins is None or ends is None or before is None:
        return Standing.OTHER
    if ends < case.judged_at:
        return Standing.EXPIRED
    if begins > case.judged_at:
        return Standing.NOT_YET
    return Standing.NEWER if begins > before else Standing.OLDER


def _covers(certificate: Certificate, name: str) -> bool:
    return any(match.matches for match in match_names(name, certificate.san or SubjectAltNames()))


def _names(certificate: Certificate) -> frozenset[str]:
    common = certificate.subject.first("CN")
    names = (*(certificate.san.all if certificate.san else ()), *((common,) if common else ()))
    return frozenset(name.lower() for name in names)


def _preference(each: OnDisk) -> tuple[bool, bool, datetime]:
    begins = each.leaf.not_before if each.leaf else None
    return each.file.given, bool(each.file.named_in), begins or FIRST
