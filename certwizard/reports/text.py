"""The Diagnosis as text for people: the answer, the checks, the cause, who refuses, the fix."""

from collections.abc import Sequence
from dataclasses import replace

from certwizard.diagnosis.result import Cause, CheckResult, ClientAction, ClientOutcome, Diagnosis
from certwizard.domain.vocabulary import Severity, Status
from certwizard.domain.wording import moment
from certwizard.remedies.ahead import Ahead
from certwizard.remedies.model import Command, Remedy, Shell, Step
from certwizard.remedies.platforms import likely_platform, platforms_of, steps_for
from certwizard.remedies.ways import TITLES as WAYS
from certwizard.remedies.ways import likely_way, ways_of
from certwizard.reports import repairs
from certwizard.reports.client_groups import ClientGroup, grouped
from certwizard.reports.judged import fix_of
from certwizard.reports.lesson_text import body_lines, titled
from certwizard.reports.paper import Paper, Tone
from certwizard.reports.symbols import ACTION, SEVERITY, STATUS, VERDICT

LABEL = 14
CLIENT = 20


def render(
    diagnosis: Diagnosis,
    remedies: Sequence[Remedy],
    paper: Paper,
    *,
    lessons: Sequence[tuple[str, str]] = (),
    ahead: Sequence[Ahead] = (),
) -> str:
    """Return one diagnosis as lines of text.

    Args:
        diagnosis: What was judged.
        remedies: The remedies, the root cause's first.
        paper: What the output can show.
        lessons: Titles and texts of lessons to add (``--explain``).
        ahead: What is to come for the certificate, to add.
    """
    parts = [
        _title(diagnosis, paper),
        _checks(diagnosis, paper),
        *(_cause(cause, number == 0, paper) for number, cause in enumerate(diagnosis.causes)),
        _clients(diagnosis.clients, paper) if diagnosis.sent else [],
        repairs.lines(diagnosis.repairs, paper) if diagnosis.sent else [],
        _fix(diagnosis, remedies, paper),
        *(_lesson(title, text, paper) for title, text in lessons),
        _ahead(ahead, paper),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def one_line(diagnosis: Diagnosis, paper: Paper) -> str:
    """Return one diagnosis as a single line, for ``--quiet``."""
    root = diagnosis.root_cause
    cause = f" [{root.id.value}]" if root else ""
    mark = paper.mark(VERDICT[diagnosis.verdict])
    return f"{mark} {paper.plain(diagnosis.target.display_name)}: {paper.plain(diagnosis.headline)}{cause}"


def _title(diagnosis: Diagnosis, paper: Paper) -> list[str]:
    symbol = VERDICT[diagnosis.verdict]
    judged = f"judged as of {moment(diagnosis.judged_at)}"
    return [
        f"{paper.tone(paper.plain(diagnosis.target.display_name), Tone.STRONG)}   {paper.tone(judged, Tone.DIM)}",
        "",
        paper.mark(symbol, word=True),
        *paper.wrap(diagnosis.headline, "  "),
    ]


def _checks(diagnosis: Diagnosis, paper: Paper) -> list[str]:
    lines = []
    for result in diagnosis.checks if diagnosis.sent else _telling(diagnosis):
        symbol = STATUS[result.status]
        name = result.check.value.capitalize().ljust(LABEL)
        head = f"  {paper.mark(symbol)} {name} {paper.mark_word(symbol, 8)} "
        lines += paper.hang(head, LABEL + 14, result.headline)
    return lines


def _telling(diagnosis: Diagnosis) -> list[CheckResult]:
    """Return the checks that say more than the verdict does, where no certificate was received."""
    told = (Status.SKIPPED, Status.UNKNOWN)
    return [result for result in diagnosis.checks if result.status not in told]


def _cause(cause: Cause, first: bool, paper: Paper) -> list[str]:
    is_root = first and cause.severity is not Severity.INFO
    heading = "Root cause" if is_root else {"info": "Worth knowing"}.get(cause.severity.value, "Also")
    where = "" if cause.certificate is None else f"   certificate {cause.certificate}"
    lines = [
        f"{paper.tone(heading.ljust(LABEL), Tone.STRONG)} {paper.mark(SEVERITY[cause.severity])} "
        f"{cause.id.value}{paper.tone(where, Tone.DIM)}",
        *paper.wrap(cause.headline, "  "),
    ]
    if is_root or cause.severity is Severity.ERROR:
        lines += paper.wrap(cause.explanation, "  ")
    lines += paper.wrap(cause.seen, " " * (LABEL + 1), "  seen".ljust(LABEL + 1))
    lines += paper.wrap(cause.expected, " " * (LABEL + 1), "  expected".ljust(LABEL + 1))
    return lines


def _clients(clients: Sequence[ClientOutcome], paper: Paper) -> list[str]:
    if not clients:
        return []
    lines = [paper.tone("Who refuses", Tone.STRONG)]
    for group in grouped(clients):
        told = group.action in (ClientAction.REJECTS, ClientAction.WARNS)
        lines += _refusing(group, paper) if told else _others(group, paper)
    return lines


def _refusing(group: ClientGroup, paper: Paper) -> list[str]:
    """Return who refuses for one cause: a row for those who say the same."""
    cause = f": {group.cause.value}" if group.cause else ""
    lines = [f"  {paper.mark(ACTION[group.action], word=True)}{cause}"]
    for measured in (True, False):
        rows = [row for row in group.rows if row.measured is measured]
        if rows and not measured:
            lines.append(paper.tone("    documented, not measured:", Tone.DIM))
        for row in rows:
            head = f"    {row.titles(CLIENT).ljust(CLIENT)} "
            lines += paper.hang(head, CLIENT + 5, row.words, lines=2)
    return lines


def _others(group: ClientGroup, paper: Paper) -> list[str]:
    symbol = ACTION[group.action]
    lines = []
    for row in group.rows:
        titles = ", ".join(outcome.title for outcome in row.outcomes)
        basis = "" if row.measured else " (documented)"
        lead = f"  {symbol.mark(paper.unicode)} {symbol.word}{basis}: "
        note = f". {row.words}" if group.action is ClientAction.UNKNOWN and row.words else ""
        lines += paper.wrap(titles + note, "    ", lead)
    return lines


def _fix(diagnosis: Diagnosis, remedies: Sequence[Remedy], paper: Paper) -> list[str]:
    remedy = fix_of(diagnosis, remedies)
    if remedy is None:
        return []
    steps = steps_for(remedy, likely_platform(diagnosis.evidence), likely_way(diagnosis))
    lines = [paper.tone(f"Fix: {paper.plain(remedy.title)}", Tone.STRONG)]
    for number, step in enumerate(steps, 1):
        lines += _step(number, step, paper)
    shown = {step.platform for step in steps}
    others = [platform for platform in platforms_of((remedy,)) if platform not in shown]
    ways = {step.way for step in steps}
    others += [WAYS[way] for way in ways_of((remedy,)) if way not in ways]
    if others:
        lines += paper.wrap(
            f"The wizard and --format json have the steps for {', '.join(others)}, too.", "  "
        )
    return lines


def _step(number: int, step: Step, paper: Paper) -> list[str]:
    shell = Shell.POWERSHELL if step.platform == "windows" else Shell.POSIX
    notes = [step.platform] if step.platform != "any" else []
    notes += ["needs root"] if step.needs_root else []
    suffix = f" ({', '.join(notes)})" if notes else ""
    lines = paper.wrap(step.text + suffix, "     ", f"  {number}. ".ljust(5))
    lines += _command("     $ ", step.command, shell, paper)
    if step.snippet:
        lines += [f"       {paper.plain(line)}" for line in step.snippet.text.splitlines()]
    lines += _command("     prove  ", step.verify, shell, paper)
    if step.undo:
        lines += paper.wrap(step.undo, "            ", "     undo   ")
    return lines


def _command(lead: str, command: Command | None, shell: Shell, paper: Paper) -> list[str]:
    if command is None:
        return []
    from certwizard.remedies.quoting import render as render_command

    # One line each, however long: a wrapped command cannot be copied.
    return [lead + paper.tone(render_command(command, shell), Tone.HERE)]


def _lesson(title: str, text: str, paper: Paper) -> list[str]:
    inside = replace(paper, width=paper.width - 2)
    return [*titled(title, paper), *(f"  {line}".rstrip() for line in body_lines(text, inside))]


def _ahead(rows: Sequence[Ahead], paper: Paper) -> list[str]:
    if not rows:
        return []
    lines = [paper.tone("What comes for this certificate", Tone.STRONG)]
    for row in rows:
        lines += paper.wrap(row.text, " " * 14, f"  {row.since:%Y-%m-%d}  ")
    return lines
