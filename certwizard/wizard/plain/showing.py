"""What a command shows beside the step: a lesson, raw values, a certificate taken apart."""

from collections.abc import Sequence

from certwizard.domain.vocabulary import CheckId
from certwizard.wizard.case import Case
from certwizard.wizard.findings import causes_at, causes_of, check_of
from certwizard.wizard.plain.pages import shown_facts
from certwizard.wizard.plain.reading import lesson_lines, raw_lines, raw_titles, viewed_lines
from certwizard.wizard.plain.start import ask_number
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.steps import WizardStep
from certwizard.wizard.teaching import lessons_on
from certwizard.wizard.viewing import viewed_certificates


def show_lesson(talk: Talk, case: Case, step: WizardStep, number: int | None) -> None:
    """Tell the lessons on a line of a step; after the verdict, on its causes.

    Args:
        talk: The dialogue.
        case: What was judged.
        step: The step that is told.
        number: Of the line; None for the first.
    """
    diagnosis = case.diagnosis
    wanted = max((number or 1) - 1, 0)
    if step.check is not None:
        facts = shown_facts(case, step)
        fact = facts[min(wanted, len(facts) - 1)] if facts else None
        causes = causes_at(causes_of(diagnosis, diagnosis.check(step.check)), fact)
        lessons = lessons_on(causes, fact, step.check)
    else:
        named = diagnosis.causes[wanted : wanted + 1]
        check = check_of(diagnosis, named[0]) if named else CheckId.CONNECTION
        lessons = lessons_on(named, None, check)
    if not lessons:
        talk.tell("There is no lesson on this yet.")
        return
    talk.say("", *lesson_lines(lessons[0], talk.paper))
    if len(lessons) > 1:
        talk.say("")
        talk.tell("There is more to read here:")
        other = _chosen(talk, "Lesson", [lesson.title for lesson in lessons[1:]], None)
        if other is not None:
            talk.say("", *lesson_lines(lessons[1:][other], talk.paper))


def show_raw(talk: Talk, case: Case, number: int | None) -> None:
    """Tell raw values.

    Args:
        talk: The dialogue.
        case: What was judged.
        number: Which, where it was given with the command.
    """
    chosen = _chosen(talk, "Raw values", raw_titles(case), number)
    if chosen is not None:
        talk.say("", *raw_lines(case, chosen, talk.paper))


def show_certificate(talk: Talk, case: Case, number: int | None) -> None:
    """Tell every field of a certificate.

    Args:
        talk: The dialogue.
        case: What was judged.
        number: Which, where it was given with the command.
    """
    certificates = viewed_certificates(case.diagnosis)
    if not certificates:
        talk.tell("No certificate was received.")
        return
    names = [f"{each.title}, {each.certificate.subject.short}" for each in certificates]
    chosen = _chosen(talk, "Certificate", names, number)
    if chosen is not None:
        talk.say("", *viewed_lines(certificates[chosen], case))


def _chosen(talk: Talk, what: str, names: Sequence[str], number: int | None) -> int | None:
    """Return which one is wanted; the only one without asking."""
    if number is not None and 0 < number <= len(names):
        return number - 1
    if len(names) == 1:
        return 0
    for place, name in enumerate(names, 1):
        talk.tell(f"{place}: {name}", "   ", "")
    return ask_number(talk, f"{what}, by number; empty goes back:", len(names))
