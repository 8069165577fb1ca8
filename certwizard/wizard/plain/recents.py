"""The targets looked at last, line by line: told, taken again, forgotten."""

from certwizard.reports.symbols import VERDICT
from certwizard.wizard.plain.listing import Listed, pick
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.recent import RecentTargets


def choose_recent(talk: Talk, recent: RecentTargets) -> str | None:
    """Return the words of a target that was looked at before; None where none was chosen.

    Args:
        talk: The dialogue.
        recent: What is remembered.

    Raises:
        InputEnded: Where nobody answers.
    """
    targets = recent.load().targets
    if not targets:
        talk.tell("No recent targets are kept.")
        return None
    names = [
        f"{each.target}, {VERDICT[each.verdict].word} on {each.at:%Y-%m-%d %H:%M} UTC" for each in targets
    ]
    chosen = pick(talk, Listed("Recent target", names))
    return None if chosen is None else targets[chosen].target


def forget_recents(talk: Talk, recent: RecentTargets) -> None:
    """Forget all targets, and say whether that went well.

    Args:
        talk: The dialogue.
        recent: What is remembered.
    """
    talk.tell("Recent targets are forgotten." if recent.clear() else _NOT_WRITTEN)


def turn_keeping(talk: Talk, recent: RecentTargets) -> None:
    """Keep targets from now on, or keep none.

    Args:
        talk: The dialogue.
        recent: What is remembered.
    """
    wanted = not recent.load().wanted
    words = "kept from now on" if wanted else "no longer kept, and those there were are forgotten"
    talk.tell(f"Recent targets are {words}." if recent.want(wanted) else _NOT_WRITTEN)


_NOT_WRITTEN = "The state folder cannot be written; nothing was changed."
