"""The start line by line: a target, a practice scenario, or a message that some client printed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from certwizard.domain.errors import TargetError
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import Role
from certwizard.explain.undressing import LONGEST
from certwizard.wizard.asking import EXAMPLES, PRACTICE_QUESTION, PRACTICE_WORDS, QUESTION, understand
from certwizard.wizard.course_keeper import CourseKeeper
from certwizard.wizard.explaining import describe
from certwizard.wizard.plain.course import PlainCourse
from certwizard.wizard.plain.files import choose_file
from certwizard.wizard.plain.lessons import browse_lessons
from certwizard.wizard.plain.listing import Listed, ask_number, pick
from certwizard.wizard.plain.recents import choose_recent, forget_recents, turn_keeping
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.practice import Practice
from certwizard.wizard.recent import RecentTargets
from certwizard.wizard.repairing import Repairing
from certwizard.wizard.roles import ROLES, role_words
from certwizard.wizard.scenario_search import fitting
from certwizard.wizard.subject import Subject, subject_of

HELP = (
    "l: the practice scenarios.",
    "e: explain an error message of several lines.",
    "file: find a file with certificates.",
    "recent: the targets looked at before; forget: forget them; keep: keep none, or keep them again.",
    "course: take the course, an hour on certificates.",
    "lessons: read and search the lessons; words may follow, as in lessons wildcard.",
    "o: say who you are.",
    "q: quit.",
    "Anything else is read as a target, or as an error message that some client printed. "
    "A host whose name is one of these words is written with its port, as in q:443.",
)


@dataclass(slots=True)
class PlainStart:
    """Asks what to look at, until there is an answer."""

    talk: Talk
    practice: Practice
    keeper: CourseKeeper
    recent: RecentTargets
    folder: Callable[[], Path]
    role: Role = Role.SERVER_OWNER
    repairing: Repairing = field(default_factory=Repairing)
    """What was chosen and ticked off of the repair."""

    def ask(self) -> Subject | None:
        """Return what to look at; None where the user leaves.

        Raises:
            InputEnded: Where nobody answers.
        """
        self.talk.say("")
        self.talk.tell(QUESTION)
        self.talk.tell(EXAMPLES.replace(" · ", ", "))
        self.talk.tell("Or a word: practice, lessons, course, file, recent, role, help, quit.")
        while True:
            answer = self.talk.ask("Target:")
            if answer.lower() in ("q", "quit"):
                return None
            if (subject := self._answered(answer)) is not None:
                return subject

    def _answered(self, answer: str) -> Subject | None:
        word, _, words = answer.partition(" ")
        match word.lower(), words:
            case (("" | "?" | "help" | "h"), ""):
                for line in HELP:
                    self.talk.tell(line, "   ", "")
            case (("o" | "role"), ""):
                self.role = ask_role(self.talk, self.role)
                self.talk.tell(f"You are now: {role_words(self.role).short}")
            case (("l" | "practice"), ""):
                return ask_scenario(self.talk, self.practice)
            case (("e" | "explain"), ""):
                return explain_message(self.talk, _several_lines(self.talk), self.practice)
            case ("course", ""):
                return self.teach()
            case (("lessons" | "learn"), _):
                browse_lessons(self.talk, words)
            case (("f" | "file" | "files"), ""):
                return self._named(choose_file(self.talk, self.folder()))
            case ("recent", ""):
                return self._named(choose_recent(self.talk, self.recent))
            case ("forget", ""):
                forget_recents(self.talk, self.recent)
            case ("keep", ""):
                turn_keeping(self.talk, self.recent)
            case _:
                return _understood(self.talk, answer, self.practice)
        return None

    def _named(self, words: str | None) -> Subject | None:
        return None if words is None else _understood(self.talk, words, self.practice)

    def teach(self) -> Subject | None:
        """Teach the course; returns the practice scenario that was opened from it, if any."""
        scenario = PlainCourse(self.talk, self.keeper).run()
        return None if scenario is None else self.practice.subject(scenario)


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


def ask_scenario(talk: Talk, practice: Practice) -> Subject | None:
    """Return a practice scenario as something to look at; None where the user changed his mind.

    Args:
        talk: The dialogue.
        practice: The scenarios.

    Raises:
        InputEnded: Where nobody answers.
    """
    scenarios = practice.scenarios()
    talk.say("")
    talk.tell(f"{PRACTICE_QUESTION}.")
    talk.tell(f"{PRACTICE_WORDS} There are {len(scenarios)}:")

    def find(words: str) -> list[int]:
        found = fitting(scenarios, words)
        exact = [each for each in found if each.id == words.lower()]
        return [scenarios.index(each) for each in exact or found]

    chosen = pick(talk, Listed("Scenario", [f"{each.id}: {each.title}" for each in scenarios], find))
    return None if chosen is None else practice.subject(scenarios[chosen].id)
