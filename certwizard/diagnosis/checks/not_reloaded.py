"""Does the server serve what lies on its disk, or still what it read at its start?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.disk import OnDisk, Standing
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import listing, quoted
from certwizard.diagnosis.reload import Reload
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import CauseId, FieldId, Severity, Status
from certwizard.domain.wording import day, moment, relative

OTHER_FILE = "other-file"
"""The server's configuration names another file than the one that is renewed."""
MAX_FILES = 12
_SHORT = 16
_SAYS = {
    Standing.SAME: "the very certificate that is served",
    Standing.NEWER: "newer than the served one",
    Standing.OLDER: "older than the served one",
    Standing.EXPIRED: "expired, so loading it would not help",
    Standing.NOT_YET: "not valid yet",
}


def reload_causes(case: Case, reload: Reload) -> list[Cause]:
    """Return `not-reloaded` where a newer certificate for the same server lies on its disk."""
    newer = reload.newer
    if newer is None or newer.leaf is None or newer.served is None:
        return []
    other = reload.disk.read_instead
    return [
        Cause(
            CauseId.NOT_RELOADED,
            _severity(reload),
            "A newer certificate lies on the server's disk, but it still serves the old one.",
            f"{_what_differs(case, newer)} {_why(newer, other)}{_what_comes(reload)}",
            FieldId.FINGERPRINT,
            f"served: {described(newer.served)}",
            f"{_path(newer)}: {described(newer.leaf)}",
            certificate=0 if case.leaf is not None and newer.served.sha256 == case.leaf.sha256 else None,
            detail=OTHER_FILE if other is not None else "",
        )
    ]


def described(certificate: Certificate) -> str:
    """Return when a certificate ends and its fingerprint."""
    ends = f"ends {day(certificate.not_after)}" if certificate.not_after else "with an unreadable end"
    return f"{ends}, SHA-256 {certificate.sha256[:_SHORT]}…"


def _what_differs(case: Case, newer: OnDisk) -> str:
    now, served, own = case.judged_at, newer.served, newer.leaf
    words = []
    if served is not None and served.not_after is not None:
        verb = "expired" if served.not_after < now else "ends"
        words.append(f"The served one {verb} {relative(served.not_after, now)}.")
    if own is not None and own.not_after is not None:
        written = f"; it was written on {day(newer.file.modified)}" if newer.file.modified else ""
        words.append(f"The one in {_path(newer)} is valid until {day(own.not_after)}{written}.")
    return " ".join(words)


def _why(newer: OnDisk, other: OnDisk | None) -> str:
    if other is not None:
        return (
            f"{clean(other.file.named_in, 200)} names {_path(other)}, which holds the old one: the renewal writes to "
            "one file and the server reads another. A reload alone does not help."
        )
    again = (
        ""
        if newer.file.named_in
        else " If the server serves the old one even after that, it reads another file."
    )
    return (
        "Servers read the certificate when they start or are told to reload, and this one was not. "
        f"Whoever looks at the file alone sees nothing wrong.{again}"
    )


def _what_comes(reload: Reload) -> str:
    if not reload.comes:
        return ""
    return f" With the file as it is there would be another fault: {reload.comes[0].headline}"


def reload_facts(case: Case, reload: Reload) -> list[Fact]:
    """Return a row for each file that says something about this server."""
    shown = [each for each in reload.disk.files if each.shown][:MAX_FILES]
    return [_fact(case, reload, each) for each in shown]


def _fact(case: Case, reload: Reload, each: OnDisk) -> Fact:
    says = _says(case, each)
    if each.standing is Standing.NEWER and reload.in_between:
        says += ", but what came was not made for the server, so nothing follows from that"
    elif reload.harmful and each.standing is Standing.NEWER:
        says += f", but with it clients would refuse: {reload.comes[0].headline}"
    expected = "the certificate that is served"
    return Fact(FieldId.FINGERPRINT, "On disk", f"{_path(each)}: {says}", expected, _status(reload, each))


def _status(reload: Reload, each: OnDisk) -> Status:
    """Return what a file means for the server: only a newer one is a fault of it."""
    if each.standing is Standing.UNREAD:
        return Status.UNKNOWN
    if each.standing is Standing.OTHER or (reload.newer is None and each.standing is Standing.NEWER):
        return Status.SKIPPED
    if each.standing is not Standing.NEWER:
        return Status.PASS
    return mark(_severity(reload))


def _severity(reload: Reload) -> Severity:
    errors = any(each.severity is Severity.ERROR for each in reload.gone)
    return Severity.ERROR if errors else Severity.WARNING


def _says(case: Case, each: OnDisk) -> str:
    if each.leaf is None:
        failure = each.file.failure
        why = (failure.spoke and f"it is {failure.spoke}") or failure.detail if failure else ""
        return f"could not be read: {why or 'no certificate is in it'}"
    if each.standing is Standing.OTHER:
        return _other(case, each, each.leaf)
    written = f", written {moment(each.file.modified)}" if each.file.modified else ""
    return f"{_SAYS[each.standing]}; {described(each.leaf)}{written}"


def _other(case: Case, each: OnDisk, own: Certificate) -> str:
    names = listing(own.san.all if own.san else (), 3) or quoted(own)
    if not each.covers:
        return f"for another name: {clean(names, 200)}; nothing to compare"
    return (
        f"for {clean(names, 200)}, but the server answers with a certificate for other names: another site of the "
        "server answers, or the file was never loaded"
    )


def files_unknown(reload: Reload) -> str:
    """Return why a file that the user named could not be compared, or nothing."""
    unread = next((e for e in reload.disk.files if e.file.given and e.standing is Standing.UNREAD), None)
    if unread is None:
        return ""
    failure = unread.file.failure
    why = (f"it is {failure.spoke}" if failure.spoke else failure.detail) if failure else ""
    return f"{_path(unread)} could not be compared with what is served: {why or 'no certificate is in it'}."


def _path(each: OnDisk) -> str:
    return clean(each.file.path, 200)
