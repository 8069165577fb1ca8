"""What browsers show to visitors of a site with a fault, whether a page offers a way on, and what is at risk.

Which words a browser has for a cause is in client_messages/; what its page makes of them is in visitors.toml.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.clients import find_profile


class Way(StrEnum):
    """Whether a browser's page offers to go on past it."""

    OFFERED = "offered"
    NONE = "none"
    UNKNOWN = "unknown"
    """It could not be established."""
    NO_PAGE = "no-page"
    """The browser shows no page for this."""


@dataclass(frozen=True, slots=True)
class BrowserPage:
    """What one browser shows for one code."""

    browser: str
    """Id of its row, such as ``chrome``."""
    name: str
    title: str
    """The title of the page; empty where there is none."""
    code: str
    way: Way
    says: str = ""
    """What is shown instead, or why nothing is."""


@dataclass(frozen=True, slots=True)
class Danger:
    """What is at risk, and what never to do."""

    risk: str
    never: str


@dataclass(frozen=True, slots=True)
class _Browser:
    id: str
    otherwise: Way
    titles: tuple[tuple[str, str], ...]
    passing_title: str
    closed: str
    closed_title: str
    can_pass: frozenset[str]
    checked: date
    source: str


@dataclass(frozen=True, slots=True)
class _Unseen:
    says: str
    shows: CauseId | None


@cache
def _table() -> Mapping[str, Any]:
    text = files("certwizard.knowledge").joinpath("visitors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _browsers() -> Mapping[str, _Browser]:
    rows = {row["id"]: row for row in _table()["browser"]}
    return {name: _browser(row, rows) for name, row in rows.items()}


def _browser(row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> _Browser:
    codes = row.get("can_pass") or rows[row["like"]]["can_pass"]
    return _Browser(
        row["id"],
        Way(row["otherwise"]),
        tuple((begin, title) for begin, title in row["titles"]),
        row.get("passing_title", ""),
        row.get("closed", ""),
        row.get("closed_title", ""),
        frozenset(codes),
        row["checked"],
        row["source"],
    )


@cache
def _unseen() -> Mapping[CauseId, _Unseen]:
    rows = _table()["unseen"]
    return {
        CauseId(name): _Unseen(row["says"], CauseId(row["shows"]) if "shows" in row else None)
        for row in rows
        for name in row["causes"].split()
    }


@cache
def _dangers() -> Mapping[CauseId, Danger]:
    return {
        CauseId(name): Danger(row["risk"], row["never"])
        for row in _table()["danger"]
        for name in row["causes"].split()
    }


def browsers() -> tuple[str, ...]:
    """Return the ids of the browsers spoken of."""
    return tuple(_browsers())


def sources() -> Iterator[tuple[str, date, str]]:
    """Yield each browser's id, when its row was looked at, and what was read."""
    for row in _browsers().values():
        yield row.id, row.checked, row.source


def about_hsts() -> str:
    """Return what HSTS changes."""
    return str(_table()["hsts"])


def danger_of(cause: CauseId) -> Danger:
    """Return what is at risk with a cause, and what never to do.

    Args:
        cause: The cause.
    """
    return _dangers()[cause]


def page_for(browser: str, code: str, text: str) -> BrowserPage:
    """Return what a browser makes of a code and words of its own.

    Args:
        browser: Its id.
        code: The symbol or number; empty where it shows none.
        text: The words.
    """
    row = _browsers()[browser]
    name = _name(browser)
    passes = code in row.can_pass
    if row.closed and text.startswith(row.closed):
        return BrowserPage(browser, name, row.closed_title, code, Way.NONE)
    title = next((title for begin, title in row.titles if code.startswith(begin)), "")
    if row.passing_title and (passes or not row.titles):
        title = row.passing_title
    way = Way.OFFERED if passes else row.otherwise if code else Way.UNKNOWN
    return BrowserPage(browser, name, title or text, code, way)


def pages_of(cause: CauseId) -> tuple[BrowserPage, ...]:
    """Return what each browser shows for a cause, or why it shows nothing.

    Args:
        cause: The cause.
    """
    return tuple(_page(browser, cause) for browser in _browsers())


def _page(browser: str, cause: CauseId) -> BrowserPage:
    profile = find_profile(browser)
    message = profile.message(cause) if profile else None
    if message is not None:
        return page_for(browser, message.code, message.text)
    unseen = _unseen()[cause]
    if unseen.shows is None:
        return BrowserPage(browser, _name(browser), "", "", Way.NO_PAGE, says=unseen.says)
    shown = _page(browser, unseen.shows)
    return BrowserPage(browser, shown.name, shown.title, shown.code, shown.way, unseen.says)


def _name(browser: str) -> str:
    profile = find_profile(browser)
    return profile.title if profile else browser
