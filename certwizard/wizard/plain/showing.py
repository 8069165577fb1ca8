"""What a command shows or gives beside the step: a lesson, raw values, a value to take along."""

from certwizard.domain.vocabulary import CheckId, Role
from certwizard.wizard.case import Case, verdict_text
from certwizard.wizard.findings import causes_at, causes_of, check_of
from certwizard.wizard.plain.giving import give
from certwizard.wizard.plain.lessons import read_lesson
from certwizard.wizard.plain.listing import Listed, number_of, pick
from certwizard.wizard.plain.pages import shown_facts
from certwizard.wizard.plain.reading import raw_lines, raw_titles
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.steps import WizardStep
from certwizard.wizard.teaching import lessons_on
from certwizard.wizard.visiting import owner_message


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
    read_lesson(talk, lessons[0], lessons[1:])


def show_raw(talk: Talk, case: Case, number: int | None) -> None:
    """Tell raw values.

    Args:
        talk: The dialogue.
        case: What was judged.
        number: Which, where it was given with the command.
    """
    titles = raw_titles(case)
    chosen = number_of(str(number), len(titles)) if number is not None else None
    if chosen is None:
        chosen = pick(talk, Listed("Raw values", titles))
    if chosen is not None:
        talk.say("", *raw_lines(case, chosen, talk.paper))


def give_fact(talk: Talk, case: Case, step: WizardStep, number: int | None) -> None:
    """Give the value of a line of a step.

    Args:
        talk: The dialogue.
        case: What was judged.
        step: The step that is told.
        number: Of the line; None for the first.
    """
    facts = shown_facts(case, step)
    chosen = (number or 1) - 1
    if not 0 <= chosen < len(facts):
        talk.tell(f"There are lines 1 to {len(facts)}; expected one of them, as in y 1")
        return
    give(talk, facts[chosen].seen, facts[chosen].label)


OWNER_TEXT = "the text for the people who run the site"


def give_verdict(talk: Talk, case: Case, role: Role) -> None:
    """Give the text for the owner where a visitor asks, else the verdict, its causes and what turns it green.

    Args:
        talk: The dialogue.
        case: What was judged.
        role: Who asks.
    """
    message = owner_message(case) if role is Role.VISITOR else None
    if message is not None:
        give(talk, message.text, OWNER_TEXT)
    else:
        give(talk, verdict_text(case), "the verdict")
