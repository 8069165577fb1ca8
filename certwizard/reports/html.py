"""The Diagnosis as one HTML page that needs nothing else: no script, no request, light and dark."""

from collections.abc import Iterable, Iterator
from html import escape

from certwizard.diagnosis.result import Cause, ClientAction
from certwizard.domain.vocabulary import Severity, Status
from certwizard.domain.wording import moment, relative
from certwizard.remedies.model import Step
from certwizard.remedies.platforms import likely_platform, steps_for
from certwizard.remedies.quoting import render as render_command
from certwizard.remedies.quoting import shell_for
from certwizard.remedies.ways import likely_way
from certwizard.reports.html_style import STYLE
from certwizard.reports.json_report import pem
from certwizard.reports.judged import Judged, fix_of
from certwizard.reports.symbols import ACTION, SEVERITY, STATUS, VERDICT, Symbol

_TONES = {"✔": "good", "!": "attention", "✘": "broken"}


def render(results: tuple[Judged, ...]) -> str:
    """Return all targets as one page.

    Args:
        results: What was judged.
    """
    title = results[0].name if len(results) == 1 else f"{len(results)} targets"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)} - certwizard</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        *(_list(results) if len(results) > 1 else ()),
        *(line for number, result in enumerate(results) for line in _article(result, number)),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _list(results: tuple[Judged, ...]) -> Iterator[str]:
    yield "<nav><ul>"
    for number, result in enumerate(results):
        mark = _mark(VERDICT[result.diagnosis.verdict], word=False)
        yield f'<li>{mark} <a href="#target-{number}">{escape(result.name)}</a></li>'
    yield "</ul></nav>"


def _mark(symbol: Symbol, *, word: bool = True) -> str:
    tone = _TONES.get(symbol.glyph, "quiet")
    return f'<span class="{tone}">{symbol.glyph}{f" {escape(symbol.word)}" if word else ""}</span>'


def _article(result: Judged, number: int) -> Iterator[str]:
    diagnosis = result.diagnosis
    yield f'<article id="target-{number}">\n<h1>{escape(result.name)}</h1>'
    yield f'<p class="verdict">{_mark(VERDICT[diagnosis.verdict])}<br>{escape(diagnosis.headline)}</p>'
    yield f'<p class="quiet">Judged as of {moment(diagnosis.judged_at)}</p>'
    yield from _checks(result)
    for place, cause in enumerate(diagnosis.causes):
        yield from _cause(cause, is_root=place == 0 and cause.severity is not Severity.INFO)
    yield from _fix(result)
    yield from _clients(result)
    yield from _chain(result)
    yield "</article>"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a table; the cells are HTML already."""
    yield f"<table><thead><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr></thead><tbody>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"


def _checks(result: Judged) -> Iterator[str]:
    shown = [check for check in result.diagnosis.checks if check.status is not Status.SKIPPED]
    rows = [
        (f"<b>{escape(c.check.value.capitalize())}</b>", _mark(STATUS[c.status]), escape(c.headline))
        for c in shown
    ]
    yield from _table(("Check", "", "Answer"), rows)


def _cause(cause: Cause, *, is_root: bool) -> Iterator[str]:
    title = "Root cause" if is_root else "Worth knowing" if cause.severity is Severity.INFO else "Also"
    yield f"<section><h2>{title}: {_mark(SEVERITY[cause.severity], word=False)} {cause.id.value}</h2>"
    yield f"<p><strong>{escape(cause.headline)}</strong></p><p>{escape(cause.explanation)}</p><dl>"
    for label, value in (("seen", cause.seen), ("expected", cause.expected)):
        if value:
            yield f"<dt>{label}</dt><dd>{escape(value)}</dd>"
    yield "</dl></section>"


def _fix(result: Judged) -> Iterator[str]:
    diagnosis = result.diagnosis
    remedy = fix_of(diagnosis, result.remedies)
    if remedy is None:
        return
    yield f"<section><h2>Fix: {escape(remedy.title)}</h2><ol>"
    for step in steps_for(remedy, likely_platform(diagnosis.evidence), likely_way(diagnosis)):
        yield from _step(step)
    yield "</ol></section>"


def _step(step: Step) -> Iterator[str]:
    notes = ([step.platform] if step.platform != "any" else []) + (["needs root"] if step.needs_root else [])
    note = f' <span class="quiet">({escape(", ".join(notes))})</span>' if notes else ""
    yield f"<li><p>{escape(step.text)}{note}</p>"
    shell = shell_for(step)
    if step.command is not None:
        yield f"<pre>{escape(render_command(step.command, shell))}</pre>"
    if step.snippet is not None:
        yield f"<pre>{escape(step.snippet.text)}</pre>"
    if step.verify is not None:
        yield f'<p class="quiet">Prove it</p><pre>{escape(render_command(step.verify, shell))}</pre>'
    if step.undo:
        yield f'<p class="quiet">Undo: {escape(step.undo)}</p>'
    yield "</li>"


def _clients(result: Judged) -> Iterator[str]:
    clients = result.diagnosis.clients
    if not clients or not result.diagnosis.sent:
        return
    told = (ClientAction.REJECTS, ClientAction.WARNS)
    rows = [
        (
            escape(outcome.title),
            _mark(ACTION[outcome.action]),
            f"<code>{escape(outcome.message)}</code>" if outcome.action in told else escape(outcome.note),
            escape(outcome.basis),
        )
        for outcome in clients
    ]
    yield "<section><h2>Clients</h2>"
    yield from _table(("Client", "", "Its words", "Basis"), rows)
    yield "</section>"


def _chain(result: Judged) -> Iterator[str]:
    diagnosis = result.diagnosis
    if not diagnosis.sent:
        return
    yield "<section><h2>Chain as sent</h2>"
    for sent in diagnosis.sent:
        certificate = sent.certificate
        end = certificate.not_after
        ends = f"{moment(end)}, {relative(end, diagnosis.judged_at)}" if end else "cannot be read"
        names = ", ".join(certificate.san.all[:100]) if certificate.san else ""
        yield (
            f"<details><summary>{sent.index} {sent.role.value}: {escape(certificate.subject.short)}"
            f' <span class="quiet">ends {ends}</span></summary><dl>'
        )
        for label, value in (
            ("subject", certificate.subject.text),
            ("issuer", certificate.issuer.text),
            ("names", names),
            ("key", certificate.key.text),
            ("signature", certificate.signature.name),
            ("SHA-256", certificate.sha256),
        ):
            yield f"<dt>{label}</dt><dd>{escape(value)}</dd>"
        yield f"</dl><pre>{escape(pem(certificate.der))}</pre></details>"
    yield "</section>"
