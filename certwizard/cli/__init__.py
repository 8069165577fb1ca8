"""The command line: the only room that sees every other, and it opens each only when needed."""

import os
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
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:
        sys.stdout.write(f"certwizard {__version__}\n")
        return 0
    try:
        return _run(arguments)
    except CertwizardError as error:
        sys.stderr.write(f"certwizard: {error}\n")
        return ExitCode.USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) went away; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ACCEPTED


def _run(arguments: list[str]) -> int:
    from certwizard.cli.arguments import parse_arguments

    namespace = parse_arguments(arguments)
    match namespace.command:
        case "check":
            from certwizard.cli.check import run_check as run
        case "replay":
            from certwizard.cli.replay import run_replay as run
        case "learn":
            from certwizard.cli.learn import run_learn as run
        case "lab":
            from certwizard.cli.lab import run_lab as run
        case "demo":
            from certwizard.cli.wizard import run_demo as run
        case _:
            from certwizard.cli.wizard import run_wizard as run
    return run(namespace)
