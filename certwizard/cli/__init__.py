"""The command line: the only room that sees every other, and it opens each only when needed."""

import sys
from collections.abc import Sequence

from certwizard import __version__
from certwizard.domain.errors import CertwizardError
from certwizard.domain.vocabulary import ExitCode

INTERRUPTED = 130
"""Exit status of a program stopped with Ctrl-C, as shells expect (128 + SIGINT)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    Args:
        argv: The arguments without the program's name; None takes those of the process.
    """
    from certwizard.cli.streams import complain, say, settle_streams

    arguments = list(sys.argv[1:] if argv is None else argv)
    settle_streams()
    try:
        if arguments == ["--version"]:
            say(f"certwizard {__version__}\n")
            return ExitCode.ACCEPTED
        return _run(arguments)
    except CertwizardError as error:
        complain(str(error))
        return ExitCode.USAGE
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    from certwizard.cli.arguments import HelpWanted, parse_arguments

    try:
        namespace = parse_arguments(arguments)
    except HelpWanted as wanted:
        from certwizard.cli.streams import say

        say(wanted.text)
        return ExitCode.ACCEPTED
    match namespace.command:
        case "check":
            from certwizard.cli.check import run_check as run
        case "completion":
            from certwizard.cli.completion import run_completion as run
        case "replay":
            from certwizard.cli.replay import run_replay as run
        case "explain":
            from certwizard.cli.explain import run_explain as run
        case "learn":
            from certwizard.cli.learn import run_learn as run
        case "stores":
            from certwizard.cli.stores import run_stores as run
        case "serve":
            from certwizard.cli.serve import run_serve as run
        case "lab":
            from certwizard.cli.lab import run_lab as run
        case "demo":
            from certwizard.cli.wizard import run_demo as run
        case _:
            from certwizard.cli.wizard import run_wizard as run
    return run(namespace)
