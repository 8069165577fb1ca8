"""The Diagnosis as JSON, schema ``certwizard.diagnosis/1``: keys are never renamed within it."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from certwizard.diagnosis.repair import Repair, Repairs
from certwizard.diagnosis.result import Cause, Diagnosis, SentCertificate, TrustPath
from certwizard.domain.target import Target
from certwizard.remedies.ahead import ahead_of
from certwizard.remedies.model import Command, Remedy, Shell, Step
from certwizard.remedies.quoting import render as render_command

SCHEMA = "certwizard.diagnosis/1"

Json = dict[str, object]


def render(diagnosis: Diagnosis, remedies: Sequence[Remedy], *, indent: int | None = 2) -> str:
    """Return one diagnosis as a JSON object.

    Args:
        diagnosis: What was judged.
        remedies: The remedies for its causes, in the order they shall stand.
        indent: Spaces a level; None for one line (JSON Lines).
    """
    return json.dumps(as_dict(diagnosis, remedies), indent=indent, ensure_ascii=False)


def as_dict(diagnosis: Diagnosis, remedies: Sequence[Remedy]) -> Json:
    """Return one diagnosis as plain JSON values."""
    root = diagnosis.root_cause
    return {
        "schema": SCHEMA,
        "target": _target(diagnosis.target),
        "judged_at": rfc3339(diagnosis.judged_at),
        "verdict": diagnosis.verdict.value,
        "headline": diagnosis.headline,
        "root_cause": root.id.value if root else None,
        "causes": [_cause(cause, remedies) for cause in diagnosis.causes],
        "checks": [
            {
                "id": result.check.value,
                "status": result.status.value,
                "headline": result.headline,
                "causes": [cause.value for cause in result.causes],
            }
            for result in diagnosis.checks
        ],
        "clients": [
            {
                "client": outcome.client,
                "outcome": outcome.action.value,
                "cause": outcome.cause.value if outcome.cause else None,
                "message": outcome.message,
                "code": outcome.code,
                "basis": outcome.basis,
                "version": outcome.version,
            }
            for outcome in diagnosis.clients
        ],
        "turns_green": _repairs(diagnosis.repairs),
        "remedies": [_remedy(remedy) for remedy in remedies],
        "chain": [_certificate(sent) for sent in diagnosis.sent],
        "path": [link.certificate.sha256 for link in diagnosis.path] if diagnosis.trusted else [],
        "paths": [_path(path) for path in diagnosis.paths],
        "ahead": [
            {"id": row.id, "from": row.since.isoformat(), "text": row.text, "source": row.source}
            for row in ahead_of(diagnosis)
        ],
        "evidence": diagnosis.evidence,
    }


def rfc3339(moment: datetime | None) -> str | None:
    """Return a time as RFC 3339 in UTC, to the second, or None."""
    if moment is None:
        return None
    # strftime writes years before 1000 with fewer digits on some systems.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _target(target: Target) -> Json:
    return {
        "input": target.input,
        "host": target.host,
        "port": target.port,
        "server_name": target.server_name,
        "starttls": target.starttls.value if target.starttls else None,
    }


def _cause(cause: Cause, remedies: Sequence[Remedy]) -> Json:
    return {
        "id": cause.id.value,
        "severity": cause.severity.value,
        "certificate": cause.certificate,
        "field": cause.field.value,
        "headline": cause.headline,
        "explanation": cause.explanation,
        "seen": cause.seen,
        "expected": cause.expected,
        "detail": cause.detail,
        "remedies": [remedy.id for remedy in remedies if remedy.cause is cause.id],
    }


def _repairs(repairs: Repairs) -> Json:
    return {
        "best": _repair(repairs.best),
        "others": [_repair(repair) for repair in repairs.others],
        "spotless": _repair(repairs.spotless),
        "note": repairs.note or None,
    }


def _repair(repair: Repair | None) -> Json | None:
    if repair is None:
        return None
    return {
        "changes": [
            {
                "kind": change.kind.value,
                "text": change.text,
                "certificate": change.certificate,
                "removes": [cause.value for cause in change.removes],
            }
            for change in repair.changes
        ],
        "verdict": repair.verdict.value,
        "accepting": list(repair.accepting),
        "refusing": list(repair.refusing),
        "left": [cause.value for cause in repair.left],
    }


def _remedy(remedy: Remedy) -> Json:
    return {
        "id": remedy.id,
        "title": remedy.title,
        "role": remedy.role.value,
        "steps": [_step(step) for step in remedy.steps],
    }


def _step(step: Step) -> Json:
    shell = Shell.POWERSHELL if step.platform == "windows" else Shell.POSIX
    return {
        "text": step.text,
        "command": _command(step.command, shell),
        "snippet": step.snippet.text if step.snippet else None,
        "platform": step.platform,
        "way": step.way,
        "needs_root": step.needs_root,
        "verify": _command(step.verify, shell),
        "undo": step.undo or None,
    }


def _command(command: Command | None, shell: Shell) -> str | None:
    return None if command is None else render_command(command, shell)


def _path(path: TrustPath) -> Json:
    fingerprints = [link.certificate.sha256 for link in path.links]
    return {
        "certificates": fingerprints,
        "stores": list(path.stores),
        "problems": [
            {
                "cause": problem.cause.value,
                "severity": problem.severity.value,
                "certificate": fingerprints[problem.position],
                "detail": problem.detail,
            }
            for problem in path.problems
        ],
        "accepted": path.sound,
    }


def _certificate(sent: SentCertificate) -> Json:
    certificate = sent.certificate
    return {
        "index": sent.index,
        "role": sent.role.value,
        "subject": certificate.subject.text,
        "issuer": certificate.issuer.text,
        "serial": None if certificate.serial is None else f"{certificate.serial:x}",
        "not_before": rfc3339(certificate.not_before),
        "not_after": rfc3339(certificate.not_after),
        "names": list(certificate.san.all) if certificate.san else [],
        "key": certificate.key.text,
        "signature": certificate.signature.name,
        "sha256": certificate.sha256,
        "pem": pem(certificate.der),
    }


def pem(der: bytes) -> str:
    """Return DER bytes as a PEM certificate block."""
    body = base64.b64encode(der).decode("ascii")
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))
