"""The Diagnosis as JUnit XML: a suite a target, a test case a check, for CI systems."""

from xml.etree import ElementTree

from certwizard.diagnosis.result import Cause, CheckResult
from certwizard.domain.vocabulary import Severity, Status
from certwizard.reports.json_report import rfc3339
from certwizard.reports.judged import Judged


def render(results: tuple[Judged, ...]) -> str:
    """Return all targets as one XML document.

    Args:
        results: What was judged.
    """
    root = ElementTree.Element("testsuites", name="certwizard")
    for result in results:
        _suite(root, result)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, result: Judged) -> None:
    checks = result.diagnosis.checks
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=result.name,
        tests=str(len(checks)),
        failures=str(_count(checks, Status.FAIL)),
        errors=str(_count(checks, Status.UNKNOWN)),
        skipped=str(_count(checks, Status.SKIPPED)),
        timestamp=(rfc3339(result.diagnosis.judged_at) or "").rstrip("Z"),
    )
    properties = ElementTree.SubElement(suite, "properties")
    root_cause = result.diagnosis.root_cause
    for name, value in (
        ("verdict", result.diagnosis.verdict.value),
        ("root_cause", root_cause.id.value if root_cause else ""),
    ):
        ElementTree.SubElement(properties, "property", name=name, value=value)
    for check in checks:
        _case(suite, result, check)


def _count(checks: tuple[CheckResult, ...], status: Status) -> int:
    return sum(check.status is status for check in checks)


def _case(suite: ElementTree.Element, result: Judged, check: CheckResult) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname=f"certwizard.{result.name}", name=check.check.value
    )
    causes = [cause for cause in result.diagnosis.causes if cause.id in check.causes]
    if check.status is Status.FAIL:
        kind = next((cause.id.value for cause in causes if cause.severity is Severity.ERROR), "fail")
        failure = ElementTree.SubElement(case, "failure", message=check.headline, type=kind)
        failure.text = "\n\n".join(_told(cause) for cause in causes)
    elif check.status is Status.UNKNOWN:
        ElementTree.SubElement(case, "error", message=check.headline, type="unknown")
    elif check.status is Status.SKIPPED:
        ElementTree.SubElement(case, "skipped", message=check.headline)
    elif check.status is Status.WARN:
        ElementTree.SubElement(case, "system-out").text = "\n\n".join(_told(cause) for cause in causes)


def _told(cause: Cause) -> str:
    return (
        f"{cause.id.value} ({cause.severity.value}): {cause.headline}\n{cause.explanation}\n"
        f"seen: {cause.seen}\nexpected: {cause.expected}"
    )
