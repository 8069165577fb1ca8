"""The start line by line: a target, a practice scenario, or a message that some client printed."""

from collections.abc import Sequence
from dataclasses import replace

from certwizard.domain.errors import TargetError
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import Role
from certwizard.explain.undressing import LONGEST
from certwizard.lab.scenario import Scenario
from certwizard.wizard.asking import EXAMPLES, PRACTICE_QUESTION, PRACTICE_WORDS, QUESTION, understand
from certwizard.wizard.explaining import describe
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.practice import Practice
from certwizard.wizard.roles import ROLES
from certwizard.wizard.scenario_search import fitting
from certwizard.wizard.subject import Subject, subject_of

HELP = (
    "l: the practice scenarios. e: explain an error message of several lines. o: say who you are. q: quit. "
    "Anything else is read as a target, or as an error message that some client printed. "
    "A host with a name of one letter is written with its port, as in q:443."
)
_FEW = 9


def ask_subject(talk: Talk, practice: Practice, role: Role) -> Subject | Role | None:
    """Return what to look at; another role where that was chosen; None where the user leaves.

    Args:
        talk: The dialogue.
        practice: The practice scenarios.
        role: Who asks.

    Raises:
        InputEnded: Where nobody answers.
    """
    talk.say("")
    talk.tell(QUESTION)
    talk.tell(EXAMPLES.replace(" · ", ", "))
    talk.tell("Or an error message. l: practice, o: who you are, ?: help, q: quit.")
    while True:
        answer = talk.ask("Target:")
        match answer.lower():
            case "" | "?" | "help" | "h":
                talk.tell(HELP)
            case "q" | "quit":
                return None
            case "o" | "role":
                return ask_role(talk, role)
            case "l" | "practice":
                if (scenario := ask_scenario(talk, practice)) is not None:
                    return practice.subject(scenario.id)
            case "e" | "explain":
                if (subject := explain_message(talk, _several_lines(talk), practice)) is not None:
                    return subject
            case _:
                if (subject := _understood(talk, answer, practice)) is not None:
                    return subject


def _understood(talk: Talk, answer: str, practice: Practice) -> Subject | None:
    """Return the target that was named, else explain the answer as a message."""
    try:
        target = understand(answer)
    except TargetError as error:
        if " " in answer and (subject := explain_message(talk, answer, practice)) is not None:
            return subject
        if " " not in answer:
            talk.tell(f"{error.understood}; expected {error.expected}")
        return None
    talk.tell(f"Looking at {describe(target)}.")
    return subject_of(target, practice.options)


def _several_lines(talk: Talk) -> str:
    talk.tell("Paste the message; a line with a single dot ends it.")
    lines: list[str] = []
    while sum(map(len, lines)) < LONGEST:
        line = talk.ask_raw(">")
        if line.strip() == ".":
            break
        lines.append(line)
    return "\n".join(lines)


def explain_message(talk: Talk, text: str, practice: Practice) -> Subject | None:
    """Say what a client's message stands for; return the server it names, where the user wants it looked at.

    Args:
        talk: The dialogue.
        text: The message.
        practice: Knows the options to look with.
    """
    from certwizard.explain.engine import explain
    from certwizard.reports.explanation_text import render

    explanation = explain(text)
    talk.say("", *render(explanation, talk.paper).splitlines())
    target = explanation.target or _server_meant(talk)
    if target is None:
        return None
    if target == explanation.target:
        answer = talk.ask(f"Look at {target.display_name} now? y or n:")
        if answer.lower() not in ("y", "yes"):
            return None
    return replace(subject_of(target, practice.options), message=explanation)


def _server_meant(talk: Talk) -> Target | None:
    """Return the server that a message leaves unnamed; None where the user names none."""
    answer = talk.ask("Which server was it? Its name and port; empty goes back:")
    if answer.lower() in ("", "b", "n", "no", "q", "quit"):
        return None
    try:
        return understand(answer)
    except TargetError as error:
        talk.tell(f"{error.understood}; expected {error.expected}")
        return None


def ask_role(talk: Talk, role: Role) -> Role:
    """Return who asks.

    Args:
        talk: The dialogue.
        role: Who asked until now.
    """
    for number, words in enumerate(ROLES, 1):
        talk.tell(f"{number}: {words.title}{', as now' if words.role is role else ''}.")
    chosen = ask_number(talk, "I am, by number:", len(ROLES))
    return role if chosen is None else ROLES[chosen].role


def ask_number(talk: Talk, prompt: str, count: int) -> int | None:
    """Return a number from 0 that was chosen; None where the answer is no number of the list.

    Args:
        talk: The dialogue.
        prompt: The question.
        count: How many there are.
    """
    answer = talk.ask(prompt)
    if answer.isascii() and answer.isdigit() and 0 < int(answer[:9]) <= count:
        return int(answer) - 1
    if answer:
        talk.tell(f"{answer} was understood; expected a number from 1 to {count}")
    return None


def ask_scenario(talk: Talk, practice: Practice) -> Scenario | None:
    """Return a practice scenario; None where the user changed his mind.

    Args:
        talk: The dialogue.
        practice: The scenarios.

    Raises:
        InputEnded: Where nobody answers.
    """
    scenarios = practice.scenarios()
    talk.say("")
    talk.tell(PRACTICE_QUESTION)
    talk.tell(PRACTICE_WORDS)
    _list(talk, scenarios)
    while True:
        answer = talk.ask("Scenario, by number, name or a part of it; empty goes back:").lower()
        if not answer or answer in ("b", "q"):
            return None
        if answer.isascii() and answer.isdigit() and 0 < int(answer[:9]) <= len(scenarios):
            return scenarios[int(answer) - 1]
        found = fitting(scenarios, answer)
        if len(found) == 1 or (found and found[0].id == answer):
            return found[0]
        talk.tell(f"{answer} fits {len(found)} scenarios{':' if found else '.'}")
        _list(talk, scenarios, found[:_FEW])


def _list(talk: Talk, scenarios: Sequence[Scenario], shown: Sequence[Scenario] | None = None) -> None:
    for number, scenario in enumerate(scenarios, 1):
        if shown is None or scenario in shown:
            talk.tell(f"{scenario.id}: {scenario.title}", "    ", f"{number}. ")
