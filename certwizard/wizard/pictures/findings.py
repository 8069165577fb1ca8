"""What each source says about revocation, one row a source."""

from certwizard.diagnosis.result import Diagnosis, RevocationFinding, RevocationStatus
from certwizard.domain.wording import moment
from certwizard.wizard.pictures.canvas import Line, cut, fit, line
from certwizard.wizard.styles import ATTENTION, BROKEN, GOOD, QUIET

MARKS: dict[RevocationStatus, tuple[str, str]] = {
    RevocationStatus.GOOD: ("✔", GOOD),
    RevocationStatus.REVOKED: ("✘", BROKEN),
    RevocationStatus.UNKNOWN: ("?", ATTENTION),
}


def draw_findings(diagnosis: Diagnosis, width: int) -> list[Line]:
    """Draw what each source says of each certificate.

    Args:
        diagnosis: What was judged.
        width: Cells there are.
    """
    return [_row(finding, diagnosis, width) for finding in diagnosis.revocation]


def _row(finding: RevocationFinding, diagnosis: Diagnosis, width: int) -> Line:
    glyph, style = MARKS[finding.status]
    head = line(
        (f"{glyph} ", f"bold {style}"),
        (fit(finding.source, 14), "bold"),
        (fit(_who(finding, diagnosis), 22), QUIET),
        (fit(finding.status.value, 9), style),
    )
    return line(head, (cut(_words(finding), width - head.cell_length), QUIET))


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
