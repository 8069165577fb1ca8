"""From observations to diagnoses to one report, for ``check`` and ``replay``."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.diagnosis.thresholds import Thresholds
from certwizard.domain.observation import Observation
from certwizard.domain.vocabulary import ExitCode, Role, Verdict
from certwizard.reports.judged import Judged, worst
from certwizard.reports.paper import Paper

if TYPE_CHECKING:
    from certwizard.remedies.ahead import Ahead

EXIT_CODES = {
    Verdict.ACCEPTED: ExitCode.ACCEPTED,
    Verdict.WARNED: ExitCode.WARNED,
    Verdict.REJECTED: ExitCode.REJECTED,
    Verdict.UNDETERMINED: ExitCode.UNDETERMINED,
}


def judge(observation: Observation, thresholds: Thresholds) -> Judged:
    """Return the diagnosis of an observation, with remedies.

    It is judged as saving it would keep it, so that no report carries what is not harmless, and
    ``replay`` says the same again.

    Args:
        observation: What was seen.
        thresholds: When a certificate ends soon.
    """
    from certwizard.domain.saved import made_safe

    safe = made_safe(observation)
    diagnosis = diagnose(safe, thresholds)
    if not diagnosis.causes:
        return Judged(diagnosis, ())
    from certwizard.remedies.catalogue import remedies_for

    ca_files = tuple(store.path for store in safe.stores if store.id == "ca-file")
    return Judged(diagnosis, remedies_for(diagnosis, Role.SERVER_OWNER, ca_files=ca_files))


def worst_exit_code(results: Sequence[Judged]) -> int:
    """Return the exit code of the worst verdict: rejected, undetermined, warned, accepted."""
    return EXIT_CODES[worst(tuple(results))]


def report(results: Sequence[Judged], namespace: argparse.Namespace, paper: Paper) -> str:
    """Return the report in the format that was asked for.

    Args:
        results: What was judged, in the order of the targets.
        namespace: The parsed arguments (format, quiet, explain, output).
        paper: What standard output can show.
    """
    paper = paper if namespace.output in (None, "-") else Paper()
    match namespace.format:
        case "json" | "jsonl":
            return _json(results, lines=namespace.format == "jsonl", ascii_only=not paper.unicode)
        case "text":
            return _text(results, namespace, paper)
        case _:
            return paper.plain(_document(tuple(results), namespace))


def _document(results: tuple[Judged, ...], namespace: argparse.Namespace) -> str:
    """Return a report for another program; each is imported only when it is wanted."""
    match namespace.format:
        case "nagios":
            from certwizard.diagnosis.thresholds import thresholds_of
            from certwizard.reports import nagios

            return nagios.render(results, thresholds_of(namespace.warning, namespace.critical))
        case "prometheus":
            from certwizard.reports.prometheus import render
        case "junit":
            from certwizard.reports.junit import render
        case "markdown":
            from certwizard.reports.markdown import render
        case _:
            from certwizard.reports.html import render
    return render(results)


def _json(results: Sequence[Judged], *, lines: bool, ascii_only: bool) -> str:
    import json

    from certwizard.reports import json_report

    values = [json_report.as_dict(result.diagnosis, result.remedies) for result in results]
    if lines:
        return "".join(json.dumps(value, ensure_ascii=ascii_only) + "\n" for value in values)
    return json.dumps(values[0] if len(values) == 1 else values, indent=2, ensure_ascii=ascii_only) + "\n"


def _text(results: Sequence[Judged], namespace: argparse.Namespace, paper: Paper) -> str:
    from certwizard.reports import text

    if namespace.quiet:
        odd = [r.diagnosis for r in results if r.diagnosis.verdict is not Verdict.ACCEPTED]
        return "".join(text.one_line(diagnosis, paper) + "\n" for diagnosis in odd)
    parts = [
        text.render(
            r.diagnosis,
            r.remedies,
            paper,
            lessons=_lessons(r.diagnosis) if namespace.explain else (),
            ahead=_ahead(r.diagnosis) if namespace.explain else (),
        )
        for r in results
    ]
    return ("\n" + "─" * 40 + "\n\n" if paper.unicode else "\n" + "-" * 40 + "\n\n").join(parts)


def _lessons(diagnosis: Diagnosis) -> tuple[tuple[str, str], ...]:
    from certwizard.knowledge.lessons import LessonKind, find_lesson

    ids = dict.fromkeys(cause.id.value for cause in diagnosis.causes)
    found = (find_lesson(LessonKind.CAUSE, cause) for cause in ids)
    return tuple((lesson.title, f"{lesson.summary}\n\n{lesson.body_markdown}") for lesson in found if lesson)


def _ahead(diagnosis: Diagnosis) -> "tuple[Ahead, ...]":
    from certwizard.remedies.ahead import ahead_of

    return ahead_of(diagnosis)
