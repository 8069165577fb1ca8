"""Recognises a message by a piece of it: cut off at an end or in the middle, misspelt, or with words left out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log

from certwizard.explain.context import speaks_of_tls
from certwizard.explain.finding import moved
from certwizard.explain.matching import Grade, Match
from certwizard.explain.normal import CUT
from certwizard.explain.phrases import Phrase, is_telling, phrases
from certwizard.explain.reading import Reading
from certwizard.explain.speakers import Speakers, best_row, speakers_of, spoken

_MOST_WORDS = 1500
_MOST_CANDIDATES = 60
_ENOUGH, _ENOUGH_WITHOUT_ANCHOR = 0.7, 0.85
"""Share of a message's weight that must be there where nothing shows that the text was cut."""
_ENOUGH_OF_A_CUT = 0.3
_LIGHTEST, _LIGHTEST_OF_A_CUT = 9.0, 7.0
"""Weight below which a piece is too common to mean anything."""
_FEWEST_LETTERS = 12
_AS_GOOD = 0.85
_MOST_READINGS = 3
"""A piece that fits more messages than that, each with another cause, says nothing."""
_FARTHEST = 60
_NO = frozenset({"no", "not", "without", "isnt", "doesnt", "never"})
_STEP = 3
_MOST_PLACES, _MOST_STEPS = 40, 200
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class _Piece:
    phrase: Phrase
    first: int
    last: int
    weight: float
    cut: bool
    denies: bool
    """Whether it lacks the word that denies the rest, so that it says the contrary of the message."""


@cache
def _weights() -> Mapping[str, float]:
    """Return how much each word of the catalogue says: the rarer, the more."""
    counts: defaultdict[str, int] = defaultdict(int)
    for phrase in phrases():
        for word in set(phrase.words):
            counts[word] += 1
    total = len(phrases())
    return {word: log(total / count) for word, count in counts.items()}


@cache
def _by_word() -> Mapping[str, tuple[Phrase, ...]]:
    index: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases():
        for word in set(phrase.words):
            index[word].append(phrase)
    return {word: tuple(some) for word, some in index.items()}


def pieces_in(reading: Reading, *, only_cut: bool = False) -> tuple[Match, ...]:
    """Return the messages of which pieces stand in a text, the best ones alone.

    Args:
        reading: The text.
        only_cut: Take pieces that are cut off, and none that merely resemble a message.
    """
    words = reading.joined.text.split()[:_MOST_WORDS]
    known = _known_words(words)
    speaks = speaks_of_tls(reading.words.text)
    found = [
        piece for phrase in _candidates(known) if (piece := _piece(phrase, words, known, speaks)) is not None
    ]
    best = max((piece.weight for piece in found), default=0.0)
    chosen = [piece for piece in found if piece.weight >= best * _AS_GOOD]
    if len({piece.phrase.messages[0].causes[:1] for piece in chosen}) > _MOST_READINGS:
        return ()
    speakers = speakers_of(reading)
    return tuple(_match(piece, words, reading, speakers) for piece in chosen if not piece.denies)


def _match(piece: _Piece, words: Sequence[str], reading: Reading, speakers: Speakers) -> Match:
    start = len(" ".join(words[: piece.first])) + 1
    end = start + len(" ".join(words[piece.first : piece.last + 1]))
    near = speakers.near(reading.joined.line_at(start))
    found = Match(best_row(piece.phrase.messages, near), start, end, Grade.PIECE)
    return spoken(moved(found, reading.joined, reading.words), near)


def _known_words(words: Sequence[str]) -> dict[str, list[int]]:
    """Return where each word stands; the last one before a cut stands for every word it may begin."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        places[word].append(index)
    for index in _before_cuts(words):
        for known in _begun_by(words[index]):
            places[known].append(index)
    for index in _after_cuts(words):
        for known in _ended_by(words[index]):
            places[known].append(index)
    return places


def _before_cuts(words: Sequence[str]) -> Iterator[int]:
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else CUT
        if following == CUT and word != CUT:
            yield index


def _after_cuts(words: Sequence[str]) -> Iterator[int]:
    for index, word in enumerate(words):
        if word != CUT and (index == 0 or words[index - 1] == CUT):
            yield index


def _begun_by(word: str) -> list[str]:
    return (
        [known for known in _weights() if known != word and known.startswith(word)] if len(word) > 1 else []
    )


def _ended_by(word: str) -> list[str]:
    return [known for known in _weights() if known != word and known.endswith(word)] if len(word) > 1 else []


def _candidates(places: Mapping[str, list[int]]) -> list[Phrase]:
    weights = _weights()
    scores: defaultdict[Phrase, float] = defaultdict(float)
    for word in places.keys() & _by_word().keys():
        for phrase in _by_word()[word]:
            scores[phrase] += weights[word]
    ordered = sorted(scores, key=lambda phrase: -scores[phrase])
    return [phrase for phrase in ordered if scores[phrase] >= _LIGHTEST_OF_A_CUT][:_MOST_CANDIDATES]


def _piece(
    phrase: Phrase, words: Sequence[str], places: Mapping[str, list[int]], speaks: bool
) -> _Piece | None:
    """Return the heaviest run of a phrase's words, in their order, that stands in the text, if it is enough."""
    path = _best_path(phrase, places)
    if not path:
        return None
    weights, wanted = _weights(), phrase.words
    weight = sum(weights[wanted[word]] for word, _ in path)
    share = weight / sum(weights[word] for word in wanted)
    first, last = path[0][1], path[-1][1]
    whole = last - first + 1 >= len(words) * _MOSTLY
    tells = any(is_telling(wanted[word]) for word, _ in path)
    if not (speaks or (phrase.strong and tells) or whole):
        return None
    if _is_cut(phrase, path, words):
        letters = sum(len(words[place]) for _, place in path)
        enough = share >= _ENOUGH_OF_A_CUT and weight >= _LIGHTEST_OF_A_CUT and letters >= _FEWEST_LETTERS
        return _Piece(phrase, first, last, weight, True, _loses_its_no(phrase, path)) if enough else None
    least = _ENOUGH if phrase.anchor in (wanted[word] for word, _ in path) else _ENOUGH_WITHOUT_ANCHOR
    enough = share >= least and weight >= _LIGHTEST and (phrase.strong or whole) and _is_close(phrase, path)
    return _Piece(phrase, first, last, weight * share, False, _loses_its_no(phrase, path)) if enough else None


def _loses_its_no(phrase: Phrase, path: Sequence[tuple[int, int]]) -> bool:
    present = {word for word, _ in path}
    return any(number not in present for number, word in enumerate(phrase.words) if word in _NO)


def _is_cut(phrase: Phrase, path: Sequence[tuple[int, int]], words: Sequence[str]) -> bool:
    """Whether the words that are missing are those beyond an end of the text or a mark of omission."""
    first_words = _first_words(phrase)
    for (word, place), (following, there) in pairwise(path):
        adjacent = following - word == 1 and (there - place == 1 or following in first_words)
        if not adjacent and CUT not in words[place:there]:
            return False
    (word, place), (last_word, last) = path[0], path[-1]
    begins = word == 0 or place == 0 or words[place - 1] == CUT
    ends = last_word == len(phrase.words) - 1 or last == len(words) - 1 or words[last + 1] == CUT
    return begins and ends


def _is_close(phrase: Phrase, path: Sequence[tuple[int, int]]) -> bool:
    """Whether the words stand together, where no placeholder parts them, and are not scattered over the text."""
    parted = _first_words(phrase) if phrase.gaps else frozenset()
    foreign = sum(
        there - place - 1 for (_, place), (following, there) in pairwise(path) if following not in parted
    )
    return foreign <= len(path) // 2


def _first_words(phrase: Phrase) -> frozenset[int]:
    """Return the numbers of the words that follow a placeholder."""
    numbers, count = set(), 0
    for part in phrase.parts:
        numbers.add(count)
        count += part.count(" ") + 1
    return frozenset(numbers)


def _best_path(phrase: Phrase, places: Mapping[str, list[int]]) -> list[tuple[int, int]]:
    """Return the heaviest series of (word of the phrase, word of the text) that runs forward in both."""
    weights = _weights()
    best: list[
        tuple[float, int, int, int]
    ] = []  # weight so far, word of the phrase, place, index of the one before
    for number, word in enumerate(phrase.words):
        for place in places.get(word, ())[:_MOST_PLACES]:
            weight, before = weights[word], -1
            for index in range(len(best) - 1, max(len(best) - _MOST_STEPS, -1), -1):
                earlier, other, at, _ = best[index]
                near = place - at <= _STEP * (number - other) + (_FARTHEST if phrase.gaps else _STEP)
                if other < number and at < place and near and earlier + weights[word] > weight:
                    weight, before = earlier + weights[word], index
            best.append((weight, number, place, before))
    if not best:
        return []
    index = max(range(len(best)), key=lambda at: best[at][0])
    path: list[tuple[int, int]] = []
    while index >= 0:
        _, number, place, index = best[index]
        path.append((number, place))
    return path[::-1]
