"""Fix and Prevent in the dialogue: for whom, on which platform, and blocks written to files."""

from collections.abc import Callable, Iterator
from pathlib import Path

from certwizard.domain.vocabulary import Role
from certwizard.remedies.model import Remedy, Shell, Step
from certwizard.remedies.platforms import platforms_of
from certwizard.remedies.shells import say
from certwizard.remedies.ways import TITLES as WAYS
from certwizard.remedies.ways import way_shown, ways_of
from certwizard.wizard.case import Case
from certwizard.wizard.plain.giving import give
from certwizard.wizard.plain.listing import ask_number
from certwizard.wizard.plain.remedy_pages import RemedyLines
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.platforms import chosen_platform, platform_title
from certwizard.wizard.remedy_words import NOTHING_TO_REPAIR, NOTHING_TO_WATCH, PROVED
from certwizard.wizard.repairing import Repairing, key_of
from certwizard.wizard.roles import role_words
from certwizard.wizard.saving import file_name, save_block

LOOK_AGAIN = "r"
"""What is typed to look again."""


class PlainRemedies:
    """The remedies of a case, as they were told last."""

    def __init__(self, talk: Talk, case: Case, folder: Callable[[], Path], repairing: Repairing) -> None:
        """Prepare to tell remedies.

        Args:
            talk: The dialogue.
            case: What was judged.
            folder: Where blocks are saved.
            repairing: What was chosen and ticked off, also before a recheck.
        """
        self.talk, self.case, self._folder, self.repairing = talk, case, folder, repairing
        self._shown: tuple[Remedy, ...] = ()
        self._told = RemedyLines(case, talk.paper, "", "")

    @property
    def platform(self) -> str:
        """The platform whose steps are told."""
        return chosen_platform(
            platforms_of(self._shown), self.repairing.platform, self.case.diagnosis.evidence
        )

    @property
    def way(self) -> str:
        """The way to certificates whose steps are told."""
        return way_shown(self._shown, self.repairing.way, self.case.diagnosis)

    def fix_lines(self, role: Role) -> Iterator[str]:
        """Yield how it is repaired.

        Args:
            role: Who asks.
        """
        self._shown = self.case.remedies_of(role)
        lines = self._lines()
        yield from lines.head(role_words(role), self._shown)
        if not self._shown:
            yield from self._nothing(NOTHING_TO_REPAIR)
            return
        yield from lines.lead()
        for remedy in self._shown:
            yield from lines.remedy(remedy)

    def prevent_lines(self) -> Iterator[str]:
        """Yield how it stays repaired, after what the coming years bring."""
        self._shown = self.case.prevention
        lines = self._lines()
        yield from lines.head(None, self._shown)
        for row in self.case.ahead:
            yield from self.talk.paper.wrap(f"{row.since:%Y-%m-%d}: {row.text}", "   ", "")
        if not self._shown:
            yield from self._nothing(NOTHING_TO_WATCH)
        for remedy in self._shown:
            yield from lines.remedy(remedy)

    def _lines(self) -> RemedyLines:
        self._told = RemedyLines(
            self.case, self.talk.paper, self.platform, self.way, self.repairing.shell, self.repairing.done
        )
        return self._told

    def _nothing(self, words: tuple[str, str]) -> Iterator[str]:
        yield from self.talk.paper.wrap(" ".join(words))

    def choose_platform(self, number: int | None) -> bool:
        """Ask for the platform; False where there is no other or none was chosen.

        Args:
            number: Of the platform, where it was given with the command.
        """
        platforms = platforms_of(self._shown)
        named = [(each, platform_title(each)) for each in platforms]
        chosen = self._choose("Platform", "on every platform", named, self.platform, number)
        self.repairing.platform = chosen or self.repairing.platform
        return chosen is not None

    def choose_way(self, number: int | None) -> bool:
        """Ask for the way to certificates; False where there is no other or none was chosen.

        Args:
            number: Of the way, where it was given with the command.
        """
        named = [(each, WAYS[each]) for each in ways_of(self._shown)]
        chosen = self._choose("Way", "by every way to a certificate", named, self.way, number)
        self.repairing.way = chosen or self.repairing.way
        return chosen is not None

    def choose_shell(self, number: int | None) -> bool:
        """Ask for the shell the commands are said in; False where none was chosen.

        Args:
            number: Of the shell, where it was given with the command.
        """
        named = [(shell.value, shell.value) for shell in Shell]
        now = (self.repairing.shell or Shell.POSIX).value
        chosen = self._choose("Shell", "in every shell", named, now, number)
        self.repairing.shell = Shell(chosen) if chosen else self.repairing.shell
        return chosen is not None

    def _choose(
        self, what: str, same: str, options: list[tuple[str, str]], now: str, number: int | None
    ) -> str | None:
        """Return the option asked for, None where there is no choice or none was made."""
        if len(options) < 2:
            self.talk.tell(f"These steps are the same {same}.")
            return None
        if number is None:
            for place, (option, title) in enumerate(options, 1):
                self.talk.tell(f"{place}: {title}{', as now' if option == now else ''}.")
            chosen = ask_number(self.talk, f"{what}, by number:", len(options))
        else:
            chosen = number - 1 if 0 < number <= len(options) else None
        return None if chosen is None else options[chosen][0]

    def save(self, number: int | None) -> None:
        """Write a numbered block to a file that is not there yet.

        Args:
            number: Of the block; the only one may go without.
        """
        blocks = self._told.blocks
        if not blocks:
            self.talk.tell("There is no block of lines here to write.")
            return
        place = 1 if number is None and len(blocks) == 1 else number or 0
        if not 0 < place <= len(blocks):
            self.talk.tell(f"There are blocks 1 to {len(blocks)}; expected one of them, as in w 1")
            return
        block = blocks[place - 1]
        name = file_name(block.where, block.language)
        try:
            path = save_block(block.text, name, block.language, self._folder())
        except OSError as error:
            self.talk.tell(f"{name} cannot be written here: {error.strerror or error}")
        else:
            self.talk.tell(f"Saved: {path}")

    def _numbered(self, number: int | None, letter: str) -> tuple[Remedy, Step] | None:
        """Return a step by its number; the only one may go without."""
        steps = self._told.steps
        place = 1 if number is None and len(steps) == 1 else number or 0
        if 0 < place <= len(steps):
            return steps[place - 1]
        self.talk.tell(
            f"There are steps 1 to {len(steps)}; expected one of them, as in {letter} 1"
            if steps
            else "There are no steps here."
        )
        return None

    def tick(self, number: int | None) -> None:
        """Tick a step off, or take the tick back, and say what comes next.

        Args:
            number: Of the step.
        """
        if (found := self._numbered(number, "k")) is None:
            return
        keys = [key_of(self.case, *each) for each in self._told.steps]
        done = self.repairing.turn(key_of(self.case, *found))
        left = [place for place, key in enumerate(keys, 1) if key not in self.repairing.done]
        words = (
            f"{len(left)} of {len(keys)} to go, the next is {left[0]}."
            if left
            else f"{PROVED.format(key=LOOK_AGAIN)}.".capitalize()
        )
        self.talk.tell(
            f"Step {keys.index(key_of(self.case, *found)) + 1} is {'' if done else 'not '}done. {words}"
        )

    def give_command(self, number: int | None) -> None:
        """Give the command of a step, or its block, or the command that proves it.

        Args:
            number: Of the step.
        """
        if (found := self._numbered(number, "y")) is None:
            return
        _, step = found
        command = step.command or step.verify
        if step.command is None and step.snippet is not None:
            give(
                self.talk,
                step.snippet.text,
                f"the block{f' for {step.snippet.where}' if step.snippet.where else ''}",
            )
        elif command is not None:
            text, shell = say(command, step.platform, self.repairing.shell)
            give(self.talk, text, f"the command, {shell.value}")
        else:
            self.talk.tell("This step has no command.")
