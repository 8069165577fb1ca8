"""``certwizard check``: the diagnosis with no screen."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from certwizard.cli.given_files import check_judging_files
from certwizard.cli.inputs import options_from, targets_from
from certwizard.cli.output import check_writable, paper_for, write, write_file
from certwizard.cli.reporting import judge, report, worst_exit_code
from certwizard.diagnosis.thresholds import Thresholds
from certwizard.domain.errors import OptionError
from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.reports.judged import Judged

if TYPE_CHECKING:
    from certwizard.probe.cancel import CancelToken

MAX_JOBS = 64

Asked = tuple[Target, ProbeOptions]


def run_check(namespace: argparse.Namespace) -> int:
    """Diagnose every target, write the report, and return the exit code of the worst.

    Args:
        namespace: The parsed arguments of ``check``.

    Raises:
        CertwizardError: Where the arguments cannot be understood or a file not written.
    """
    targets = targets_from(namespace)
    thresholds = thresholds_from(namespace)
    if namespace.save is not None and len(targets) > 1:
        raise OptionError(f"--save was given with {len(targets)} targets; expected one")
    if not 1 <= namespace.jobs <= MAX_JOBS:
        raise OptionError(f"--jobs {namespace.jobs} was understood; expected 1 to {MAX_JOBS}")
    check_judging_files(namespace)
    check_writable(namespace.output, "--output")
    check_writable(namespace.save, "--save")
    paper = paper_for(sys.stdout)
    results = _all([(t, options_from(namespace, t)) for t in targets], namespace, thresholds)
    write(report(results, namespace, paper), namespace.output)
    return worst_exit_code(results)


def thresholds_from(namespace: argparse.Namespace) -> Thresholds:
    """Return when a certificate ends soon, from ``--warning`` and ``--critical``."""
    from certwizard.diagnosis.thresholds import thresholds_of

    return thresholds_of(namespace.warning, namespace.critical)


def _all(asked: Sequence[Asked], namespace: argparse.Namespace, thresholds: Thresholds) -> list[Judged]:
    """Diagnose side by side; whatever ends one early (Ctrl-C, a wrong password file) ends all."""
    from certwizard.cli.interrupts import cancelled_by_ctrl_c

    with cancelled_by_ctrl_c() as cancel:

        def one(ask: Asked) -> Judged:
            return judge(_seen(ask, namespace.save, cancel), thresholds)

        if len(asked) == 1 and asked[0][0].files:
            # A prompt for a password belongs to the main thread, which Ctrl-C reaches.
            return [one(asked[0])]
        return _side_by_side(one, asked, namespace.jobs, cancel)


def _side_by_side(
    one: Callable[[Asked], Judged], asked: Sequence[Asked], jobs: int, cancel: "CancelToken"
) -> list[Judged]:
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    pool = ThreadPoolExecutor(max_workers=min(jobs, len(asked)))
    try:
        futures = [pool.submit(one, ask) for ask in asked]
        # A signal that comes just before an endless wait would go unseen, so each wait has an end.
        while wait(futures, timeout=0.2, return_when=FIRST_EXCEPTION).not_done:
            if any(future.done() and future.exception() for future in futures):
                break
        return [future.result() for future in futures if future.done()]
    finally:
        cancel.cancel()
        pool.shutdown(cancel_futures=True)


def _seen(asked: Asked, save: str | None, cancel: "CancelToken") -> Observation:
    from certwizard.probe.run import probe

    observation = probe(*asked, cancel=cancel)
    if save is not None:
        from certwizard.domain.saved import encode_observation

        write_file(save, encode_observation(observation), "--save")
    return observation
