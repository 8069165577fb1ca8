"""Every address of the server, and how the connection to it went."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from certwizard.domain.observation import FailureReason, Handshake, Observation, Offer
from certwizard.wizard.pictures.canvas import Line, cut, cut_middle, fit, line
from certwizard.wizard.styles import BROKEN, GOOD, QUIET

BESIDE = 39
"""Cells for what stands beside an address."""

MOST_CHAINS = 4
"""Different chains of one address that are drawn."""

KINDS = {
    Offer.RSA: "RSA key",
    Offer.RSA_TLS13: "RSA key",
    Offer.ECDSA: "EC key",
    Offer.ECDSA_TLS13: "EC key",
}
"""Short words for the handshakes that asked for one kind of key."""

FAILURES: dict[FailureReason, str] = {
    FailureReason.DNS: "name not found",
    FailureReason.REFUSED: "connection refused",
    FailureReason.TIMEOUT: "no answer in time",
    FailureReason.RESET: "connection closed by the server",
    FailureReason.UNREACHABLE: "not reachable from here",
    FailureReason.NOT_TLS: "does not speak TLS",
    FailureReason.ALERT: "refused the handshake",
    FailureReason.TLS: "sent something TLS cannot read",
    FailureReason.STARTTLS_REFUSED: "refused STARTTLS",
    FailureReason.PROXY: "the proxy did not connect",
    FailureReason.TOO_LARGE: "sent too much",
    FailureReason.CANCELLED: "not waited for",
}


def draw_addresses(observation: Observation, width: int, most: int = 6) -> list[Line]:
    """Draw each address with protocol, number of certificates, time and the leaf's fingerprint.

    An address that showed several chains has a row for each, with how often it did.

    Args:
        observation: What was seen.
        width: Cells there are.
        most: Addresses to show at most.
    """
    shown = seen_by_address(observation.handshakes)
    if not shown or width < 40:
        return []
    widest = min(max(len(name(rows[0].first)) for rows in shown), max(width - BESIDE, 16))
    lines = [
        _row(each, name(each.first) if place == 0 else "", widest, width)
        for rows in shown[:most]
        for place, each in enumerate(rows[:MOST_CHAINS])
    ]
    if len(shown) > most:
        lines.append(line((f"  and {len(shown) - most} more addresses", QUIET)))
    return lines


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address did in some of its handshakes: one chain, or one kind of failure."""

    first: Handshake
    times: int
    of: int


def seen_by_address(handshakes: Sequence[Handshake]) -> list[list[Shown]]:
    """Return for each address what its handshakes showed, the chains before the failures.

    Counted are the handshakes of today's clients with the name, and where there is none, the first of any kind.

    Args:
        handshakes: In the order they were made.
    """
    found: dict[tuple[str, int], list[Handshake]] = {}
    for each in handshakes:
        found.setdefault((each.address, each.port), []).append(each)
    return [_shown(group) for group in found.values()]


def _shown(group: Sequence[Handshake]) -> list[Shown]:
    # All that were asked alike; a second try with old protocols counts only where nothing else came about.
    alike = [each for each in group if (each.sni, each.offer) == (group[0].sni, group[0].offer)]
    if all(each.failure is not None for each in alike):
        return [Shown(next((each for each in group if each.failure is None), group[0]), 1, 1)]
    kinds: dict[tuple[bytes, ...] | FailureReason, list[Handshake]] = {}
    for each in alike:
        kinds.setdefault(each.chain if each.failure is None else each.failure.reason, []).append(each)
    rows = [Shown(met[0], len(met), len(alike)) for met in kinds.values()]
    rows.sort(key=lambda row: row.first.failure is not None)
    chains = {each.chain for each in alike}
    other = next((each for each in group if each.offer in KINDS and each.chain not in ((), *chains)), None)
    return [*rows, Shown(other, 1, 1)] if other is not None and other.failure is None else rows


def name(handshake: Handshake) -> str:
    """Return address and port as people write them.

    Args:
        handshake: One handshake.
    """
    host = f"[{handshake.address}]" if ":" in handshake.address else handshake.address
    return f"{host}:{handshake.port}"


def _row(shown: Shown, address: str, widest: int, width: int) -> Line:
    handshake = shown.first
    often = f"{shown.times} of {shown.of}" if shown.times < shown.of else ""
    named = fit(cut_middle(address, widest), widest)
    if handshake.failure is not None:
        words = FAILURES.get(handshake.failure.reason, handshake.failure.reason.value)
        head = line(("✘ ", f"bold {BROKEN}"), named, "  ")
        words = f"{words}, {often} times" if often else words
        return line(head, (cut(words, width - head.cell_length), BROKEN))
    count = len(handshake.chain)
    words = f"{handshake.protocol or 'TLS'}  {count} certificate{'' if count == 1 else 's'}"
    took = often or KINDS.get(handshake.offer) or f"{handshake.connect_ms + handshake.handshake_ms:.0f} ms"
    print_ = f"leaf {hashlib.sha256(handshake.chain[0]).hexdigest()[:12]}" if handshake.chain else ""
    row = line(("✔ ", f"bold {GOOD}"), named, "  ", fit(words, 25), (fit(took, 9), QUIET))
    return line(row, (print_ if row.cell_length + len(print_) <= width else "", QUIET))
