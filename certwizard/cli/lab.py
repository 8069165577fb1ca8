"""``certwizard lab``: serves the practice lab until stopped."""

import argparse
import signal
import threading
from types import FrameType

from certwizard.cli.endings import ENDING
from certwizard.cli.given_files import VENDOR_ROOTS
from certwizard.cli.streams import say
from certwizard.domain.errors import OptionError
from certwizard.domain.target import Target, TargetKind
from certwizard.lab.scenario import OpenScenario, Scenario


def run_lab(namespace: argparse.Namespace) -> int:
    """Open the scenarios, print where each is served, and serve until interrupted.

    Args:
        namespace: The parsed arguments of ``lab``.

    Raises:
        OptionError: Where a scenario is not known.
    """
    from certwizard.lab.catalogue import SCENARIOS

    chosen = [scenario_named(name) for name in namespace.scenarios] or list(SCENARIOS)
    if namespace.list:
        say("".join(f"{scenario.id:<32} {scenario.title}\n" for scenario in chosen))
        return 0
    _serve(chosen)
    return 0


def scenario_named(name: str) -> Scenario:
    """Return a scenario by its id.

    Raises:
        OptionError: Where there is none of that name; the message names the nearest.
    """
    import difflib

    from certwizard.domain.cleantext import clean
    from certwizard.lab.catalogue import SCENARIOS, find_scenario

    scenario = find_scenario(name)
    if scenario is not None:
        return scenario
    near = difflib.get_close_matches(name, [s.id for s in SCENARIOS], n=3, cutoff=0.4)
    hint = ", ".join(near) or "one of `certwizard lab --list`"
    raise OptionError(
        f"{clean(name, 80) or 'an empty word'} is no scenario of the practice lab; expected {hint}"
    )


def _serve(chosen: list[Scenario]) -> None:
    from certwizard.lab.lab import Lab

    stopped = threading.Event()

    def stop(signum: int, frame: FrameType | None) -> None:
        stopped.set()

    # A program that ignores the end of its terminal (nohup) goes on doing so.
    ends = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, *ends)}
    try:
        with Lab() as lab:
            say(f"CA file   {lab.ca_file}\n\n")
            for scenario in chosen:
                say(_row(lab.open(scenario.id)))
            say("Serving until stopped with Ctrl-C.\n")
            stopped.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _row(opened: OpenScenario) -> str:
    scenario, target = opened.scenario, opened.target
    cause = scenario.root_cause.value if scenario.root_cause else "none"
    return (
        f"{scenario.id}   {scenario.title}\n"
        f"  cause     {cause}\n"
        f"  address   {opened.address}\n"
        f"  try       {_environment(opened)}certwizard check {_arguments(target, opened)}\n\n"
    )


def _environment(opened: OpenScenario) -> str:
    import shlex

    roots, environment = opened.options.vendor_roots, opened.options.environment or ()
    variables = [*([(VENDOR_ROOTS, roots)] if roots else []), *environment]
    return "".join(f"{name}={shlex.quote(value)} " for name, value in variables)


def _arguments(target: Target, opened: OpenScenario) -> str:
    import shlex

    words = [word for file in target.files for word in ("--file", file)]
    words += ["--key", target.key_file] if target.key_file else []
    if target.kind is TargetKind.FILES:
        words += ["--name", target.server_name] if target.server_name else []
    else:
        words.append(target.input)
        words += ["--sni", target.server_name] if target.server_name not in (None, target.host) else []
        words += (
            ["--starttls", target.starttls.value] if target.starttls and "://" not in target.input else []
        )
        connect = f"{target.connect_host}:{target.connect_port or target.port}"
        words += ["--connect", connect] if target.connect_host else []
    for file in opened.options.ca_files:
        words += ["--ca-file", file]
    return shlex.join(words)
