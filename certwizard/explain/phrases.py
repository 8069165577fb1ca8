"""The words of the catalogue's messages, indexed so that thousands of lines are searched at once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from certwizard.explain.normal import CUT, normal
from certwizard.explain.undressing import undress
from certwizard.knowledge.error_messages import catalogue
from certwizard.knowledge.messages import Message
from certwizard.knowledge.profile_words import profile_messages

_PLACEHOLDER = re.compile(r"<([A-Za-z][^<>]*)>")
_HEADINGS = frozenset({"error", "fatal", "warning"})
"""Words before a message that programs add or leave out."""
_LONG_VALUES = frozenset(
    {"names", "name", "ips", "url", "path", "detail", "details", "dn", "issuer", "reason", "fields"}
)
_SHORT_VALUES = frozenset({"host", "port", "ip", "n"})
_SHORT_GAP, _GAP, _LONG_GAP = 80, 160, 2500
"""Characters that the value of a placeholder may take."""
_SPEAKS_OF_TLS = re.compile(
    r"(?:open|gnu|wolf|libre|boring)?ssl\w*|tls\w*|x509\w*|certs?|certificates?\w*|\w*cert\w*exception|pkix|ocsp\w*|crl"
    r"|handshake\w*|issuers?|schannel|rustls|subjectaltnames?|san|sans|starttls"
)
_HALF_TELLING = re.compile(
    r"hostname|certificate|subtree|constraint|critical|cipher|revo|issuer|key identifier|handshake|clock"
    r"|private|anchor|alt ?name"
)
_MANY_WORDS, _MANY_LETTERS = 5, 24
_SOME_WORDS = 3
_NAME = re.compile(r"(?:NET::)?[A-Za-z][A-Za-z0-9_]*")
_LONG_NAME, _LONG_WORD = 10, 16
TLS_ALERT = "tls-alert"
_MOST_HITS = 20


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for one or more messages."""

    parts: tuple[str, ...]
    """What stands between the placeholders, in normal form."""
    gaps: tuple[int, ...]
    """How many characters may lie between one part and the next."""
    messages: tuple[Message, ...]
    strong: bool
    """Whether it says enough to be believed anywhere; else the text around must speak of TLS."""
    half_strong: bool
    """Whether it is believed where it stands alone on its line."""
    anchor: str
    """Its rarest word."""

    @property
    def words(self) -> tuple[str, ...]:
        """All its words."""
        return tuple(" ".join(self.parts).split())


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return every phrase of the catalogue."""
    return _phrases_of(catalogue().messages)


def _phrases_of(messages: Iterable[Message]) -> tuple[Phrase, ...]:
    found: dict[tuple[str, ...], tuple[tuple[int, ...], bool, list[Message]]] = {}
    for message in messages:
        if (
            message.client == TLS_ALERT
        ):  # their names are everyday words: alerts.py takes them where they are meant
            continue
        for parts, gaps, strong in _forms(message):
            _, _, same = found.setdefault(parts, (gaps, strong, []))
            if message not in same:
                same.append(message)
    known = Counter(word for parts in found for word in set(" ".join(parts).split()))
    return tuple(
        Phrase(parts, gaps, tuple(same), strong, _is_half_strong(parts), _rarest(parts, known))
        for parts, (gaps, strong, same) in found.items()
    )


@cache
def vocabulary() -> frozenset[str]:
    """Return every word of the catalogue."""
    alerts = (
        normal(code)
        for message in catalogue().messages
        if message.client == TLS_ALERT
        for code in message.codes
    )
    return frozenset(word for phrase in phrases() for word in phrase.words) | {
        word for name in alerts for word in f"{name} alert".split()
    }


@cache
def longer_than(words: str) -> tuple[Phrase, ...]:
    """Return the phrases that begin with all the words of a shorter one.

    Args:
        words: In normal form.
    """
    return tuple(phrase for phrase in phrases() if phrase.parts[0].startswith(f"{words} "))


@cache
def by_anchor(*, of_profiles: bool = False) -> Mapping[str, tuple[Phrase, ...]]:
    """Return the phrases by their rarest word.

    Args:
        of_profiles: Those of the client profiles in place of the catalogue's.
    """
    index: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in _phrases_of(profile_messages()) if of_profiles else phrases():
        index[phrase.anchor].append(phrase)
    return {anchor: tuple(some) for anchor, some in index.items()}


def _forms(message: Message) -> Iterator[tuple[tuple[str, ...], tuple[int, ...], bool]]:
    """Yield the words of a message and of each of its names that can stand alone."""
    if message.text:
        parts, gaps = _parts(message.text)
        yield parts, gaps, _is_strong(parts)
    for code in message.codes:
        words = normal(code)
        if _NAME.fullmatch(code) and (" " in words or (len(words) >= _LONG_NAME and not code.isupper())):
            yield (words,), (), _is_strong_name(code, words)


def _is_strong_name(code: str, words: str) -> bool:
    if "_" in code:
        return words.count(" ") > 1
    return len(code) >= _LONG_WORD or code.startswith(("errS", "NSURL"))


def _parts(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    pieces = _PLACEHOLDER.split(text)
    parts: list[str] = []
    gaps: list[int] = []
    gap = 0
    for index, piece in enumerate(pieces):
        if index % 2:
            gap += _room(set(piece.split()))
        elif words := normal(undress(piece).replace(CUT, " ")):
            if parts:
                gaps.append(gap)
            parts.append(words)
            gap = 0
    return _without_heading(parts), tuple(gaps)


def _room(value: set[str]) -> int:
    """Return how many characters a value may take, by the words of its placeholder."""
    if value <= _SHORT_VALUES:
        return _SHORT_GAP
    return _LONG_GAP if _LONG_VALUES & value else _GAP


def _without_heading(parts: list[str]) -> tuple[str, ...]:
    first = parts[0].split()
    while len(first) > 1 and first[0] in _HEADINGS:
        first.pop(0)
    if len(parts) > 1 and first[0] in _HEADINGS:
        return tuple(parts)
    return (" ".join(first), *parts[1:])


def _is_strong(parts: Iterable[str]) -> bool:
    words = " ".join(parts).split()
    if len(words) >= _MANY_WORDS and sum(map(len, words)) >= _MANY_LETTERS:
        return True
    return len(words) >= _SOME_WORDS and any(map(is_telling, words))


def is_telling(word: str) -> bool:
    """Whether a word by itself speaks of TLS or certificates.

    Args:
        word: In normal form.
    """
    return _SPEAKS_OF_TLS.fullmatch(word) is not None


def _is_half_strong(parts: Iterable[str]) -> bool:
    return _HALF_TELLING.search(" ".join(parts)) is not None


def _rarest(parts: Iterable[str], known: Counter[str]) -> str:
    words = " ".join(parts).split()
    return min(words, key=lambda word: (known[word], -len(word)))


def occurrences(phrase: Phrase, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands in a text in normal form, as start and end.

    Args:
        phrase: What to look for.
        text: Words with a space before and after.
    """
    first = f" {phrase.parts[0]} "
    start = text.find(first)
    for _ in range(_MOST_HITS):
        if start < 0:
            return
        end = _end(phrase, text, start + len(first) - 1)
        if end is not None:
            yield start + 1, end
        start = text.find(first, start + 1)


def _end(phrase: Phrase, text: str, position: int) -> int | None:
    for part, gap in zip(phrase.parts[1:], phrase.gaps, strict=True):
        found = text.find(f" {part} ", position, position + gap + len(part) + 2)
        if found < 0:
            return None
        position = found + len(part) + 1
    return position
