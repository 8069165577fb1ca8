"""Finds the catalogue's messages in a text by their own words, wherever lines were broken."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from certwizard.explain.alerts import alerts_in
from certwizard.explain.codes import codes_in
from certwizard.explain.context import speaks_of_tls
from certwizard.explain.matching import Match
from certwizard.explain.normal import CUT, normal
from certwizard.explain.phrases import Phrase, by_anchor, longer_than, occurrences
from certwizard.explain.reading import Reading, Words
from certwizard.explain.speakers import Speakers, best_row, hands_on, speakers_of, spoken
from certwizard.knowledge.error_messages import MessageClient, catalogue
from certwizard.knowledge.messages import Message

_WORDS_OF_A_VALUE = 6
_ALERT = 2
_QUOTED = re.compile(r'"([^"\n]{5,300})"')


def find(reading: Reading) -> tuple[Match, ...]:
    """Return every message that a text holds, without those that are but a part of another.

    Args:
        reading: The text, which is no bare code.
    """
    marked = speakers_of(reading)
    found = list(_in_both(reading, lambda words: _by_words(reading, words, marked)))
    found += _in_both(reading, lambda words: alerts_in(words.text, reading.lower))
    found += codes_in(reading)
    if not any(match.telling > _ALERT for match in found):
        more = _in_both(reading, lambda words: _by_words(reading, words, marked, of_profiles=True))
        found += [match for match in more if not any(_is_known_by(match, one) for one in found)]
    kept = _largest(dict.fromkeys(found))
    heard = marked.heard(_own_words(kept, reading))
    lines = {match: reading.words.line_at(match.start) for match in kept}
    return tuple(spoken(match, marked.near(lines[match]), heard.near(lines[match])) for match in kept)


def _is_known_by(match: Match, known: Match) -> bool:
    """Whether the catalogue has its own word on what a profile's row says; an alert within it is that word, too."""
    return known.covers(match) or (known.telling == _ALERT and match.covers(known))


def _in_both(reading: Reading, search: Callable[[Words], Iterable[Match]]) -> Iterator[Match]:
    """Yield what is found in the words as they stand, and what only shows once lines are joined.

    What then turns out to be but a part of a longer message is left out.
    """
    found = tuple(search(reading.words))
    if reading.joined.text == reading.words.text:
        yield from found
        return
    joined = tuple(search(reading.joined))
    whole = _largest(joined)
    parts = {match.message for match in joined} - {match.message for match in whole}
    yield from (match for match in found if match.message not in parts)
    known = {match.message for match in found}
    yield from (moved(match, reading.joined, reading.words) for match in whole if match.message not in known)


def _own_words(found: Iterable[Match], reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield the programs whose own words were found, with the line: they speak for what their libraries say there."""
    for match in found:
        client = catalogue().clients.get(match.message.client)
        if client is not None and client.layer and not match.shared:
            yield client.id, reading.words.line_at(match.start)


def _by_words(
    reading: Reading, words: Words, speakers: Speakers, *, of_profiles: bool = False
) -> Iterator[Match]:
    index = by_anchor(of_profiles=of_profiles)
    for word in sorted(index.keys() & set(words.text.split())):
        for phrase in index[word]:
            for start, end in occurrences(phrase, words.text):
                near = speakers.near(words.line_at(start))
                message = best_row(phrase.messages, near)
                if (
                    phrase.strong
                    or _is_heard(message, near)
                    or _is_all(message, start, end, words)
                    or speaks_of_tls(words.text, start, end)
                    or (phrase.half_strong and _stands_alone(phrase, start, reading, words))
                ) and not _is_cut_short(phrase, start, words):
                    yield Match(message, start, end, shared=len({row.client for row in phrase.messages}) > 1)


def _is_heard(message: Message, near: Iterable[MessageClient]) -> bool:
    """Whether a program near bears marks of the client whose words these are, or of one that hands them on."""
    return any(message.client in hands_on(one.id) for one in near if one.layer or one.id == message.client)


def _stands_alone(phrase: Phrase, start: int, reading: Reading, words: Words) -> bool:
    """Whether the words are all of their line, or of what stands behind its last colon or within quotes."""
    line = reading.lines[words.line_at(start)]
    return phrase.parts[0] in {
        normal(line.rpartition(": ")[2]),
        *(normal(quoted) for quoted in _QUOTED.findall(line)),
    }


def _is_cut_short(phrase: Phrase, start: int, words: Words) -> bool:
    """Whether the words go on as a longer message does, up to where the text is cut off."""
    if len(phrase.parts) > 1:
        return False
    rest = words.text[start:].partition(f" {CUT} ")[0].rstrip()
    return len(rest) > len(phrase.parts[0]) + 1 and any(
        longer.parts[0].startswith(rest) and longer.parts[0] != rest
        for longer in longer_than(phrase.parts[0])
    )


def moved(match: Match, there: Words, here: Words) -> Match:
    """Return a match found in the joined words with its place among the words as they stand.

    Args:
        match: What was found.
        there: The joined words.
        here: The words as they stand.
    """
    if there.text == here.text:
        return match
    line = there.line_at(match.start)
    before = max(_length(here, line) - _length(there, line), 0)
    start = here.starts[line] + before + match.start - there.starts[line]
    return replace(match, start=start, end=start + match.end - match.start)


def _length(words: Words, line: int) -> int:
    following = words.starts[line + 1] if line + 1 < len(words.starts) else len(words.text)
    return following - words.starts[line]


def _is_all(message: Message, start: int, end: int, words: Words) -> bool:
    """Whether the text is nothing but this message, its code and the value of a placeholder."""
    around = f"{words.text[:start]} {words.text[end:]}".split()
    names = {part for code in message.codes for part in normal(code).split()}
    return len([word for word in around if word not in names and not word.isdigit() and word != "error"]) <= (
        _WORDS_OF_A_VALUE if "<" in message.text else 0
    )


def _largest(found: Iterable[Match]) -> tuple[Match, ...]:
    """Return the matches that are no part of a larger one that tells as much."""
    ordered = sorted(
        found, key=lambda match: (match.start, -match.end, match.message.client, match.message.text)
    )
    kept: list[Match] = []
    for match in ordered:
        larger = (
            one
            for one in kept[-20:]
            if one.holds(match) and (not one.telling or one.telling >= min(match.telling, _ALERT))
        )
        if not any(larger):
            kept.append(match)
    return tuple(kept)
