"""The trust stores of this machine as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from certwizard.diagnosis.store_verdicts import StoreVerdict
from certwizard.domain.vocabulary import Status
from certwizard.reports.paper import Paper, Tone
from certwizard.reports.stores_model import StoreRow, StoresReport
from certwizard.reports.symbols import STATUS

_INDENT = "    "


def render(report: StoresReport, paper: Paper) -> str:
    """Return the report as lines of text.

    Args:
        report: What to show.
        paper: What the output can show.
    """
    parts = [_stores(report, paper), _variables(report, paper), _notices(report, paper)]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _stores(report: StoresReport, paper: Paper) -> list[str]:
    title = f"Which trust stores trust {report.target}" if report.target else "Trust stores of this machine"
    lines = [paper.tone(paper.plain(title), Tone.STRONG)]
    for row in report.stores:
        lines += ["", *_store(row, paper)]
    return lines


def _store(row: StoreRow, paper: Paper) -> Iterator[str]:
    store = row.store
    mark = paper.mark(STATUS[row.verdict.status if row.verdict is not None else row.status])
    yield from paper.hang(f"{mark} ", 2, store.title[:1].upper() + store.title[1:])
    if row.verdict is not None:
        yield from paper.wrap(_said(row.verdict), _INDENT)
    yield from paper.wrap(_count(row), _INDENT)
    if row.problem:
        yield from _hung(row.status, row.problem, paper)
    if row.used_by:
        yield from paper.wrap(f"used by {row.used_by}", _INDENT)


def _said(verdict: StoreVerdict) -> str:
    if verdict.status is Status.PASS:
        return f"trusts it, by the root {verdict.words}"
    return verdict.words[:1].upper() + verdict.words[1:]


def _count(row: StoreRow) -> str:
    store = row.store
    roots = f"{store.count} root{'s' if store.count != 1 else ''}"
    public = f", {store.public} of them public" if store.places and store.count else ""
    return f"{roots}{public}" + (f", in {store.path}" if store.path else "")


def _hung(status: Status, words: str, paper: Paper) -> list[str]:
    mark = paper.mark(STATUS[status])
    return paper.hang(f"{_INDENT}{mark} ", len(_INDENT) + 2, words)


def _variables(report: StoresReport, paper: Paper) -> list[str]:
    if not report.variables:
        return []
    lines = [paper.tone("Variables of the environment that name roots", Tone.STRONG)]
    for row in report.variables:
        mark = paper.mark(STATUS[row.status])
        lines += paper.hang(f"{mark} ", 2, f"{row.variable.name}={row.variable.place.path}")
        lines += paper.wrap(row.words, _INDENT)
        lines += paper.wrap(f"read by {row.programs}", _INDENT)
    return lines


def _notices(report: StoresReport, paper: Paper) -> list[str]:
    if not report.inventory.notices:
        return []
    lines = [paper.tone("What lies there and does not count", Tone.STRONG)]
    for notice in report.inventory.notices:
        lines += paper.hang(f"{paper.mark(STATUS[Status.WARN])} ", 2, f"{notice.path} {notice.words}")
    return lines
