"""``certwizard check``: the diagnosis with no screen."""

import argparse
import sys
from collections.abc import Sequence

from certwizard.cli.inputs import options_from, targets_from
from certwizard.cli.output import paper_for, write, write_file
from certwizard.cli.reporting import Reported, judge, report, worst_exit_code
from certwizard.diagnosis.thresholds import Thresholds
from certwizard.domain.errors import OptionError
from certwizard.domain.target import Target

MAX_JOBS = 64


def run_check(namespace: argparse.Namespace) -> int:
    """Diagnose every target, write the report, and return the exit code of the worst.

    Args:
        namespace: The parsed arguments of ``check``.

    Raises:
        CertwizardError: Where the arguments cannot be understood or a file not written.
    """
    targets = targets_from(namespace)
    thresholds = thresholds_from(namespace)
    if namespace.save and len(targets) > 1:
        raise OptionError(f"--save was given with {len(targets)} targets; expected one")
    if not 1 <= namespace.jobs <= MAX_JOBS:
        raise OptionError(f"--jobs {namespace.jobs} was understood; expected 1 to {MAX_JOBS}")
    paper = paper_for(sys.stdout)
    results = _all(targets, namespace, thresholds)
    write(report(results, namespace, paper), namespace.output)
    return worst_exit_code(results)


def thresholds_from(namespace: argparse.Namespace) -> Thresholds:
    """Return when a certificate ends soon, from ``--warning`` and ``--critical``."""
    from certwizard.diagnosis.thresholds import thresholds_of

    return thresholds_of(namespace.warning, namespace.critical)


def _all(targets: Sequence[Target], namespace: argparse.Namespace, thresholds: Thresholds) -> list[Reported]:
    def one(target: Target) -> Reported:
        return _one(target, namespace, thresholds)

    if len(targets) == 1:
        return [one(targets[0])]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=min(namespace.jobs, len(targets))) as pool:
        return list(pool.map(one, targets))


def _one(target: Target, namespace: argparse.Namespace, thresholds: Thresholds) -> Reported:
    from certwizard.probe.run import probe

    observation = probe(target, options_from(namespace, target))
    if namespace.save:
        from certwizard.domain.saved import encode_observation

        write_file(namespace.save, encode_observation(observation), "--save")
    return judge(observation, thresholds, ca_files=tuple(namespace.ca_file))
