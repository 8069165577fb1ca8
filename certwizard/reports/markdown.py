"""The Diagnosis as Markdown, for tickets and chats: nothing in it can break out of its place."""

import re
from collections.abc import Iterator

from certwizard.diagnosis.result import Cause, ClientAction
from certwizard.domain.vocabulary import Severity
from certwizard.domain.wording import moment, relative
from certwizard.remedies.model import Step
from certwizard.remedies.platforms import likely_platform, steps_for
from certwizard.remedies.quoting import render as render_command
from certwizard.remedies.quoting import shell_for
from certwizard.remedies.ways import likely_way
from certwizard.reports.judged import Judged, fix_of
from certwizard.reports.symbols import ACTION, STATUS, VERDICT

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~$@&^-])")
_PLAIN_DASH = re.compile(r"(?<=\w)\\([-.])(?=\w)")


def render(results: tuple[Judged, ...]) -> str:
    """Return all targets, one below the other.

    Args:
        results: What was judged.
    """
    return "\n---\n\n".join("\n".join(_document(result)) + "\n" for result in results)


def text(words: str) -> str:
    """Return text that Markdown shows as it stands."""
    return _PLAIN_DASH.sub(r"\1", _SPECIAL.sub(r"\\\1", " ".join(words.split())))


def code(words: str) -> str:
    """Return text as inline code, fenced with more backticks than it holds."""
    words = " ".join(words.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{pad}{words}{pad}{fence}" if words else ""


def block(lines: str, language: str = "") -> list[str]:
    """Return lines as a code block, fenced with more backticks than they hold."""
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", lines)), default=0) + 1)
    return [f"{fence}{language}", *lines.splitlines(), fence]


def _document(result: Judged) -> Iterator[str]:
    diagnosis = result.diagnosis
    symbol = VERDICT[diagnosis.verdict]
    yield f"# {symbol.glyph} {text(result.name)}"
    yield from ("", f"**{symbol.word}.** {text(diagnosis.headline)}", "")
    yield from (f"Judged as of {moment(diagnosis.judged_at)}.", "")
    yield from ("| check | | answer |", "| --- | --- | --- |")
    for check in diagnosis.checks:
        mark = STATUS[check.status]
        yield f"| {check.check.value} | {mark.glyph} {mark.word} | {text(check.headline)} |"
    yield ""
    for number, cause in enumerate(diagnosis.causes):
        yield from _cause(cause, is_root=number == 0 and cause.severity is not Severity.INFO)
    yield from _clients(result)
    yield from _fix(result)
    yield from _chain(result)


def _cause(cause: Cause, *, is_root: bool) -> Iterator[str]:
    title = "Root cause" if is_root else "Worth knowing" if cause.severity is Severity.INFO else "Also"
    yield from (f"## {title}: {cause.id.value} ({cause.severity.value})", "")
    yield from (text(cause.headline), "", text(cause.explanation), "")
    if cause.seen:
        yield f"- seen: {code(cause.seen)}"
    if cause.expected:
        yield f"- expected: {code(cause.expected)}"
    yield ""


def _clients(result: Judged) -> Iterator[str]:
    clients = result.diagnosis.clients
    if not clients or not result.diagnosis.sent:
        return
    yield from ("## Clients", "", "| client | | its words |", "| --- | --- | --- |")
    for outcome in clients:
        mark = ACTION[outcome.action]
        refuses = outcome.action in (ClientAction.REJECTS, ClientAction.WARNS)
        words = code(outcome.message.replace("|", "¦")) if refuses else text(outcome.note)
        yield f"| {text(outcome.title)} | {mark.glyph} {mark.word} | {words} |"
    yield ""


def _fix(result: Judged) -> Iterator[str]:
    diagnosis = result.diagnosis
    remedy = fix_of(diagnosis, result.remedies)
    if remedy is None:
        return
    yield from (f"## Fix: {text(remedy.title)}", "")
    for number, step in enumerate(
        steps_for(remedy, likely_platform(diagnosis.evidence), likely_way(diagnosis)), 1
    ):
        yield from _step(number, step)


def _step(number: int, step: Step) -> Iterator[str]:
    notes = ([step.platform] if step.platform != "any" else []) + (["needs root"] if step.needs_root else [])
    yield from (f"{number}. {text(step.text)}{f' ({text(chr(44).join(notes))})' if notes else ''}", "")
    shell = shell_for(step)
    if step.command is not None:
        yield from _indented(block(render_command(step.command, shell), shell.value))
    if step.snippet is not None:
        yield from _indented(block(step.snippet.text, step.snippet.language))
    if step.verify is not None:
        yield from _indented(["Prove it:", "", *block(render_command(step.verify, shell), shell.value)])
    if step.undo:
        yield from _indented([f"Undo: {text(step.undo)}"])


def _indented(lines: list[str]) -> Iterator[str]:
    yield from (f"   {line}".rstrip() for line in lines)
    yield ""


def _chain(result: Judged) -> Iterator[str]:
    diagnosis = result.diagnosis
    if not diagnosis.sent:
        return
    yield from ("## Chain as sent", "", "| | role | subject | issuer | ends | SHA-256 |")
    yield "| --- | --- | --- | --- | --- | --- |"
    for sent in diagnosis.sent:
        certificate = sent.certificate
        end = certificate.not_after
        ends = f"{moment(end)} ({relative(end, diagnosis.judged_at)})" if end else "cannot be read"
        names = f"{text(certificate.subject.short)} | {text(certificate.issuer.short)}"
        yield f"| {sent.index} | {sent.role.value} | {names} | {ends} | {code(certificate.sha256)} |"
    yield ""
