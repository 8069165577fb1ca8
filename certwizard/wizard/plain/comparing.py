"""Two certificates compared line by line: only what differs is told, in whole sentences."""

from certwizard.wizard.at_hand import at_hand, pair_for
from certwizard.wizard.case import Case
from certwizard.wizard.comparing import compared
from certwizard.wizard.plain.listing import Listed, pick
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.plain_comparison import comparison_lines
from certwizard.wizard.viewing import anatomy_of

NOTHING = "There are no two certificates here that could be compared."


def compare_certificates(talk: Talk, case: Case, sha256: str = "") -> None:
    """Tell what differs between two certificates; where there are more, ask which.

    Args:
        talk: The dialogue.
        case: What was judged.
        sha256: The fingerprint of the certificate that is looked at; empty for the leaf.

    Raises:
        InputEnded: Where nobody answers.
    """
    hand = at_hand(case)
    if len(hand) < 2:
        talk.tell(NOTHING)
        return
    pair = pair_for(hand, sha256)
    names = [f"{each.title}, {each.certificate.subject.short}" for each in hand]
    if len(hand) > 2 and case.before is None:
        pair = (pair[0], _second(talk, names, pair))
    first, second = (anatomy_of(hand[place].certificate, case.diagnosis.judged_at) for place in pair)
    talk.say("")
    for words in comparison_lines(compared(first, second), [names[place] for place in pair]):
        talk.tell(words.replace(" · ", ", "), "   ", "   " if words.startswith(" ") else "")


def _second(talk: Talk, names: list[str], pair: tuple[int, int]) -> int:
    """Return which certificate is held against the first."""
    others = [place for place in range(len(names)) if place != pair[0]]
    talk.tell(f"A is {names[pair[0]]}. Which shall be B?")
    leave = f"takes {others.index(pair[1]) + 1}"
    chosen = pick(talk, Listed("B", [names[place] for place in others], leave=leave))
    return pair[1] if chosen is None else others[chosen]
