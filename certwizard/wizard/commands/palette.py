"""The command palette's view of the screen's own commands."""

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from certwizard.wizard.commands.keys import keys_of, told_apart
from certwizard.wizard.commands.model import WizardCommand


class ScreenCommands(Provider):
    """Offers the commands of the screen in the palette."""

    async def discover(self) -> Hits:
        """Offer every command before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(self._title(command), self._run(command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Offer the commands that match what is typed.

        Args:
            query: What is typed.
        """
        matcher = self.matcher(query)
        for command in self._commands():
            title = self._title(command)
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(title), self._run(command), help=command.help)

    def _commands(self) -> list[WizardCommand]:
        commands: tuple[WizardCommand, ...] = getattr(self.screen, "commands", ())
        own = keys_of(self.app)
        return [command for command in told_apart(commands, own) if command.in_palette]

    def _title(self, command: WizardCommand) -> str:
        return f"{command.label}  ({command.shown_key})" if command.keys else command.label

    def _run(self, command: WizardCommand) -> "partial[Coroutine[Any, Any, None]]":
        return partial(self.screen.run_action, command.action)
