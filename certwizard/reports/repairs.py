"""What turns the verdict green, in words for the text report and the wizard."""

from collections.abc import Iterator, Sequence

from certwizard.diagnosis.repair import Change, Repair, Repairs
from certwizard.knowledge.clients import find_profile
from certwizard.reports.paper import Paper, Tone

TITLE = "Turns green"
OPEN_TITLE = "To change"
"""Where it is not known whether that is enough."""
OR = "or"
CLEAN_TITLE = "Leaves no warning"
MOST_NAMED = 4


def outcome_of(repair: Repair) -> str:
    """Return what was judged with the changes made, in one phrase."""
    made = "it" if len(repair.changes) == 1 else "all of them"
    if not repair.green:
        return f"judged again with {made}: nothing is wrong with what was seen"
    if not repair.refusing:
        return f"judged again with {made}: every client accepts"
    titles = [profile.title for each in repair.refusing if (profile := find_profile(each))]
    more = len(titles) - MOST_NAMED
    named = ", ".join(titles[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"judged again with {made}: the usual clients accept; not {named}"


def blocks_of(repairs: Repairs) -> Iterator[tuple[str, Sequence[Change], str]]:
    """Yield title, changes and outcome of every set; no outcome where it is the one said before."""
    if repairs.best is not None:
        yield TITLE if repairs.best.green else OPEN_TITLE, repairs.best.changes, outcome_of(repairs.best)
    for other in repairs.others:
        same = repairs.best is not None and outcome_of(other) == outcome_of(repairs.best)
        yield OR, other.changes, "" if same else outcome_of(other)
    if repairs.spotless is not None:
        yield CLEAN_TITLE, repairs.spotless.changes, outcome_of(repairs.spotless)


def lines(repairs: Repairs, paper: Paper) -> list[str]:
    """Return the section of the text report; nothing where there is nothing to say.

    Args:
        repairs: What was found.
        paper: What the output can show.
    """
    found: list[str] = []
    for title, changes, outcome in blocks_of(repairs):
        another = title == OR
        found += [] if another else [paper.tone(title, Tone.STRONG)]
        for number, change in enumerate(changes):
            lead = f"  {OR} + " if another and not number else "  + "
            found += paper.wrap(change.text, " " * len(lead), lead)
        found += paper.wrap(outcome, "    ", "    ") if outcome else []
    if repairs.note:
        found += [] if found else [paper.tone(TITLE, Tone.STRONG)]
        found += paper.wrap(repairs.note, "  ")
    return found
