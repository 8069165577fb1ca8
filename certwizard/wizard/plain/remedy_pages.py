"""Fix and Prevent as lines: numbered steps, each command on lines of its own so that it can be copied."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from certwizard.remedies.model import Command, Remedy, Shell, Step
from certwizard.remedies.platforms import platforms_of, steps_for
from certwizard.remedies.shells import say
from certwizard.remedies.ways import TITLES as WAYS
from certwizard.remedies.ways import ways_of
from certwizard.reports.paper import Paper
from certwizard.reports.repairs import blocks_of
from certwizard.wizard.case import Case
from certwizard.wizard.platforms import platform_title
from certwizard.wizard.remedy_words import DONE, NEEDS_ROOT, PROVE, UNDO, which_it_repairs
from certwizard.wizard.repairing import StepKey, key_of
from certwizard.wizard.roles import RoleWords


@dataclass(frozen=True, slots=True)
class Block:
    """Lines to put into a file, which can be saved."""

    text: str
    language: str
    where: str


@dataclass(slots=True)
class RemedyLines:
    """Writes remedies, and numbers the blocks that can be saved."""

    case: Case
    paper: Paper
    platform: str
    way: str
    shell: Shell | None = None
    done: Container[StepKey] = ()
    """What is ticked off."""
    blocks: list[Block] = field(default_factory=list)
    steps: list[tuple[Remedy, Step]] = field(default_factory=list)
    """As they are numbered, through all remedies."""

    def head(self, who: RoleWords | None, remedies: Sequence[Remedy]) -> Iterator[str]:
        """Yield for whom and for which platform the steps are.

        Args:
            who: The role; None where the steps are the same for all.
            remedies: What is shown.
        """
        if who is not None:
            yield from self.paper.wrap(f"For: {who.short}.")
        platforms = platforms_of(remedies)
        if len(platforms) > 1:
            others = ", ".join(platform_title(each) for each in platforms if each != self.platform)
            yield from self.paper.wrap(f"On: {platform_title(self.platform)}. There is also: {others}.")
        ways = ways_of(remedies)
        if ways:
            others = ", ".join(WAYS[each] for each in ways if each != self.way)
            yield from self.paper.wrap(f"With: {WAYS[self.way]}. There is also: {others}.")

    def lead(self) -> Iterator[str]:
        """Yield what all of it comes to: the changes that turn the verdict green."""
        repairs = self.case.diagnosis.repairs
        if repairs.best is None:
            return
        title, changes, _ = next(blocks_of(repairs))
        yield ""
        for change in changes:
            yield from self.paper.wrap(change.text, "   ", f"{title}: ")

    def remedy(self, remedy: Remedy) -> Iterator[str]:
        """Yield a remedy with its steps.

        Args:
            remedy: The remedy.
        """
        yield ""
        which = which_it_repairs(remedy, self.case.diagnosis)
        yield from self.paper.wrap(f"{remedy.title}{f' ({which})' if which else ''}")
        for step in steps_for(remedy, self.platform, self.way):
            self.steps.append((remedy, step))
            done = key_of(self.case, remedy, step) in self.done
            yield from self._step(f"{len(self.steps)}. {f'{DONE}: ' if done else ''}", step)

    def _step(self, lead: str, step: Step) -> Iterator[str]:
        yield from self.paper.wrap(step.text, "   ", lead)
        if step.command is not None:
            yield from self._command(
                f"command, {NEEDS_ROOT}" if step.needs_root else "command", step, step.command
            )
        if step.snippet is not None:
            self.blocks.append(Block(step.snippet.text, step.snippet.language, step.snippet.where))
            where = f" in {step.snippet.where}" if step.snippet.where else ""
            yield from self.paper.wrap(f"block {len(self.blocks)}, lines{where}:", "   ")
            yield from (f"      {line}" for line in step.snippet.text.splitlines())
        if step.verify is not None:
            yield from self._command(PROVE, step, step.verify)
        if step.undo:
            yield from self.paper.wrap(f"{UNDO}: {step.undo}", "   ")

    def _command(self, word: str, step: Step, command: Command) -> Iterator[str]:
        text, shell = say(command, step.platform, self.shell)
        yield f"   {word}:" if shell is Shell.POSIX else f"   {word}, {shell.value}:"
        yield from (f"      {line}" for line in text.splitlines())
