"""Explains a text that some client printed: pure, and the same text always gets the same answer."""

from collections.abc import Iterable, Sequence

from certwizard.explain.codes import bare_code
from certwizard.explain.explanation import Explanation, Recognised
from certwizard.explain.finding import find
from certwizard.explain.matching import Match
from certwizard.explain.pieces import pieces_in
from certwizard.explain.places import target_in
from certwizard.explain.plain import faults_in_plain_words, lookalikes_in
from certwizard.explain.ranking import Fault, faults_of
from certwizard.explain.reading import Reading, read
from certwizard.explain.refining import causes_of
from certwizard.explain.telling import NOBODY, guesses_of, hint_for, meaning_of, recognised, silences_of
from certwizard.explain.undressing import LONGEST
from certwizard.knowledge.error_messages import MessageClient, catalogue
from certwizard.knowledge.plain_words import Lookalike

_MOST_MATCHES = 12
_CAUSE, _ALERT = 3, 2
_MOSTLY = 0.6
_ONLY_THE_FIRST = f"only its first {LONGEST >> 20} MiB were read"


def explain(text: str, left_out: str = "") -> Explanation:
    """Return what a text says of certificates: client, causes, what it leaves open, and the next question.

    Args:
        text: A message, a page, a stack trace, a log or a code, in any state.
        left_out: What was already left out of it, in words.
    """
    if len(text) > LONGEST:
        left_out = left_out or _ONLY_THE_FIRST
    reading = read(text)
    apart: tuple[Lookalike, ...] = ()
    matches = bare_code(reading)
    if matches:
        faults = tuple(
            fault for match in matches for fault in faults_of((match,), {match: match.message.causes})
        )
    else:
        apart = lookalikes_in(reading)
        matches = _chosen(reading, find(reading), apart)
        faults = faults_of(matches, {match: causes_of(match, reading) for match in matches})
    target = target_in(reading, faults[0].leading if faults else None)
    shown = _shown(matches, faults)
    client = _client(matches, faults)
    if not faults:
        return Explanation(
            client.id,
            client.title,
            shown,
            (),
            hint=hint_for(reading, apart, bool(matches)),
            told_apart=apart[0].id if apart else "",
            target=target,
            left_out=left_out,
        )
    return Explanation(
        client.id,
        client.title,
        shown,
        guesses_of(faults, target),
        meaning_of(faults, client.title),
        silences_of(faults),
        target=target,
        left_out=left_out,
    )


def _chosen(reading: Reading, exact: Sequence[Match], apart: Sequence[Lookalike]) -> tuple[Match, ...]:
    """Return the matches to go by: the catalogue's own words, else pieces of them, else words in general."""
    strong = [one for one in apart if one.strong]
    against = {client for one in strong for client in one.against}
    exact = tuple(match for match in exact if match.message.client not in against)
    if strong or _tells(exact, _ALERT):
        return exact
    pieces = _elsewhere(pieces_in(reading, only_cut=bool(apart)), exact)
    if _tells(pieces, _CAUSE):
        return (*exact, *pieces)
    words = _elsewhere(faults_in_plain_words(reading), exact)
    if _tells(words, _CAUSE):
        return (*exact, *words)
    return exact or pieces or words


def _elsewhere(matches: Iterable[Match], exact: Sequence[Match]) -> tuple[Match, ...]:
    """Return the matches that do not merely read something else into words that are known."""
    return tuple(match for match in matches if not any(_lies_in(match, known) for known in exact))


def _lies_in(match: Match, known: Match) -> bool:
    common = min(match.end, known.end) - max(match.start, known.start)
    return common > (match.end - match.start) * _MOSTLY


def _tells(matches: Iterable[Match], least: int) -> bool:
    return any(match.telling >= least for match in matches)


def _client(matches: Sequence[Match], faults: Sequence[Fault]) -> MessageClient:
    """Return the program that printed the message that decides, else the first one that is known."""
    deciding = faults[0].matches if faults else matches
    known = (catalogue().clients.get(match.speaker) for match in deciding)
    return next((client for client in known if client is not None), NOBODY)


def _shown(matches: Sequence[Match], faults: Sequence[Fault]) -> tuple[Recognised, ...]:
    """Return the matches to show: those that decide first, each message once."""
    deciding = dict.fromkeys(match for fault in faults for match in (fault.leading, *fault.matches))
    rows = [recognised(match, True) for match in deciding if match.message.client]
    seen = {(row.client, row.text or row.code) for row in rows}
    others = (recognised(match, False) for match in matches if match not in deciding and match.message.client)
    rows += (row for row in others if (row.client, row.text or row.code) not in seen)
    return tuple(dict.fromkeys(rows))[:_MOST_MATCHES]
