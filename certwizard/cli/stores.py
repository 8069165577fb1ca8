"""``certwizard stores``: the trust stores of this machine, who uses them, and which of them trust a target."""

import argparse
import json
import sys
from dataclasses import replace

from certwizard.cli.given_files import check_judging_files
from certwizard.cli.inputs import options_from, target_from
from certwizard.cli.output import STANDARD_OUTPUT, check_writable, paper_for, write
from certwizard.domain.inventory import Inventory
from certwizard.domain.observation import Observation
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.reports.paper import Paper


def run_stores(namespace: argparse.Namespace) -> int:
    """List the trust stores, and with a target ask each of them for its judgement.

    Args:
        namespace: The parsed arguments of ``stores``.

    Raises:
        CertwizardError: Where the arguments cannot be understood or the report not written.
    """
    from certwizard.diagnosis.store_verdicts import store_verdicts
    from certwizard.probe.inventory import take_inventory
    from certwizard.reports.stores_model import stores_report

    target = target_from(namespace, namespace.target)
    options = replace(options_from(namespace, target), every_store=True)
    check_judging_files(namespace)
    check_writable(namespace.output, "--output")
    inventory = take_inventory(options)
    if target is None:
        report = stores_report(inventory)
    else:
        seen = _seen(target, options)
        judged = seen if seen.stores else replace(seen, stores=inventory.stores)
        report = stores_report(_of(inventory, judged), seen.target.display_name, store_verdicts(judged))
    paper = paper_for(sys.stdout) if namespace.output in (None, STANDARD_OUTPUT) else Paper()
    if namespace.format == "json":
        from certwizard.reports.stores_json import as_dict

        shown = json.dumps(as_dict(report), indent=2, ensure_ascii=not paper.unicode) + "\n"
    else:
        from certwizard.reports.stores_text import render

        shown = render(report, paper)
    write(shown, namespace.output)
    return report.exit_code


def _seen(target: Target, options: ProbeOptions) -> Observation:
    from certwizard.cli.interrupts import cancelled_by_ctrl_c
    from certwizard.probe.run import probe

    with cancelled_by_ctrl_c() as cancel:
        return probe(target, options, cancel=cancel)


def _of(inventory: Inventory, seen: Observation) -> Inventory:
    """Return the inventory with the stores as they were consulted for the target, in their order."""
    return replace(inventory, stores=seen.stores)
