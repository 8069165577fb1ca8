"""The steps of the walk as lines; words carry every meaning, no sign stands alone."""

from collections.abc import Iterator

from certwizard.diagnosis.result import Cause, CheckResult, ClientAction, Fact
from certwizard.domain.vocabulary import Role, Status
from certwizard.knowledge.safety import QUESTION
from certwizard.reports import repairs
from certwizard.reports.client_groups import sides
from certwizard.reports.paper import Paper
from certwizard.reports.symbols import ACTION, STATUS, VERDICT
from certwizard.wizard.advising import advice_for
from certwizard.wizard.case import Case
from certwizard.wizard.changes import REPLACED, SINCE, UNCHANGED, Changes, outcome_words
from certwizard.wizard.confirming import Confirmation
from certwizard.wizard.findings import (
    UNWELL,
    causes_of,
    check_of,
    facts_of,
    failing_first,
    note_title,
    place_of,
    standing_words,
)
from certwizard.wizard.steps import CHECK_STEPS, WizardStep, find_step
from certwizard.wizard.visiting import WAY_WORDS, browser_pages, danger, owner_message

WHO = "What they say"


def standing_lines(case: Case, paper: Paper) -> Iterator[str]:
    """Yield how a case stands: the number of problems, and the answer of each check.

    Args:
        case: What was judged.
        paper: What the output can show.
    """
    yield from paper.wrap(f"{case.title or case.target.display_name}: {standing_words(case.diagnosis)}.")
    answers = (
        f"{step.key} {step.title} {STATUS[case.diagnosis.check(step.check).status].word}"
        for step in CHECK_STEPS
        if step.check is not None
    )
    yield from paper.wrap(f"Steps: {', '.join(answers)}.")


def title_lines(step: WizardStep, paper: Paper) -> Iterator[str]:
    """Yield the name of a step and its question.

    Args:
        step: The step.
        paper: What the output can show.
    """
    place = f" {step.key} of {len(CHECK_STEPS)}" if step.check is not None else ""
    yield from paper.wrap(f"Step{place}, {step.title}: {step.question}")


def check_lines(case: Case, step: WizardStep, paper: Paper) -> Iterator[str]:
    """Yield a diagnostic step: its answer, the facts with the failing ones first, and why.

    Args:
        case: What was judged.
        step: A step with a check.
        paper: What the output can show.
    """
    assert step.check is not None  # noqa: S101 - only steps with a check come here
    result = case.diagnosis.check(step.check)
    yield from paper.wrap(f"{STATUS[result.status].word}: {result.headline}")
    if case.confirmation is not None and case.confirmation.step == step:
        yield from _confirmation(case.confirmation, paper)
    facts = shown_facts(case, step)
    if facts:
        yield ""
    for number, fact in enumerate(facts, 1):
        yield from _fact(number, fact, paper)
    for cause in causes_of(case.diagnosis, result):
        yield from _why(cause, result, paper)


def shown_facts(case: Case, step: WizardStep) -> tuple[Fact, ...]:
    """Return the facts of a step in the order they are numbered; none for a step without a check.

    Args:
        case: What was judged.
        step: A step of the wizard.
    """
    return failing_first(facts_of(case.diagnosis, step.check)) if step.check is not None else ()


def _fact(number: int, fact: Fact, paper: Paper) -> Iterator[str]:
    yield from paper.wrap(f"{fact.label}: {fact.seen}", "   ", f"{number}. {STATUS[fact.status].word}: ")
    if fact.expected and fact.status in (*UNWELL, Status.UNKNOWN):
        yield from paper.wrap(f"expected: {fact.expected}", "   ")


def _why(cause: Cause, result: CheckResult, paper: Paper) -> Iterator[str]:
    yield ""
    yield from paper.wrap(f"{note_title(cause, result).rstrip('.:')}:")
    yield from paper.wrap(cause.explanation, "   ")


def _confirmation(confirmation: Confirmation, paper: Paper) -> Iterator[str]:
    yield ""
    yield from paper.wrap(f"{confirmation.title}. {confirmation.text}".strip())


def verdict_lines(case: Case, paper: Paper) -> Iterator[str]:
    """Yield the verdict: the sentence, what changed, the causes and who notices, what turns it green, their words.

    Args:
        case: What was judged.
        paper: What the output can show.
    """
    diagnosis = case.diagnosis
    yield from paper.wrap(f"{VERDICT[diagnosis.verdict].word}: {diagnosis.headline}")
    if case.confirmation is not None:
        yield from _confirmation(case.confirmation, paper)
    if case.changes is not None:
        yield from change_lines(case.changes, paper)
    for number, cause in enumerate(diagnosis.causes, 1):
        yield from _cause(number, case, cause, paper)
        if number == 1:
            yield from _sides(case, paper)
    if not diagnosis.causes:
        yield from _sides(case, paper)
    yield from repair_lines(case, paper)
    if root := diagnosis.root_cause:
        yield ""
        yield from paper.wrap(f"Why: {root.explanation}")
    if case.safety:
        yield ""
        yield from paper.wrap(f"{QUESTION} {case.safety}")


def repair_lines(case: Case, paper: Paper) -> Iterator[str]:
    """Yield what makes every client accept, each set of changes in a sentence.

    Args:
        case: What was judged.
        paper: What the output can show.
    """
    repaired = case.diagnosis.repairs
    for number, (title, changes, outcome) in enumerate(repairs.blocks_of(repaired)):
        if not number:
            yield ""
        words = ", and ".join(change.text for change in changes)
        head = title.capitalize() if title == repairs.OR else title
        yield from paper.wrap(f"{head}: {words}{f'; {outcome}' if outcome else ''}.")
    if repaired.note:
        yield from paper.wrap(repaired.note)


def visit_lines(case: Case, paper: Paper) -> Iterator[str]:
    """Yield a visitor's side: what is at risk, what never to do, and what each browser shows.

    Args:
        case: What was judged.
        paper: What the output can show.
    """
    found = danger(case.diagnosis)
    if found is None:
        return
    yield ""
    yield from paper.wrap(f"At risk: {found.risk}")
    yield from paper.wrap(f"Never: {found.never}")
    for page in browser_pages(case.diagnosis):
        words = (page.title, page.code, WAY_WORDS[page.way], page.says if not page.title else "")
        yield from paper.wrap(f"{page.name}: {', '.join(filter(None, words))}", "   ", "")
    if owner_message(case) is not None:
        yield from paper.wrap("The step Fix has a text to send to the people who run the site.")


def advice_lines(case: Case, role: Role, paper: Paper) -> Iterator[str]:
    """Yield what the owner or the developer has to know until it is repaired.

    Args:
        case: What was judged.
        role: Who asks.
        paper: What the output can show.
    """
    for each in advice_for(case.diagnosis, role):
        yield ""
        yield from paper.wrap(f"{each.title}: {each.text}")


def _cause(number: int, case: Case, cause: Cause, paper: Paper) -> Iterator[str]:
    step = find_step(check_of(case.diagnosis, cause).value)
    yield ""
    yield from paper.wrap(
        f"{place_of(case.diagnosis, cause)} ({cause.severity.value}): {cause.headline}", "   ", f"{number}. "
    )
    yield from paper.wrap(f"{cause.id.value}, step {step.key} {step.title}", "   ")


def _sides(case: Case, paper: Paper) -> Iterator[str]:
    """Yield who refuses and who accepts, by name alone; with which words stands at the end."""
    found = sides(case.diagnosis.clients)
    if found:
        yield ""
    for side in found:
        documented = f"documented: {', '.join(side.documented)}" if side.documented else ""
        names = "; ".join(part for part in (", ".join(side.measured), documented) if part)
        yield from paper.wrap(f"{side.title}: {names}", "   ")


def client_lines(case: Case, paper: Paper) -> Iterator[str]:
    """Yield what each client does with it; long, so nothing that matters comes behind it.

    Args:
        case: What was judged.
        paper: What the output can show.
    """
    clients = case.diagnosis.clients
    if not clients:
        return
    yield ""
    yield f"{WHO}:"
    for action in (ClientAction.REJECTS, ClientAction.WARNS, ClientAction.UNKNOWN, ClientAction.ACCEPTS):
        group = [each for each in clients if each.action is action]
        word = ACTION[action].word
        if action in (ClientAction.REJECTS, ClientAction.WARNS):
            for each in group:
                yield from paper.wrap(f"{each.title} {word}: {each.message}".rstrip(": "), "   ")
        elif group:
            yield from paper.wrap(f"{word}: {', '.join(each.title for each in group)}", "   ")


def change_lines(changes: Changes, paper: Paper) -> Iterator[str]:
    """Yield what a second look found different.

    Args:
        changes: Against the look before.
        paper: What the output can show.
    """
    yield ""
    yield f"{SINCE}:"
    if changes.nothing:
        yield f"   {UNCHANGED}"
        return
    yield from paper.wrap(outcome_words(changes), "   ")
    if changes.replaced:
        yield from paper.wrap(f"{REPLACED}: {changes.replaced}; = compares the two", "   ")
    for word, causes in changes.groups():
        for cause in causes:
            yield from paper.wrap(f"{word}: {cause.headline}", "   ")
