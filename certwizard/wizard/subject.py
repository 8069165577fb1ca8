"""What is looked at and how it is probed; knows nothing of any interface."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from certwizard.domain.cleantext import clean
from certwizard.domain.options import ProbeOptions
from certwizard.domain.progress import Report
from certwizard.domain.target import Target
from certwizard.probe.cancel import CancelToken
from certwizard.wizard.remembering import words_to_keep

if TYPE_CHECKING:
    from certwizard.domain.observation import Observation
    from certwizard.explain.explanation import Explanation

Observe = Callable[[Target, ProbeOptions, Report, CancelToken], "Observation"]
"""Probes a target, reports as it goes, and stops when cancelled."""


def ask_probe(target: Target, options: ProbeOptions, report: Report, cancel: CancelToken) -> Observation:
    """Probe a target over the real network; the probe is imported here, in the thread that uses it.

    Args:
        target: What to look at.
        options: How.
        report: Called at each step.
        cancel: Asks the probe to stop.
    """
    from certwizard.probe.run import probe

    if options.proxy is None and target.host is not None and target.port is not None:
        from certwizard.probe.proxy import proxy_from_environment

        host = target.connect_host or target.host
        options = replace(options, proxy=proxy_from_environment(host, target.port, os.environ))
    return probe(target, options, report=report, cancel=cancel)


PRACTICE = "practice: "
"""Before the title of a subject of the practice lab."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at, and how the screens call it."""

    title: str
    find: Callable[[], tuple[Target, ProbeOptions]]
    """Gives target and options, in the thread; a practice server is started by it."""
    observation: Observation | None = None
    """Seen already: judged without a probe (replay)."""
    remembered_as: str = ""
    """The words to keep of it among the recent targets; empty: it is not kept."""
    message: Explanation | None = None
    """What a client printed of it, to say whether the diagnosis bears it out."""


def subject_of(target: Target, options: ProbeOptions, observation: Observation | None = None) -> Subject:
    """Return the subject of a plain target.

    Args:
        target: What to look at.
        options: How.
        observation: Where it was seen already.
    """
    kept = words_to_keep(target) if observation is None else ""
    return Subject(clean(target.display_name), lambda: (target, options), observation, kept)
