"""The practice lab as a list: every scenario with a line, narrowed by typing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from certwizard.lab.scenario import Scenario
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.model import bindings
from certwizard.wizard.messages import ScenarioChosen, StartRequested
from certwizard.wizard.pictures.canvas import fit, line
from certwizard.wizard.screens.frame import FrameScreen
from certwizard.wizard.styles import QUIET

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp

HERE_KEYS = (keys.LEAVE, keys.HELP_TYPING, keys.QUIT_TYPING)


class PracticeScreen(FrameScreen):
    """Lists servers broken on purpose; typing narrows the list, enter opens the marked one."""

    question = "Practice lab: servers broken on purpose, on this machine alone"
    explanation = (
        "Each scenario is a real server on this machine with one fault or two. Type to narrow the list."
    )
    commands = (keys.OPEN, keys.LEAVE, keys.HELP_TYPING, keys.PALETTE, keys.THEME, keys.QUIT_TYPING)
    footer = (keys.OPEN, keys.LEAVE, keys.HELP_TYPING, keys.PALETTE, keys.QUIT_TYPING)
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(HERE_KEYS),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "move(8)", "Page down", show=False),
        Binding("pageup", "move(-8)", "Page up", show=False),
    ]
    app: "CertwizardApp"

    def body(self) -> Iterable[Widget]:
        """Return the filter and the list."""
        yield Static(self.question, id="question", markup=False)
        yield Input(placeholder="type to narrow the list", compact=True)
        yield OptionList(id="scenarios", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(OptionList).can_focus = False
        self.narrow("")

    @on(Input.Changed)
    def narrow_to(self, event: Input.Changed) -> None:
        """Show what fits the words typed."""
        self.narrow(event.value)

    def narrow(self, words: str) -> None:
        """Show the scenarios that fit.

        Args:
            words: What was typed.
        """
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([_option(scenario) for scenario in fitting(self.app.practice.scenarios(), words)])
        if options.option_count:
            options.highlighted = 0

    def action_move(self, distance: int) -> None:
        """Move the mark.

        Args:
            distance: Rows down.
        """
        options = self.query_one(OptionList)
        if options.option_count:
            options.highlighted = max(0, min(options.option_count - 1, (options.highlighted or 0) + distance))

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Open the marked scenario."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.post_message(ScenarioChosen(str(options.get_option_at_index(options.highlighted).id)))

    @on(OptionList.OptionSelected)
    def open_clicked(self, event: OptionList.OptionSelected) -> None:
        """Open the scenario that was clicked."""
        self.post_message(ScenarioChosen(str(event.option.id)))

    def action_leave(self) -> None:
        """Go back to the start."""
        self.post_message(StartRequested())


def fitting(scenarios: Iterable[Scenario], words: str) -> list[Scenario]:
    """Return the scenarios that fit what was typed: those whose id begins so first, then those that mention it.

    Args:
        scenarios: All of them.
        words: What was typed.
    """
    typed = words.strip().lower().replace(" ", "-")
    found = [(rank, scenario) for scenario in scenarios if (rank := _rank(scenario, typed)) is not None]
    return [scenario for _, scenario in sorted(found, key=lambda pair: pair[0])]


def _rank(scenario: Scenario, typed: str) -> int | None:
    if scenario.id.startswith(typed):
        return 0
    if typed in scenario.id:
        return 1
    text = f"{scenario.title} {scenario.story}".lower().replace(" ", "-")
    return 2 if typed in text else None


def _option(scenario: Scenario) -> Option:
    return Option(line((fit(scenario.id, 27), "bold"), " ", (scenario.title, QUIET)), id=scenario.id)
