"""The practice lab as the wizard uses it: opened when first asked for, closed at the end."""

from contextlib import ExitStack
from dataclasses import replace
from typing import Protocol

from certwizard.domain.options import DEFAULT_TIMEOUT, ProbeOptions
from certwizard.domain.target import Target
from certwizard.lab.scenario import OpenScenario, Scenario
from certwizard.wizard.subject import PRACTICE, Subject


class PracticeLab(Protocol):
    """What the wizard needs of a lab."""

    def open(self, scenario_id: str, /) -> OpenScenario:
        """Serve a scenario."""


class Practice:
    """Scenarios to practise on."""

    def __init__(self, lab: PracticeLab | None, options: ProbeOptions) -> None:
        """Use a lab that is open, or open one when it is first needed.

        Args:
            lab: An open lab; the caller closes it.
            options: How the user wants to probe; the lab's own roots and waits are kept.
        """
        self._lab = lab
        self.options = options
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
            return opened.target, self._with_the_users(opened.options)

        return Subject(f"{PRACTICE}{scenario_id}", find)

    def close(self) -> None:
        """Close the lab, where this object opened it."""
        self._stack.close()

    def _with_the_users(self, lab: ProbeOptions) -> ProbeOptions:
        own = self.options
        return replace(
            lab,
            at=own.at or lab.at,
            offline=own.offline or lab.offline,
            ca_files=(*lab.ca_files, *own.ca_files),
            only_ca_file=own.only_ca_file,
            crl_files=(*lab.crl_files, *own.crl_files),
            vendor_roots=lab.vendor_roots or own.vendor_roots,
            environment=lab.environment if lab.environment is not None else own.environment,
            timeout=lab.timeout if own.timeout == DEFAULT_TIMEOUT else own.timeout,
            password=own.password,
        )

    def _open_lab(self) -> PracticeLab:
        if self._lab is None:
            from certwizard.lab.lab import Lab

            self._lab = self._stack.enter_context(Lab())
        return self._lab
