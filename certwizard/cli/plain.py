"""The wizard line by line: ``--plain``, and terminals that can move no cursor."""

import io
import os
import sys
from dataclasses import replace

from certwizard.cli.interrupts import cancelled_by_ctrl_c
from certwizard.cli.output import paper_for
from certwizard.cli.streams import say
from certwizard.cli.wizard import save_observation
from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.wizard.plain.session import PlainWizard
from certwizard.wizard.plain.talk import Talk
from certwizard.wizard.recent import recent_targets
from certwizard.wizard.subject import subject_of

LONGEST_LINE = 76


def hold_dialogue(
    target: Target | None,
    options: ProbeOptions,
    *,
    observation: Observation | None = None,
    save: str | None = None,
) -> int:
    """Hold the dialogue, on a target where one was given.

    Args:
        target: What to look at first.
        options: How to probe.
        observation: Judge this in place of a probe (replay).
        save: Where to write the last observation.
    """
    wizard = PlainWizard(talk_here(), options, cancelled_by_ctrl_c, recent=recent_targets(os.environ))
    try:
        wizard.run(subject_of(target, options, observation) if target is not None else None)
    finally:
        save_observation(wizard.observation, save)
    return 0


def hold_practice(options: ProbeOptions, scenario: str | None, *, save: str | None = None) -> int:
    """Hold the dialogue on the practice lab.

    Args:
        options: How to probe.
        scenario: Id of the scenario to begin with; else it is asked for.
        save: Where to write the last observation.
    """
    from certwizard.lab.lab import Lab

    with Lab() as lab:
        wizard = PlainWizard(
            talk_here(), options, cancelled_by_ctrl_c, lab=lab, demo=True, recent=recent_targets(os.environ)
        )
        try:
            wizard.run(wizard.practice.subject(scenario) if scenario is not None else None)
        finally:
            save_observation(wizard.observation, save)
    return 0


def talk_here() -> Talk:
    """Return a dialogue on standard input and output."""
    if sys.stdin is None:
        sys.stdin = io.StringIO()
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    paper = paper_for(sys.stdout)
    return Talk(
        say,
        sys.stdin.readline,
        replace(paper, colour=False, width=min(paper.width, LONGEST_LINE)),
        echo=not sys.stdin.isatty(),
    )
