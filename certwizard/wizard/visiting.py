"""The visitor's side of a case: what each browser shows, what is at risk, and the text for the site's owner."""

from dataclasses import replace

from certwizard.diagnosis.result import ClientAction, ClientOutcome, Diagnosis
from certwizard.domain.vocabulary import Role
from certwizard.knowledge.visitors import BrowserPage, Danger, Way, browsers, danger_of, page_for, pages_of
from certwizard.remedies.model import Snippet
from certwizard.wizard.case import Case

OPENS = "opens without a warning"
PERHAPS = "perhaps: not every device knows of it"
WAY_WORDS = {
    Way.OFFERED: "lets you go on",
    Way.NONE: "no way to go on",
    Way.UNKNOWN: "whether it lets you go on is not known",
    Way.NO_PAGE: "",
}
NO_SAFER = "That a page lets you go on makes nothing safer."
MAIL = "a new mail"
"""Where the text for the owner belongs, in the words of the remedies."""


def danger(diagnosis: Diagnosis) -> Danger | None:
    """Return what is at risk with the root cause; None where there is none.

    Args:
        diagnosis: What was judged.
    """
    return danger_of(diagnosis.root_cause.id) if diagnosis.root_cause else None


def browser_pages(diagnosis: Diagnosis) -> tuple[BrowserPage, ...]:
    """Return what each browser that was judged shows for this very server.

    Args:
        diagnosis: What was judged.
    """
    found = {outcome.client: outcome for outcome in diagnosis.clients}
    return tuple(_page(found[browser]) for browser in browsers() if browser in found)


def _page(outcome: ClientOutcome) -> BrowserPage:
    if outcome.action is ClientAction.ACCEPTS:
        return BrowserPage(outcome.client, outcome.title, "", "", Way.NO_PAGE, says=OPENS)
    if not outcome.message:
        return _without_words(outcome)
    first = outcome.message.partition(" ")[0]
    code = outcome.code or (first if "_" in first else "")
    page = page_for(outcome.client, code, outcome.message.removeprefix(code).strip(" :"))
    return replace(page, says=PERHAPS) if outcome.action is ClientAction.UNKNOWN else page


def _without_words(outcome: ClientOutcome) -> BrowserPage:
    """Return what is known of a cause for which a browser has no words of its own."""
    known = {page.browser: page for page in pages_of(outcome.cause)} if outcome.cause else {}
    nothing = BrowserPage(outcome.client, outcome.title, "", "", Way.NO_PAGE, says=PERHAPS)
    return known.get(outcome.client, nothing)


def owner_message(case: Case) -> Snippet | None:
    """Return the text for the people who run the site; None where the fault is not theirs.

    Args:
        case: The diagnosed target.
    """
    root = case.diagnosis.root_cause
    remedies = case.remedies.get(Role.VISITOR, ()) if root else ()
    # What follows from the root cause is no fault of the site where the root cause is the network's or the clock's.
    own = (remedy for remedy in remedies if root and remedy.cause is root.id and remedy.role is Role.VISITOR)
    snippets = (step.snippet for remedy in own for step in remedy.steps)
    return next((each for each in snippets if each is not None and each.where == MAIL), None)
