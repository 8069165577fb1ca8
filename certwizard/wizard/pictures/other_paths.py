"""The other ways upwards that were found: where each parts from the one judged by, and its faults."""

from certwizard.diagnosis.result import Diagnosis, PathLink, TrustPath
from certwizard.domain.vocabulary import Severity
from certwizard.wizard.pictures.canvas import Line, cut, line, wrap
from certwizard.wizard.pictures.chain import ORIGINS, STORE_NAMES
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, QUIET

MOST = 4
"""More paths than these are only counted."""
INDENT = 2
NARROWEST = 40
TITLE = "Other paths that clients may take"


def draw_other_paths(diagnosis: Diagnosis, width: int) -> list[Line]:
    """Draw every path besides the one judged by, from the certificate where it parts from that one.

    Args:
        diagnosis: What was judged.
        width: Cells there are.
    """
    others = diagnosis.paths[1:]
    if not others or width < NARROWEST:
        return []
    judged = diagnosis.paths[0]
    rows = [line((TITLE, "bold"))]
    for path in others[:MOST]:
        rows += _path(path, judged, width)
    if len(others) > MOST:
        rows.append(line(" " * INDENT, (f"and {len(others) - MOST} more, in the raw values", QUIET)))
    return rows


def _path(path: TrustPath, judged: TrustPath, width: int) -> list[Line]:
    glyph, word, style = _standing(path)
    head = line((f"{glyph} {word:<6}  ", f"bold {style}"))
    shared = _shared(path.links, judged.links)
    steps = [_step(link) for link in path.links[max(shared - 1, 0) :]]
    lead = "… → " if shared > 1 else ""
    rows = wrap(lead + " → ".join(steps), width - head.cell_length)
    drawn = [line(head if n == 0 else " " * head.cell_length, row) for n, row in enumerate(rows)]
    if words := _against(path):
        drawn.append(line(" " * head.cell_length, (cut(words, width - head.cell_length), QUIET)))
    return drawn


def _standing(path: TrustPath) -> tuple[str, str, str]:
    if path.sound:
        return "✔", "good", GOOD
    if path.trusted:
        return "!", "faulty", ATTENTION
    return "✘", "broken", BROKEN


def _shared(links: tuple[PathLink, ...], judged: tuple[PathLink, ...]) -> int:
    """How many certificates from the leaf on are the same."""
    count = 0
    for link, other in zip(links, judged, strict=False):
        if link.certificate.sha256 != other.certificate.sha256:
            break
        count += 1
    return count


def _step(link: PathLink) -> str:
    where = ORIGINS[link.origin][0]
    if link.stores:
        where = "in " + ", ".join(STORE_NAMES.get(store, store) for store in link.stores)
    elif where == "store":
        where = "in a trust store"
    elif where == "missing":
        where = "not sent"
    return f"{link.certificate.subject.short} ({where})"


def _against(path: TrustPath) -> str:
    """What stands against a path, errors first."""
    ordered = sorted(path.problems, key=lambda problem: problem.severity is not Severity.ERROR)
    found = [
        f"{problem.cause.value} at {path.links[problem.position].certificate.subject.short}"
        for problem in ordered
        if problem.severity is not Severity.INFO and problem.position < len(path.links)
    ]
    if not found and not path.links[-1].stores and not path.trusted:
        found = ["ends before a root that is trusted"]
    return ", ".join(dict.fromkeys(found))
