"""The Diagnosis for Nagios, Icinga and their kin: one status line, then details, with performance data.

Its form is that of the Monitoring Plugins' guidelines; the exit codes of ``check`` are theirs already.
"""

from certwizard.diagnosis.thresholds import Limit, Thresholds
from certwizard.domain.vocabulary import Severity, Verdict
from certwizard.reports.judged import WORST_FIRST, Judged, worst

_STATES = {
    Verdict.ACCEPTED: "OK",
    Verdict.WARNED: "WARNING",
    Verdict.REJECTED: "CRITICAL",
    Verdict.UNDETERMINED: "UNKNOWN",
}
_DAY = 86400


def render(results: tuple[Judged, ...], thresholds: Thresholds) -> str:
    """Return the status of all targets.

    Args:
        results: What was judged.
        thresholds: The limits, for the performance data.
    """
    state = _STATES[worst(results)]
    if len(results) == 1:
        lines = [f"CERTWIZARD {state} - {_told(results[0])}", *_details(results[0])]
    else:
        counts = [
            f"{sum(each.diagnosis.verdict is verdict for each in results)} {verdict.value}"
            for verdict in WORST_FIRST
        ]
        lines = [f"CERTWIZARD {state} - {len(results)} targets: {', '.join(counts)}"]
        lines += [f"[{_STATES[each.diagnosis.verdict]}] {_told(each)}" for each in _worst_first(results)]
    data = " ".join(entry for each in results for entry in _data(each, thresholds, len(results) > 1))
    lines[0] = f"{lines[0]} | {data}" if data else lines[0]
    return "\n".join(lines) + "\n"


def _worst_first(results: tuple[Judged, ...]) -> list[Judged]:
    return sorted(results, key=lambda each: WORST_FIRST.index(each.diagnosis.verdict))


def _told(result: Judged) -> str:
    root = result.diagnosis.root_cause
    cause = f" [{root.id.value}]" if root else ""
    return _plain(f"{result.name}: {result.diagnosis.headline}{cause}")


def _details(result: Judged) -> list[str]:
    others = [cause for cause in result.diagnosis.causes[1:] if cause.severity is not Severity.INFO]
    return [_plain(f"also {cause.id.value}: {cause.headline}") for cause in others]


def _plain(text: str) -> str:
    # A bar begins the performance data, wherever it stands.
    return text.replace("|", "¦")


def _data(result: Judged, thresholds: Thresholds, several: bool) -> list[str]:
    """Return the days left; limits are ranges, since fewer is worse (``13:`` warns below 13)."""
    left = result.left
    if left is None:
        return []
    lifetime = result.diagnosis.sent[0].certificate.lifetime
    limits = [
        f"{limit.span(lifetime).total_seconds() / _DAY:.1f}:" if limit and lifetime else ""
        for limit in (thresholds.warning, thresholds.critical or Limit(0, percent=False))
    ]
    label = f"'{_label(result.name)} days_left'" if several else "days_left"
    return [f"{label}={left.total_seconds() / _DAY:.1f};{';'.join(limits)}"]


def _label(name: str) -> str:
    # Neither an apostrophe nor an equals sign may stand in a label.
    return _plain(name).replace("'", "").replace("=", "")
