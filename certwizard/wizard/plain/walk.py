"""The walk through one case: a step is told, a command is asked for, and so on."""

from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path

from certwizard.domain.vocabulary import Role
from certwizard.wizard.case import Case
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import WizardCommand
from certwizard.wizard.plain.choosing import Choice, choice_of, command_lines, letter_of
from certwizard.wizard.plain.pages import (
    advice_lines,
    check_lines,
    standing_lines,
    title_lines,
    verdict_lines,
    visit_lines,
)
from certwizard.wizard.plain.remedies import PlainRemedies
from certwizard.wizard.plain.showing import show_certificate, show_lesson, show_raw
from certwizard.wizard.plain.start import ask_role
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.roles import role_words
from certwizard.wizard.steps import WizardStep, find_step, neighbour

WALK = (
    keys.NEXT, keys.BACK, keys.MEANS, keys.FIX, keys.VERDICT, keys.PREVENT, keys.RAW, keys.VIEW, keys.RECHECK,
    keys.ROLE, keys.NEW_TARGET, *keys.JUMPS, keys.HELP, keys.QUIT,
)  # fmt: skip
REMEDY = (keys.PLATFORM, keys.WAY, keys.SHELL, keys.SAVE)


class After(Enum):
    """What follows a walk."""

    QUIT = "quit"
    NEW_TARGET = "new target"
    RECHECK = "recheck"


_ENDS = {keys.QUIT: After.QUIT, keys.NEW_TARGET: After.NEW_TARGET, keys.RECHECK: After.RECHECK}


class PlainWalk:
    """Walks through the steps of a case."""

    def __init__(self, talk: Talk, case: Case, role: Role, folder: Callable[[], Path]) -> None:
        """Prepare the walk.

        Args:
            talk: The dialogue.
            case: What was judged.
            role: Who asks.
            folder: Where blocks are saved.
        """
        self.talk, self.case, self.role = talk, case, role
        self.remedies = PlainRemedies(talk, case, folder)
        self._choosers = {
            keys.PLATFORM: self.remedies.choose_platform,
            keys.WAY: self.remedies.choose_way,
            keys.SHELL: self.remedies.choose_shell,
        }
        self.step = find_step("verdict")

    def run(self, step: WizardStep) -> After:
        """Walk from a step until the user wants something else; returns what.

        Args:
            step: Where to begin.
        """
        self.talk.say("", *standing_lines(self.case, self.talk.paper))
        self.go(step)
        while True:
            choice = self._ask()
            if choice.command in _ENDS:
                return _ENDS[choice.command]
            self._do(choice)

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
            self.talk.tell(f"{answer} is no command here; expected one of {letters}")

    def _do(self, choice: Choice) -> None:
        command, number = choice.command, choice.number
        if command in (keys.NEXT, keys.BACK):
            self._turn(1 if command is keys.NEXT else -1)
        elif command is keys.MEANS:
            show_lesson(self.talk, self.case, self.step, number)
        elif command is keys.RAW:
            show_raw(self.talk, self.case, number)
        elif command is keys.VIEW:
            show_certificate(self.talk, self.case, number)
        elif command is keys.HELP:
            self.talk.tell(self.step.explanation)
            self.talk.tell("m, v, c and w may be followed by a number, as in m 2 for the lesson on line 2.")
            for line in command_lines(self.commands()):
                self.talk.tell(line, "   ", "")
        elif command is keys.ROLE:
            self.role = ask_role(self.talk, self.role)
            self.talk.tell(f"You are now: {role_words(self.role).short}")
            if self.step.id == "fix":
                self.go(self.step)
        elif command in self._choosers:
            if self._choosers[command](number):
                self.go(self.step)
        elif command is keys.SAVE:
            self.remedies.save(number)
        else:
            self.go(find_step(command.label.lower() if command is not keys.FIX else "fix"))

    def _turn(self, distance: int) -> None:
        following = neighbour(self.step.id, distance)
        if following is None:
            self.talk.tell("This is the last step." if distance > 0 else "This is the first step.")
        else:
            self.go(following)
