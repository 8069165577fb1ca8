"""The visitor's side of a cause as lines of text: what browsers show, what is at risk, what never to do."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.safety import QUESTION, is_it_safe
from certwizard.knowledge.visitors import BrowserPage, Way, about_hsts, danger_of, pages_of
from certwizard.reports.paper import Paper, Tone

TITLE = "What a visitor sees"
_INDENT = "  "
_BELOW = "           "
WAYS = {
    Way.OFFERED: "It lets you go on, which makes nothing safer.",
    Way.NONE: "There is no way to go on.",
    Way.UNKNOWN: "Whether it lets you go on is not known.",
}


def visitor_lines(cause: CauseId, paper: Paper) -> list[str]:
    """Return what each browser shows for a cause, and what to know before going on.

    Args:
        cause: The cause.
        paper: What the output can show.
    """
    pages = pages_of(cause)
    lines = [paper.tone(TITLE, Tone.STRONG)]
    shared = {page.says for page in pages if page.way is Way.NO_PAGE}
    if len(shared) == 1 and all(page.way is Way.NO_PAGE for page in pages):
        lines += paper.wrap(shared.pop(), _INDENT)
    else:
        lines += [line for page in _each_word_once(pages) for line in _page(page, paper)]
    if any(page.way is Way.OFFERED for page in pages):
        lines += paper.wrap(about_hsts(), _INDENT)
    return [*lines, *_danger(cause, paper)]


def going_on_lines(cause: CauseId, paper: Paper) -> list[str]:
    """Return whether it is safe to go on, what is at risk, and what never to do.

    Args:
        cause: The cause.
        paper: What the output can show.
    """
    return [
        paper.tone(QUESTION, Tone.STRONG),
        *paper.wrap(is_it_safe(cause), _INDENT),
        *_danger(cause, paper),
    ]


def _danger(cause: CauseId, paper: Paper) -> Iterator[str]:
    danger = danger_of(cause)
    yield from paper.wrap(f"At risk: {danger.risk}", _INDENT)
    yield from paper.wrap(f"Never: {danger.never}", _INDENT)


def _each_word_once(pages: Iterable[BrowserPage]) -> Iterator[BrowserPage]:
    first: dict[str, str] = {}
    for page in pages:
        name = first.setdefault(page.says, page.name) if page.says else page.name
        yield page if name == page.name else replace(page, says="" if page.title else f"As {name}.")


def _page(page: BrowserPage, paper: Paper) -> Iterator[str]:
    shown = " · ".join(part for part in (page.title, page.code) if part) or page.says
    yield from paper.wrap(shown, _BELOW, f"{_INDENT}{page.name:<9}")
    if page.title:
        yield from paper.wrap(f"{page.says} {WAYS[page.way]}".strip(), _BELOW)
