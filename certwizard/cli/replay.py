"""``certwizard replay``: the diagnosis of a saved observation, with no network."""

import argparse
import sys

from certwizard.cli.check import thresholds_from
from certwizard.cli.output import check_writable, paper_for, write
from certwizard.cli.reporting import judge, report, worst_exit_code
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import SavedFileError
from certwizard.domain.observation import Failure, Observation


def run_replay(namespace: argparse.Namespace) -> int:
    """Judge a saved observation again: in the wizard, or as a report with ``--format``.

    Args:
        namespace: The parsed arguments of ``replay``.

    Raises:
        CertwizardError: Where the file cannot be read.
    """
    check_writable(namespace.output, "--output")
    thresholds = thresholds_from(namespace)
    observation = read_observation(namespace.file)
    if namespace.format is None and not namespace.output and not namespace.quiet and sys.stdout.isatty():
        from certwizard.cli.wizard import show_observation

        return show_observation(observation)
    namespace.format = namespace.format or "text"
    result = judge(observation, thresholds)
    write(report([result], namespace, paper_for(sys.stdout)), namespace.output)
    return worst_exit_code([result])


def read_observation(path: str) -> Observation:
    """Return a saved observation.

    Raises:
        SavedFileError: Where the file cannot be read or holds something else.
    """
    from certwizard.domain.saved import MAX_BYTES, decode_observation
    from certwizard.probe.bounded_file import read_bounded

    shown = clean(path, 200) or "an empty word"
    data = read_bounded(path, MAX_BYTES)
    if isinstance(data, Failure):
        raise SavedFileError(f"{shown} cannot be read: {data.detail}; expected a file written with --save")
    try:
        return decode_observation(data)
    except SavedFileError as error:
        raise SavedFileError(f"{shown}: {error}") from error
