"""``certwizard [TARGET]`` and ``certwizard demo``: open the wizard."""

import argparse
import os
import sys
from collections.abc import Callable
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
    options = options_from(namespace, target, prompt=wants_plain(namespace))
    check_judging_files(namespace)
    check_writable(namespace.save, "--save")
    if wants_plain(namespace):
        from certwizard.cli.plain import hold_dialogue

        return hold_dialogue(target, options, save=namespace.save)
    need_terminal("certwizard --plain, or certwizard check TARGET")
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
    options = options_from(namespace, None, prompt=wants_plain(namespace))
    check_judging_files(namespace)
    check_writable(namespace.save, "--save")
    if wants_plain(namespace):
        from certwizard.cli.plain import hold_practice

        return hold_practice(options, scenario.id if scenario else None, save=namespace.save)
    need_terminal("certwizard demo --plain, or certwizard lab")
    from certwizard.lab.lab import Lab
    from certwizard.wizard.app import CertwizardApp

    with Lab() as lab:
        app = CertwizardApp(None, options, lab=lab, scenario=scenario.id if scenario else None, demo=True)
        return run_app(app, namespace.save, lab.close)


def wants_plain(namespace: argparse.Namespace) -> bool:
    """Whether the wizard speaks line by line: as asked for, or on a terminal that can move no cursor.

    Args:
        namespace: The parsed arguments.
    """
    return bool(namespace.plain) or is_dumb()


def is_dumb() -> bool:
    """Whether the terminal says that it can move no cursor."""
    return os.environ.get("TERM") == "dumb" and sys.stdin.isatty() and sys.stdout.isatty()


def show_observation(observation: Observation) -> int:
    """Open the wizard on a saved observation, with no network."""
    if is_dumb():
        from certwizard.cli.plain import hold_dialogue

        return hold_dialogue(observation.target, ProbeOptions(), observation=observation)
    from certwizard.wizard.app import CertwizardApp

    return run_app(CertwizardApp(observation.target, ProbeOptions(), observation=observation), None)


def need_terminal(instead: str) -> None:
    """Raise an error where there is no terminal for the wizard.

    Args:
        instead: The command that works without one.

    Raises:
        OptionError: Where standard input or output is no terminal.
    """
    if os.environ.get("TEXTUAL_DRIVER"):  # the browser of `certwizard serve` is one
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OptionError(f"the wizard needs a terminal; without one use: {instead}")


def run_app(app: "CertwizardApp", save: str | None, tidy: Callable[[], object] | None = None) -> int:
    """Run the wizard, and save its last observation where asked.

    Args:
        app: The wizard.
        save: The file of --save, or None.
        tidy: Closes the lab, where the wizard was given one.
    """
    from certwizard.cli.endings import ended_by_signals
    from certwizard.wizard.collecting import collect_seldom

    app.adapt_to_terminal()
    collect_seldom()
    with ended_by_signals(app.exit, tidy or app.practice.close):
        app.run()
    save_observation(app.observation, save)
    return app.return_code or 0


def save_observation(observation: Observation | None, save: str | None) -> None:
    """Write an observation where asked, if there is one.

    Args:
        observation: What was seen last.
        save: The file of --save, or None.
    """
    if save and observation is not None:
        from certwizard.domain.saved import encode_observation

        write_file(save, encode_observation(observation), "--save")
