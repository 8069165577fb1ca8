"""The base of Fix and Prevent: remedies as numbered steps, for one platform at a time."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import CheckId, Role
from certwizard.remedies.model import Remedy
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import WizardCommand, bindings
from certwizard.wizard.copying import copy
from certwizard.wizard.messages import RoleTurned
from certwizard.wizard.platforms import chosen_platform, platform_title, platforms_of
from certwizard.wizard.roles import ROLES
from certwizard.wizard.saving import file_name, save_block
from certwizard.wizard.screens.walk import WalkScreen
from certwizard.wizard.widgets.actions import Actions
from certwizard.wizard.widgets.choices import draw_choice
from certwizard.wizard.widgets.command_block import CommandBlock
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.remedy_view import remedy_widgets

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp

OWN = (keys.PLATFORM, keys.SAVE)


class RemedyScreen(WalkScreen):
    """Remedies in order, the first command marked."""

    commands = (*keys.WALK, *OWN, *keys.GENERAL)
    BINDINGS: ClassVar[list[BindingType]] = bindings((*keys.WALK, *OWN))
    app: "CertwizardApp"
    ways: ClassVar[tuple[WizardCommand, ...]] = (keys.BACK, keys.VERDICT, keys.PREVENT, keys.RECHECK)
    has_roles: ClassVar[bool] = True

    def remedies(self) -> tuple[Remedy, ...]:
        """Return the remedies to show."""
        return ()

    def lead(self) -> Iterable[Widget]:
        """Return what to say before the remedies."""
        return ()

    def without_remedies(self) -> Iterable[Widget]:
        """Return what to say where there are none."""
        return ()

    @property
    def platform(self) -> str:
        """The platform whose commands are shown: the one chosen, else the one the server seems to be."""
        return chosen_platform(platforms_of(self.remedies()), self.app.platform, self.case.observation)

    def body(self) -> Iterable[Widget]:
        """Return the title, who and what it is for, and the remedies."""
        yield Static(self.step.question, id="question", markup=False)
        yield Drawing(self._choices, id="choices")
        yield VerticalScroll(*self._shown(self.remedies()), id="body", can_focus=False)
        yield Actions(self.ways, keys.RECHECK)

    def _shown(self, remedies: tuple[Remedy, ...]) -> Iterable[Widget]:
        if not remedies:
            return self.without_remedies()
        shown = (remedy_widgets(remedy, self.platform, self.case.diagnosis) for remedy in remedies)
        return [*self.lead(), *(widget for widgets in shown for widget in widgets)]

    def _choices(self, width: int) -> list[Content]:
        roles = [(words.role.value, words.short) for words in ROLES]
        rows = (
            [draw_choice("for", roles, self.app.role.value, "o", "screen.role", width)]
            if self.has_roles
            else []
        )
        platforms = [(each, platform_title(each)) for each in platforms_of(self.remedies())]
        if len(platforms) > 1:
            rows.append(draw_choice("on ", platforms, self.platform, "s", "screen.platform", width))
        return rows

    def on_mount(self) -> None:
        """Mark the first command."""
        self.mark_first()

    def mark_first(self) -> None:
        """Put the focus on the first command."""
        for block in self.query(CommandBlock):
            block.focus(scroll_visible=False)
            return
        self.focus_body()

    async def action_platform(self, platform: str = "") -> None:
        """Show the commands of a platform.

        Args:
            platform: Its id; the next one where it is empty.
        """
        platforms = platforms_of(self.remedies())
        if platforms:
            following = platforms[(platforms.index(self.platform) + 1) % len(platforms)]
            self.app.platform = platform or following
            await self.recompose()
            self.mark_first()

    def action_role(self, role: str = "") -> None:
        """Ask to be somebody else.

        Args:
            role: Id of the role; the next one where it is empty.
        """
        self.post_message(RoleTurned(Role(role) if role else None))

    def _marked(self) -> CommandBlock | None:
        """The marked block, the first where none is marked."""
        focused = self.focused
        return focused if isinstance(focused, CommandBlock) else next(iter(self.query(CommandBlock)), None)

    def action_copy(self) -> None:
        """Copy the marked command, the first where none is marked."""
        block = self._marked()
        if block is not None:
            copy(self.app, block.text, block.what)

    def action_save(self) -> None:
        """Write the marked block to a file in the folder the wizard was started in."""
        block = self._marked()
        if block is None:
            return
        name = file_name(block.where, block.language)
        try:
            path = save_block(block.text, name, block.language, Path.cwd())
        except OSError as error:
            words = f"{name} cannot be written here: {error.strerror or error}"
            self.app.notify(clean(words), severity="error", markup=False)
            return
        self.app.notify(clean(f"Saved: {path}"), markup=False, timeout=6)

    @on(CommandBlock.CopyRequested)
    def copy_clicked(self) -> None:
        """Copy the command that was double-clicked; the click has marked it."""
        self.action_copy()

    def action_means(self) -> None:
        """Open the lesson on the root cause."""
        from certwizard.wizard.screens.lesson import lesson_screen

        root = self.case.diagnosis.root_cause
        results = self.case.diagnosis.checks
        check = next(
            (r.check for r in results if root is not None and root.id in r.causes), CheckId.CONNECTION
        )
        self.app.push_screen(lesson_screen((root,) if root else (), None, check))

    def action_raw(self) -> None:
        """Open the raw values."""
        from certwizard.wizard.screens.raw import raw_screen

        self.app.push_screen(raw_screen(self.case))
