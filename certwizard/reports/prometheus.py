"""The Diagnosis as metrics in Prometheus' text format, for the textfile collector or a scrape.

Every metric is there whatever the verdict, so that an alert never goes silent because a check failed.
"""

from collections.abc import Callable, Iterator

from certwizard.domain.vocabulary import Severity, Status, Verdict
from certwizard.reports.judged import Judged

Sample = tuple[dict[str, str], float]

_EXIT_CODES = {Verdict.ACCEPTED: 0, Verdict.WARNED: 1, Verdict.REJECTED: 2, Verdict.UNDETERMINED: 3}


def render(results: tuple[Judged, ...]) -> str:
    """Return the metrics of all targets.

    Args:
        results: What was judged.
    """
    lines: list[str] = []
    for name, words, samples in _METRICS:
        rows = [f"{name}{_labels(labels)} {value:g}" if value < 1e6 else f"{name}{_labels(labels)} {value:.0f}"
                for each in results for labels, value in samples(each)]  # fmt: skip
        lines += [f"# HELP {name} {words}", f"# TYPE {name} gauge", *dict.fromkeys(rows)]
    return "\n".join(lines) + "\n"


def _labels(labels: dict[str, str]) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _exit_code(result: Judged) -> Iterator[Sample]:
    yield {"target": result.name}, _EXIT_CODES[result.diagnosis.verdict]


def _verdict(result: Judged) -> Iterator[Sample]:
    for verdict in Verdict:
        labels = {"target": result.name, "verdict": verdict.value}
        yield labels, float(result.diagnosis.verdict is verdict)


def _checks(result: Judged) -> Iterator[Sample]:
    for check in result.diagnosis.checks:
        for status in Status:
            labels = {"target": result.name, "check": check.check.value, "status": status.value}
            yield labels, float(check.status is status)


def _causes(result: Judged) -> Iterator[Sample]:
    root = result.diagnosis.root_cause
    for cause in result.diagnosis.causes:
        if cause.severity is not Severity.INFO:
            labels = {"target": result.name, "cause": cause.id.value, "severity": cause.severity.value}
            yield {**labels, "root": "true" if root and cause.id is root.id else "false"}, 1


def _first_end(result: Judged) -> Iterator[Sample]:
    if result.first_end is not None:
        yield {"target": result.name}, result.first_end.timestamp()


def _ends(result: Judged) -> Iterator[Sample]:
    for sent in result.diagnosis.sent:
        certificate = sent.certificate
        if certificate.not_after is not None:
            labels = {
                "target": result.name,
                "index": str(sent.index),
                "role": sent.role.value,
                "subject": certificate.subject.short,
                "issuer": certificate.issuer.short,
                "serial": "" if certificate.serial is None else f"{certificate.serial:x}",
            }
            yield labels, certificate.not_after.timestamp()


def _share_left(result: Judged) -> Iterator[Sample]:
    if result.share_left is not None:
        yield {"target": result.name}, round(result.share_left, 4)


def _judged_at(result: Judged) -> Iterator[Sample]:
    yield {"target": result.name}, result.diagnosis.judged_at.timestamp()


_METRICS: tuple[tuple[str, str, Callable[[Judged], Iterator[Sample]]], ...] = (
    ("certwizard_exit_code", "0 accepted, 1 warned, 2 rejected, 3 could not be found out.", _exit_code),
    ("certwizard_verdict", "1 for the verdict that holds.", _verdict),
    ("certwizard_check_status", "1 for the status that a check has.", _checks),
    ("certwizard_cause", "1 for each cause that was found.", _causes),
    (
        "certwizard_first_end_timestamp_seconds",
        "End of the first certificate of the path to end.",
        _first_end,
    ),
    ("certwizard_certificate_end_timestamp_seconds", "End of each certificate as sent.", _ends),
    ("certwizard_lifetime_left_ratio", "Share of the leaf's lifetime that is left.", _share_left),
    ("certwizard_judged_timestamp_seconds", "When it was judged.", _judged_at),
)
