"""How long each phase of the look took: a fast probe is over before its phases can be read."""

from collections.abc import Iterator, Sequence

from certwizard.domain.observation import Fetch, FetchPurpose, Observation
from certwizard.domain.progress import Phase
from certwizard.wizard.phase_words import TITLES
from certwizard.wizard.pictures.canvas import Line, line, packed
from certwizard.wizard.styles import QUIET

LONGEST_LINE = 76
LEAST = 0.5
"""Milliseconds from which the answer for a name is worth telling; an address needs none."""


def draw_took(observation: Observation, width: int) -> list[Line]:
    """Draw the phases that took time, in their order, and the time of the whole look.

    Args:
        observation: What was seen.
        width: Cells there are.
    """
    phases = [line((f"{title} ", QUIET), _time(ms)) for title, ms in _phases(observation)]
    if not phases:
        return []
    whole = [line(("in all ", QUIET), _time(observation.total_ms))] if observation.total_ms else []
    named = [*phases, *whole]
    parts = [line(each, (" ·", QUIET) if number < len(named) else "") for number, each in enumerate(named, 1)]
    return packed(parts, min(width, LONGEST_LINE))


def _phases(observation: Observation) -> Iterator[tuple[str, float]]:
    resolution, first = observation.resolution, next(iter(observation.handshakes), None)
    if resolution is not None and resolution.ms >= LEAST:
        yield TITLES[Phase.RESOLVE], resolution.ms
    if first is not None:
        yield TITLES[Phase.CONNECT], first.connect_ms
        if first.handshake_ms:
            yield TITLES[Phase.HANDSHAKE], first.handshake_ms
    links = sum(_of(observation.fetches, FetchPurpose.AIA))  # one after the other, upwards
    asked = max(_of(observation.fetches, FetchPurpose.OCSP, FetchPurpose.CRL), default=0.0)  # all at once
    for phase, took in ((Phase.CHAIN, links), (Phase.REVOCATION, asked)):
        if took:
            yield TITLES[phase], took


def _of(fetches: Sequence[Fetch], *purposes: FetchPurpose) -> list[float]:
    return [each.ms for each in fetches if each.purpose in purposes]


def _time(ms: float) -> str:
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"
