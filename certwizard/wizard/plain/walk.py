"""The walk through one case: a step is told, a command is asked for, and so on."""

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import Role
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.plain.choosing import Choice, choice_of, command_lines, letter_of
from certwizard.wizard.plain.comparing import compare_certificates
from certwizard.wizard.plain.lessons import browse_lessons
from certwizard.wizard.plain.options import ask_options
from certwizard.wizard.plain.pages import (
    advice_lines,
    check_lines,
    client_lines,
    standing_lines,
    title_lines,
    verdict_lines,
    visit_lines,
)
from certwizard.wizard.plain.remedies import PlainRemedies
from certwizard.wizard.plain.report import save_a_report
from certwizard.wizard.plain.showing import give_fact, give_verdict, show_lesson, show_raw
from certwizard.wizard.plain.start import PlainStart, ask_role
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.plain.viewer import PlainViewer
from certwizard.wizard.retrying import Asked
from certwizard.wizard.roles import role_words
from certwizard.wizard.steps import WizardStep, find_step, neighbour
from certwizard.wizard.subject import PRACTICE, Subject

_TICK = replace(keys.TICK, keys=("k",), help="Tick a step off, or take the tick back, as in k 3.")
WALK = (
    keys.NEXT, keys.BACK, keys.MEANS, keys.FIX, keys.VERDICT, keys.PREVENT, keys.RAW, keys.VIEW, keys.COMPARE,
    keys.COPY, keys.RECHECK, keys.OPTIONS, keys.REPORT, keys.LESSONS, keys.COURSE, keys.ROLE, keys.NEW_TARGET,
    *keys.JUMPS, keys.HELP, keys.QUIT,
)  # fmt: skip
REMEDY = (keys.PLATFORM, keys.WAY, keys.SHELL, keys.SAVE, _TICK)


SHOWN = 60
"""So much of an answer that is no command is said back."""


class After(Enum):
    """What follows a walk."""

    QUIT = "quit"
    NEW_TARGET = "new target"
    RECHECK = "recheck"


_ENDS = {keys.QUIT: After.QUIT, keys.NEW_TARGET: After.NEW_TARGET, keys.RECHECK: After.RECHECK}


class PlainWalk:
    """Walks through the steps of a case."""

    def __init__(self, talk: Talk, case: Case, start: PlainStart, asked: Asked) -> None:
        """Prepare the walk.

        Args:
            talk: The dialogue.
            case: What was judged.
            start: Knows who asks, and opens the course.
            asked: What was looked at, and how.
        """
        self.talk, self.case, self.start, self.asked = talk, case, start, asked
        self.remedies = PlainRemedies(talk, case, start.folder, start.repairing)
        self._choosers = {
            keys.PLATFORM: self.remedies.choose_platform,
            keys.WAY: self.remedies.choose_way,
            keys.SHELL: self.remedies.choose_shell,
        }
        self.step = find_step("verdict")
        self.following: Subject | None = None
        """What to look at next, where something asked for it."""

    @property
    def role(self) -> Role:
        """Who asks."""
        return self.start.role

    def run(self, step: WizardStep) -> "After | Subject":
        """Walk from a step until the user wants something else; returns what.

        Args:
            step: Where to begin.
        """
        self.talk.say("", *standing_lines(self.case, self.talk.paper))
        self.go(step)
        while self.following is None:
            choice = self._ask()
            if choice.command in _ENDS:
                return _ENDS[choice.command]
            self._do(choice)
        return self.following

    def go(self, step: WizardStep) -> None:
        """Tell a step.

        Args:
            step: Which.
        """
        self.step = step
        self.talk.say("", *title_lines(step, self.talk.paper), *self._lines())

    def _lines(self) -> Iterator[str]:
        match self.step.id:
            case "verdict":
                yield from verdict_lines(self.case, self.talk.paper)
                if self.role is Role.VISITOR:
                    yield from visit_lines(self.case, self.talk.paper)
                yield from advice_lines(self.case, self.role, self.talk.paper)
                yield from client_lines(self.case, self.talk.paper)
            case "fix":
                yield from self.remedies.fix_lines(self.role)
            case "prevent":
                yield from self.remedies.prevent_lines()
            case _:
                yield from check_lines(self.case, self.step, self.talk.paper)

    def commands(self) -> tuple[WizardCommand, ...]:
        """Return what can be said at this step."""
        return (*WALK, *REMEDY) if self.step.id in ("fix", "prevent") else WALK

    def sensible(self) -> WizardCommand:
        """Return the next sensible thing, which an empty answer stands for."""
        diagnosis = self.case.diagnosis
        if self.step.check is not None:
            return keys.FIX if diagnosis.check(self.step.check).causes else keys.NEXT
        if self.step.id == "verdict":
            return keys.FIX if diagnosis.causes else keys.PREVENT
        return keys.RECHECK

    def _ask(self) -> Choice:
        sensible = self.sensible()
        while True:
            self.talk.say("")
            answer = self.talk.ask(
                f"Enter or {letter_of(sensible)}: {sensible.label}. Or another letter; ? lists them:"
            )
            choice = choice_of(answer, self.commands()) if answer else Choice(sensible)
            if choice is not None:
                return choice
            letters = " ".join(letter_of(command) for command in self.commands())
            self.talk.tell(f"{clean(answer, SHOWN)} is no command here; expected one of {letters}")

    def _do(self, choice: Choice) -> None:
        command, number = choice.command, choice.number
        if command in (keys.NEXT, keys.BACK):
            self._turn(1 if command is keys.NEXT else -1)
        elif command is keys.HELP:
            self._help()
        elif command is keys.ROLE:
            self.start.role = ask_role(self.talk, self.role)
            self.talk.tell(f"You are now: {role_words(self.role).short}")
            if self.step.id == "fix":
                self.go(self.step)
        elif command in self._choosers:
            if self._choosers[command](number):
                self.go(self.step)
        elif command is keys.SAVE:
            self.remedies.save(number)
        elif command is _TICK:
            self.remedies.tick(number)
        elif not self._show(choice):
            self.go(find_step(command.label.lower() if command is not keys.FIX else "fix"))

    def _show(self, choice: Choice) -> bool:
        """Show what a command shows beside the step; whether it was such a command."""
        command, number = choice.command, choice.number
        if command is keys.MEANS:
            show_lesson(self.talk, self.case, self.step, number)
        elif command is keys.RAW:
            show_raw(self.talk, self.case, number)
        elif command is keys.VIEW:
            PlainViewer(self.talk, self.case).run(number)
        elif command is keys.COMPARE:
            compare_certificates(self.talk, self.case)
        elif command is keys.COPY:
            self._copy(number)
        elif command is keys.REPORT:
            save_a_report(self.talk, self.case, self.start.folder())
        elif command is keys.LESSONS:
            browse_lessons(self.talk, choice.words)
        elif command is keys.COURSE:
            self.following = self.start.teach()
        elif command is keys.OPTIONS:
            self._look_with_options()
        else:
            return False
        return True

    def _help(self) -> None:
        self.talk.tell(self.step.explanation)
        self.talk.tell(
            "m, v, c, y, k and w may be followed by a number, as in m 2 for the lesson on line 2, and lessons "
            "by words to search; / and words search too."
        )
        for line in command_lines(self.commands()):
            self.talk.tell(line, "   ", "")

    def _copy(self, number: int | None) -> None:
        if self.step.id in ("fix", "prevent"):
            self.remedies.give_command(number)
        elif self.step.check is not None:
            give_fact(self.talk, self.case, self.step, number)
        else:
            give_verdict(self.talk, self.case, self.role)

    def _look_with_options(self) -> None:
        asked = ask_options(self.talk, *self.asked)
        if asked is not None:
            title = self.case.title
            title = title if title.startswith(PRACTICE) else asked[0].display_name
            self.following = Subject(title, lambda: asked)

    def _turn(self, distance: int) -> None:
        following = neighbour(self.step.id, distance)
        if following is None:
            self.talk.tell("This is the last step." if distance > 0 else "This is the first step.")
        else:
            self.go(following)
