"""The practice lab as the wizard uses it: opened when first asked for, closed at the end."""

from contextlib import ExitStack
from typing import Protocol

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.lab.scenario import OpenScenario, Scenario
from certwizard.wizard.examination import Subject


class PracticeLab(Protocol):
    """What the wizard needs of a lab."""

    def open(self, scenario_id: str, /) -> OpenScenario:
        """Serve a scenario."""


class Practice:
    """Scenarios to practise on."""

    def __init__(self, lab: PracticeLab | None) -> None:
        """Use a lab that is open, or open one when it is first needed.

        Args:
            lab: An open lab; the caller closes it.
        """
        self._lab = lab
        self._stack = ExitStack()

    def scenarios(self) -> tuple[Scenario, ...]:
        """Return all scenarios."""
        from certwizard.lab.catalogue import SCENARIOS

        return SCENARIOS

    def subject(self, scenario_id: str) -> Subject:
        """Return a scenario as something to look at; its server starts in the thread that looks.

        Args:
            scenario_id: Id of the scenario.
        """

        def find() -> tuple[Target, ProbeOptions]:
            opened = self._open_lab().open(scenario_id)
            return opened.target, opened.options

        return Subject(f"practice: {scenario_id}", find)

    def close(self) -> None:
        """Close the lab, where this object opened it."""
        self._stack.close()

    def _open_lab(self) -> PracticeLab:
        if self._lab is None:
            from certwizard.lab.lab import Lab

            self._lab = self._stack.enter_context(Lab())
        return self._lab
