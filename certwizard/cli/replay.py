"""``certwizard replay``: the diagnosis of a saved observation, with no network."""

import argparse
import sys
from pathlib import Path

from certwizard.cli.check import thresholds_from
from certwizard.cli.output import paper_for, write
from certwizard.cli.reporting import judge, report, worst_exit_code
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import SavedFileError
from certwizard.domain.observation import Observation

MAX_BYTES = 64 * 1024 * 1024


def run_replay(namespace: argparse.Namespace) -> int:
    """Judge a saved observation again: in the wizard, or as a report with ``--format``.

    Args:
        namespace: The parsed arguments of ``replay``.

    Raises:
        CertwizardError: Where the file cannot be read.
    """
    observation = read_observation(namespace.file)
    if namespace.format is None and not namespace.output and not namespace.quiet and sys.stdout.isatty():
        from certwizard.cli.wizard import show_observation

        return show_observation(observation)
    namespace.format = namespace.format or "text"
    result = judge(observation, thresholds_from(namespace))
    write(report([result], namespace, paper_for(sys.stdout)), namespace.output)
    return worst_exit_code([result])


def read_observation(path: str) -> Observation:
    """Return a saved observation.

    Raises:
        SavedFileError: Where the file cannot be read or holds something else.
    """
    from certwizard.domain.saved import decode_observation

    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SavedFileError(
            f"{clean(path)} cannot be read: {clean(error.strerror or str(error))}"
        ) from error
    return decode_observation(data)
