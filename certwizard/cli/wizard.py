"""``certwizard [TARGET]`` and ``certwizard demo``: open the wizard."""

import argparse
import sys
from typing import TYPE_CHECKING

from certwizard.cli.given_files import check_judging_files
from certwizard.cli.inputs import options_from, target_from
from certwizard.cli.output import check_writable, write_file
from certwizard.domain.errors import OptionError
from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions

if TYPE_CHECKING:
    from certwizard.wizard.app import CertwizardApp


def run_wizard(namespace: argparse.Namespace) -> int:
    """Open the wizard, on a target where one was given.

    Args:
        namespace: The parsed arguments.

    Raises:
        CertwizardError: Where the arguments cannot be understood, or there is no terminal.
    """
    target = target_from(namespace, namespace.target)
    options = options_from(namespace, target, prompt=False)
    check_judging_files(namespace)
    check_writable(namespace.save, "--save")
    need_terminal("certwizard check TARGET")
    from certwizard.wizard.app import CertwizardApp

    return run_app(CertwizardApp(target, options), namespace.save)


def run_demo(namespace: argparse.Namespace) -> int:
    """Open the wizard on the practice lab.

    Args:
        namespace: The parsed arguments of ``demo``.

    Raises:
        CertwizardError: Where the scenario is not known, or there is no terminal.
    """
    from certwizard.cli.lab import scenario_named

    scenario = scenario_named(namespace.scenario) if namespace.scenario is not None else None
    options = options_from(namespace, None, prompt=False)
    check_judging_files(namespace)
    check_writable(namespace.save, "--save")
    need_terminal("certwizard lab")
    from certwizard.lab.lab import Lab
    from certwizard.wizard.app import CertwizardApp

    with Lab() as lab:
        app = CertwizardApp(None, options, lab=lab, scenario=scenario.id if scenario else None, demo=True)
        return run_app(app, namespace.save)


def show_observation(observation: Observation) -> int:
    """Open the wizard on a saved observation, with no network."""
    from certwizard.wizard.app import CertwizardApp

    return run_app(CertwizardApp(observation.target, ProbeOptions(), observation=observation), None)


def need_terminal(instead: str) -> None:
    """Raise an error where there is no terminal for the wizard.

    Args:
        instead: The command that works without one.

    Raises:
        OptionError: Where standard input or output is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OptionError(f"the wizard needs a terminal; without one use: {instead}")


def run_app(app: "CertwizardApp", save: str | None) -> int:
    """Run the wizard, and save its last observation where asked."""
    app.run()
    if save and app.observation is not None:
        from certwizard.domain.saved import encode_observation

        write_file(save, encode_observation(app.observation), "--save")
    return app.return_code or 0
