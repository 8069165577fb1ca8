"""Every certificate of a case that can be held against another: sent, elsewhere, on the disk, before."""

from collections.abc import Iterator
from dataclasses import dataclass

from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.parsing import parse_certificate
from certwizard.wizard.case import Case
from certwizard.wizard.viewing import viewed_certificates

MOST = 40
BEFORE = "before"


@dataclass(frozen=True, slots=True)
class AtHand:
    """One certificate, and where it is from."""

    title: str
    certificate: Certificate


def at_hand(case: Case) -> tuple[AtHand, ...]:
    """Return the certificates of a case, each once: the chain first, then those of the look before.

    Args:
        case: What was judged.
    """
    found: dict[str, AtHand] = {}
    for each in _every(case):
        found.setdefault(each.certificate.sha256, each)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _every(case: Case) -> Iterator[AtHand]:
    for viewed in viewed_certificates(case.diagnosis):
        yield AtHand(viewed.title, viewed.certificate)
    if case.before is not None:
        for viewed in viewed_certificates(case.before):
            yield AtHand(f"{BEFORE}: {viewed.title}", viewed.certificate)
    # A server with many addresses mostly shows the same one at each.
    elsewhere: dict[bytes, str] = {}
    for words, data in _elsewhere(case):
        elsewhere.setdefault(data, words)
    for data, words in elsewhere.items():
        yield AtHand(words, parse_certificate(data))


def _elsewhere(case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield the leaf of each handshake and of each file on this disk."""
    seen = case.observation
    for shake in seen.handshakes:
        if shake.chain:
            name = f", name {shake.sni}" if shake.sni else ", no name"
            yield clean(f"leaf at {shake.address}{name}"), shake.chain[0]
    for file in seen.installed:
        if file.chain:
            yield clean(f"file {file.path}"), file.chain[0]


def pair_for(hand: tuple[AtHand, ...], sha256: str) -> tuple[int, int]:
    """Return which two to hold against each other first: the one before and the one now, where it was replaced.

    Args:
        hand: At least one certificate.
        sha256: The fingerprint of the one that is looked at.
    """
    here = next((place for place, each in enumerate(hand) if each.certificate.sha256 == sha256), 0)
    role = hand[here].title.rpartition(" ")[2]
    for place, each in enumerate(hand):
        if place != here and each.title.startswith(BEFORE) and each.title.endswith(role):
            return place, here
    others = [place for place, each in enumerate(hand) if place != here and each.title.startswith("leaf at")]
    return here, (others[0] if others and here == 0 else (here + 1) % len(hand))
