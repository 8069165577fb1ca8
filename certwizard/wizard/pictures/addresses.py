"""Every address of the server, and how the connection to it went."""

import hashlib
from collections.abc import Sequence

from certwizard.domain.observation import FailureReason, Handshake, Observation
from certwizard.wizard.pictures.canvas import Line, cut, cut_middle, fit, line
from certwizard.wizard.styles import BROKEN, GOOD, QUIET

BESIDE = 38
"""Cells for what stands beside an address."""

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
    """Draw one row an address with protocol, number of certificates, time and the leaf's fingerprint.

    Args:
        observation: What was seen.
        width: Cells there are.
        most: Addresses to show at most.
    """
    tried = best_by_address(observation.handshakes)
    if not tried or width < 40:
        return []
    widest = min(max(len(name(handshake)) for handshake in tried), max(width - BESIDE, 16))
    rows = [_row(handshake, widest, width) for handshake in tried[:most]]
    if len(tried) > most:
        rows.append(line((f"  and {len(tried) - most} more addresses", QUIET)))
    return rows


def best_by_address(handshakes: Sequence[Handshake]) -> list[Handshake]:
    """Return one handshake for each address: the first that completed, else the first.

    Args:
        handshakes: In the order they were made.
    """
    best: dict[tuple[str, int], Handshake] = {}
    for handshake in handshakes:
        key = (handshake.address, handshake.port)
        if key not in best or (best[key].failure is not None and handshake.failure is None):
            best[key] = handshake
    return list(best.values())


def name(handshake: Handshake) -> str:
    """Return address and port as people write them.

    Args:
        handshake: One handshake.
    """
    host = f"[{handshake.address}]" if ":" in handshake.address else handshake.address
    return f"{host}:{handshake.port}"


def _row(handshake: Handshake, widest: int, width: int) -> Line:
    if handshake.failure is not None:
        words = FAILURES.get(handshake.failure.reason, handshake.failure.reason.value)
        head = line(("✘ ", f"bold {BROKEN}"), fit(cut_middle(name(handshake), widest), widest), "  ")
        return line(head, (cut(words, width - head.cell_length), BROKEN))
    count = len(handshake.chain)
    words = f"{handshake.protocol or 'TLS'}  {count} certificate{'' if count == 1 else 's'}"
    took = f"{handshake.connect_ms + handshake.handshake_ms:.0f} ms"
    print_ = f"leaf {hashlib.sha256(handshake.chain[0]).hexdigest()[:12]}" if handshake.chain else ""
    row = line(
        ("✔ ", f"bold {GOOD}"),
        fit(cut_middle(name(handshake), widest), widest),
        "  ",
        fit(words, 24),
        (fit(took, 9), QUIET),
    )
    return line(row, (print_ if row.cell_length + len(print_) <= width else "", QUIET))
