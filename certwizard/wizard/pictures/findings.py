"""What each source says about revocation, one row a source."""

from rich.cells import cell_len

from certwizard.diagnosis.result import Diagnosis, RevocationFinding, RevocationStatus
from certwizard.domain.wording import moment
from certwizard.wizard.pictures.canvas import Line, columns, fit, line, wrap
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, QUIET

GAP = 2
LONGEST_NAME = 28
STATUS_WIDTH = max(len(status.value) for status in RevocationStatus)

MARKS: dict[RevocationStatus, tuple[str, str]] = {
    RevocationStatus.GOOD: ("✔", GOOD),
    RevocationStatus.REVOKED: ("✘", BROKEN),
    RevocationStatus.UNKNOWN: ("?", ATTENTION),
}


def draw_findings(diagnosis: Diagnosis, width: int) -> list[Line]:
    """Draw what each source says of each certificate; what has no room beside it stands below.

    Args:
        diagnosis: What was judged.
        width: Cells there are.
    """
    who = {_who(finding, diagnosis) for finding in diagnosis.revocation}
    source = max((cell_len(finding.source) for finding in diagnosis.revocation), default=0)
    widths = (source, min(max(map(cell_len, who), default=0), LONGEST_NAME))
    return [row for finding in diagnosis.revocation for row in _rows(finding, diagnosis, widths, width)]


def _rows(
    finding: RevocationFinding, diagnosis: Diagnosis, widths: tuple[int, int], width: int
) -> list[Line]:
    source, room = widths
    glyph, style = MARKS[finding.status]
    head = line((f"{glyph} ", f"bold {style}"), (fit(finding.source, source), "bold"))
    name = wrap(_who(finding, diagnosis), room, QUIET)
    indent = source + 2 + GAP + room + GAP + STATUS_WIDTH + GAP
    words = _words(finding)
    beside = wrap(words, width - indent, QUIET) if cell_len(words) <= width - indent else []
    status = [line((finding.status.value, style))]
    cells = [([head], source + 2), (name, room), (status, STATUS_WIDTH), (beside, width - indent)]
    below = [] if beside else wrap(words, width - source - 2 - GAP, QUIET)
    return [*columns(cells, gap=GAP), *(line(" " * (source + 2 + GAP), row) for row in below)]


def _who(finding: RevocationFinding, diagnosis: Diagnosis) -> str:
    links = [link for link in diagnosis.path if link.certificate.sha256 == finding.certificate]
    if links:
        return links[0].certificate.subject.short
    return (
        "leaf" if finding.index == 0 else f"certificate {finding.index}" if finding.index is not None else ""
    )


def _words(finding: RevocationFinding) -> str:
    if finding.status is RevocationStatus.REVOKED:
        since = f"since {moment(finding.revoked_at)}" if finding.revoked_at else ""
        return ", ".join(part for part in (since, finding.reason) if part)
    if finding.status is RevocationStatus.UNKNOWN:
        return finding.reason
    return f"fresh until {moment(finding.next_update)}" if finding.next_update else ""
