"""The two lists of the start: recent targets and practice scenarios, read after the first paint."""

from collections.abc import Callable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from certwizard.lab.scenario import Scenario
from certwizard.wizard.commands import catalogue as keys
from certwizard.wizard.commands.keys import live_key
from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.practice import Practice
from certwizard.wizard.recent import Recent, RecentTargets
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.drawing import Drawing
from certwizard.wizard.widgets.recent_list import RecentList
from certwizard.wizard.widgets.scenario_list import ScenarioList

_NOT_WRITTEN = "The file with the recent targets cannot be written."


class StartLists(Container):
    """Recent targets, where there are any, and what can be practised."""

    def __init__(self, recent: RecentTargets, practice: Practice) -> None:
        """Show two lists.

        Args:
            recent: The file of recent targets.
            practice: The scenarios.
        """
        super().__init__(id="lists")
        self.recent = recent
        self.practice = practice

    def compose(self) -> ComposeResult:
        """Lay the lists, each under its line."""
        with Vertical(id="recent") as recent:
            yield Drawing(self._recent_line, classes="label")
            yield RecentList()
        recent.display = False
        with Vertical(id="practice"):
            yield Drawing(self._practice_line, classes="label")
            yield ScenarioList()

    def on_mount(self) -> None:
        """Look both up after the first paint."""
        self.call_after_refresh(self.find)

    @work(thread=True, exit_on_error=False, group="lists")
    def find(self) -> None:
        """Read both in a thread, so that typing never waits for them."""
        import certwizard.wizard.symbols  # noqa: F401 - loaded here, so that the list need not wait for it

        kept, scenarios = self.recent.load(), self.practice.scenarios()
        self.app.call_from_thread(self.show_both, kept.targets, scenarios)

    def show_both(self, recent: Sequence[Recent], scenarios: Sequence[Scenario]) -> None:
        """Show both at once, so that neither moves the other afterwards.

        Args:
            recent: The last one first.
            scenarios: In their order.
        """
        self.show_recent(recent)
        self.query_one(ScenarioList).fill(scenarios)

    def show_recent(self, recent: Sequence[Recent]) -> None:
        """Show the recent targets; nothing where there are none.

        Args:
            recent: The last one first.
        """
        listed = self.query_one(RecentList)
        if not recent and listed.has_focus:
            self.screen.query_one("#target").focus()
        listed.fill(recent)
        self.query_one("#recent").display = bool(recent)

    @on(RecentList.Forgotten)
    def forget_one(self, event: RecentList.Forgotten) -> None:
        """Forget one recent target."""
        event.stop()
        self._change(lambda kept: kept.remove(event.target), f"Forgotten: {event.target}")

    def forget(self) -> None:
        """Forget all recent targets."""
        self._change(lambda kept: kept.clear(), "All recent targets are forgotten.")

    def keep(self) -> None:
        """Keep recent targets from now on, or keep none."""
        wanted = not self.recent.load().wanted
        off = f"No target is kept from now on; {live_key(self.app, keys.KEEP)} changes that."
        words = "Targets are kept from now on." if wanted else off
        self._change(lambda kept: kept.want(wanted), words)

    def _change(self, change: Callable[[RecentTargets], bool], words: str) -> None:
        if change(self.recent):
            self.notify(words, markup=False, timeout=4)
        else:
            self.notify(_NOT_WRITTEN, severity="warning", markup=False, timeout=4)
        self.show_recent(self.recent.load().targets)

    def _recent_line(self, width: int) -> list[Content]:
        link = clickable(
            line((live_key(self.app, keys.FORGET), f"bold {HERE}"), (" forget", QUIET)), "screen.forget"
        )
        return [line("Recent    ", link)]

    def _practice_line(self, width: int) -> list[Content]:
        link = clickable(
            line((live_key(self.app, keys.PRACTICE), f"bold {HERE}"), (" find one by typing", QUIET)),
            "screen.practice",
        )
        words = line("Or practise on this machine, with no network    ", link)
        return [words if words.cell_length <= width else line("Or practise    ", link)]
