"""Was a certificate received, and can it be read?"""

from __future__ import annotations

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.malformed import malformed_causes, unreadable_causes
from certwizard.diagnosis.field_rows import mark
from certwizard.diagnosis.naming import issuer_quoted, listing, quoted
from certwizard.diagnosis.outcome import Outcome, conclude, skipped
from certwizard.diagnosis.result import Cause, Fact
from certwizard.domain.certificate import Certificate
from certwizard.domain.observation import FailureReason, InputFile
from certwizard.domain.vocabulary import CheckId, FieldId, Severity, Status

NO_CERTIFICATE = "No certificate was received, so there is nothing to read."


def check(case: Case) -> Outcome:
    """Say what was received, and what of it cannot be read."""
    leaf = case.leaf
    if leaf is None:
        if case.from_files:
            reason = _file_reason(case.observation.files)
            return Outcome(CheckId.CERTIFICATE, Status.UNKNOWN, reason, facts=_file_facts(case))
        return skipped(CheckId.CERTIFICATE, NO_CERTIFICATE)
    best = case.choice.best
    causes = malformed_causes(case, best) if best else unreadable_causes(case, leaf)
    unknown = _broken_file(case.observation.files)
    facts = [*_file_facts(case), *_facts(leaf, causes)]
    return conclude(CheckId.CERTIFICATE, causes, facts, good=_good(leaf), unknown=unknown)


def _good(leaf: Certificate) -> str:
    names = leaf.san.all if leaf.san else ()
    covered = f"for {listing(names, 3)}" if names else quoted(leaf)
    return f"A certificate {covered}, issued by {issuer_quoted(leaf)}, was received and can be read."


def _broken_file(files: tuple[InputFile, ...]) -> str:
    """Return why one of several files gave nothing although others did, or nothing."""
    broken = next((file for file in files if file.failure is not None and not file.chain), None)
    return _said(broken) if broken is not None else ""


def _file_reason(files: tuple[InputFile, ...]) -> str:
    if not files:
        return "No file was given."
    broken = next((file for file in files if file.failure is not None), None)
    if broken is not None:
        return _said(broken)
    return _said(files[0])


def _said(file: InputFile) -> str:
    failure = file.failure
    if failure is None:
        return f"{file.path} holds {file.content.value}, not a certificate."
    what, words = failure.spoke or "", f": {failure.detail}" if failure.detail else ""
    if failure.reason is FailureReason.TOO_LARGE:
        return f"{file.path} is too large to be a certificate file{words}."
    if what.startswith("PKCS"):
        return f"{file.path} is {what}, but could not be used{words}."
    if "file" in what.split():
        return f"{file.path} is {what}{words}."
    if what:
        return f"{file.path} holds {what}, not a certificate{words}."
    return f"{file.path} could not be read{words}."


def _file_facts(case: Case) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            FieldId.CHAIN,
            f"File {file.path}",
            _said(file).removeprefix(f"{file.path} ") if file.failure else _content(file),
            "certificates",
            Status.FAIL if file.failure else Status.WARN if file.notes else Status.PASS,
        )
        for file in case.observation.files
    )


def _content(file: InputFile) -> str:
    count = f"{len(file.chain)} certificate{'' if len(file.chain) == 1 else 's'}"
    return f"{file.content.value}: {count}" + (f" ({listing(file.notes)})" if file.notes else "")


def _facts(leaf: Certificate, causes: list[Cause]) -> list[Fact]:
    names = leaf.san.all if leaf.san else ()
    rows = [
        (FieldId.SUBJECT, "Subject", leaf.subject.text or "(empty)"),
        (FieldId.SUBJECT_ALT_NAME, "Names (Subject Alternative Name)", listing(names, 8) or "none"),
        (FieldId.ISSUER, "Issuer", leaf.issuer.text or "(empty)"),
        (FieldId.SERIAL, "Serial number", "unreadable" if leaf.serial is None else f"{leaf.serial:x}"),
        (FieldId.PUBLIC_KEY, "Public key", leaf.key.text),
        (FieldId.SIGNATURE, "Signature", leaf.signature.name),
        (FieldId.FINGERPRINT, "Fingerprint (SHA-256)", leaf.sha256),
    ]
    failing = {
        cause.field: cause
        for cause in causes
        if cause.severity is not Severity.INFO and not cause.certificate
    }
    return [
        Fact(field, label, seen, "", mark(failing[field].severity) if field in failing else Status.PASS, 0)
        for field, label, seen in rows
    ]
