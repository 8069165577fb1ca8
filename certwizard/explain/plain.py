"""Recognises faults by the words that programs in general use for them, and tells apart what is none."""

import re
from collections.abc import Iterator
from functools import cache

from certwizard.explain.context import speaks_of_tls
from certwizard.explain.finding import moved
from certwizard.explain.matching import Grade, Match
from certwizard.explain.reading import Reading
from certwizard.explain.speakers import speakers_of
from certwizard.knowledge.plain_words import Lookalike, PlainWords, lookalikes, plain_words

_CERTIFICATE = (
    r"(?:(?:ssl|tls|x509|x 509|security|server|peer|client|site|web ?site|remote|root|leaf|intermediate|issuer|ca|https"
    r"|digital) )*(?:certificates?|certs?|certificate chain|chain)"
)
_LONGEST = 60_000


@cache
def _expression(words: PlainWords) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{each})" for each in words.find)
        .replace("CERT", _CERTIFICATE)
        .join((r"(?<= )(?:", ")(?= )"))
    )


@cache
def _looks(lookalike: Lookalike) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in lookalike.find).join((r"(?<= )(?:", ")(?= )")))


def faults_in_plain_words(reading: Reading) -> tuple[Match, ...]:
    """Return the faults that a text speaks of in words of its own.

    Args:
        reading: The text.
    """
    text = reading.joined.text[:_LONGEST]
    if not speaks_of_tls(text):
        return ()
    near = speakers_of(reading).near(0)
    speaker = near[0].id if near else ""
    return tuple(
        moved(Match(words.message, start, end, Grade.WORDS, speaker=speaker), reading.joined, reading.words)
        for words, start, end in _without_overlap(text)
    )


def _without_overlap(text: str) -> Iterator[tuple[PlainWords, int, int]]:
    taken: list[tuple[int, int]] = []
    for words in plain_words():
        for found in _expression(words).finditer(text):
            if all(found.end() <= start or end <= found.start() for start, end in taken):
                taken.append(found.span())
                yield words, *found.span()


def lookalikes_in(reading: Reading) -> tuple[Lookalike, ...]:
    """Return what a text speaks of that is no certificate error, the surest first.

    Args:
        reading: The text.
    """
    text = reading.joined.text[:_LONGEST]
    return tuple(lookalike for lookalike in lookalikes() if _looks(lookalike).search(text))
