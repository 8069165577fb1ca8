"""The practice scenarios as a list, one line each."""

from collections.abc import Iterable

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from certwizard.lab.scenario import Scenario
from certwizard.wizard.messages import ScenarioChosen
from certwizard.wizard.pictures.canvas import fit, line
from certwizard.wizard.styles import QUIET

LONGEST_ID = 34


class ScenarioList(OptionList):
    """Scenarios; enter or a click opens one."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(id="scenarios", markup=False, compact=True)

    def fill(self, scenarios: Iterable[Scenario]) -> None:
        """Show these scenarios, the first one marked.

        Args:
            scenarios: In their order.
        """
        shown = list(scenarios)
        widest = min(max((cell_len(each.id) for each in shown), default=0), LONGEST_ID)
        self.clear_options()
        self.add_options([Option(_words(scenario, widest), id=scenario.id) for scenario in shown])
        if shown:
            self.highlighted = 0

    @property
    def marked(self) -> str | None:
        """Id of the scenario that is marked."""
        return None if self.highlighted is None else self.get_option_at_index(self.highlighted).id

    def move(self, distance: int) -> None:
        """Move the mark, staying inside the list.

        Args:
            distance: Rows down.
        """
        if self.option_count:
            self.highlighted = max(0, min(self.option_count - 1, (self.highlighted or 0) + distance))

    @on(OptionList.OptionSelected)
    def open_marked(self, event: OptionList.OptionSelected) -> None:
        """Ask for the scenario that was chosen."""
        event.stop()
        self.post_message(ScenarioChosen(str(event.option.id)))


def _words(scenario: Scenario, widest: int) -> Content:
    return line((fit(scenario.id, widest), "bold"), "  ", (scenario.title, QUIET))
