"""How a certificate is had and kept (certbot, acme.sh, files from a CA): only the steps of one way are shown."""

from collections.abc import Iterable
from datetime import timedelta

from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.trust_stores import CA_FILE
from certwizard.remedies.installed import software_on_disk
from certwizard.remedies.model import ANY, Remedy, Step
from certwizard.remedies.names import is_private

CERTBOT = "certbot"
BY_HAND = "ca"
TITLES = {CERTBOT: "certbot", "acme.sh": "acme.sh", BY_HAND: "by hand"}
LONGEST_BY_ACME = timedelta(days=100)
"""CAs that issue by ACME give 90 days or fewer; longer ones are mostly bought and put in place by hand."""


def ways_of(remedies: Iterable[Remedy]) -> tuple[str, ...]:
    """Return the ways between which remedies leave a choice, in their order."""
    return tuple(dict.fromkeys(way for remedy in remedies for way in _choice(remedy)))


def of_way(remedy: Remedy, way: str) -> tuple[Step, ...]:
    """Return the steps of a remedy by one way; where it leaves no choice, all of them.

    Args:
        remedy: The remedy.
        way: The way chosen; where the remedy does not know it, its own first one counts.
    """
    choice = _choice(remedy)
    if not choice:
        return remedy.steps
    chosen = way if way in choice else choice[0]
    return tuple(step for step in remedy.steps if step.way in (ANY, chosen))


def likely_way(diagnosis: Diagnosis) -> str:
    """Return the way that this certificate most likely came by: its CA, its lifetime and its name tell.

    Where its file was seen on this machine, the folder it lies in tells better.
    """
    for software in software_on_disk(diagnosis.evidence):
        if software in TITLES:
            return software
    private_root = bool(diagnosis.path) and diagnosis.path[-1].stores == (CA_FILE,)
    if private_root or is_private(diagnosis.target.server_name or diagnosis.target.host):
        return BY_HAND
    leaf = diagnosis.sent[0].certificate if diagnosis.sent else None
    lifetime = leaf.lifetime if leaf is not None else None
    return BY_HAND if diagnosis.trusted and lifetime is not None and lifetime > LONGEST_BY_ACME else CERTBOT


def way_shown(remedies: Iterable[Remedy], chosen: str, diagnosis: Diagnosis) -> str:
    """Return the way to show: the chosen one, else the likely one, else the first; empty where there is no choice.

    Args:
        remedies: What is shown.
        chosen: What the user chose, or empty.
        diagnosis: What the remedies are for.
    """
    known = ways_of(remedies)
    return next((each for each in (chosen, likely_way(diagnosis), *known) if each in known), "")


def _choice(remedy: Remedy) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(step.way for step in remedy.steps if step.way != ANY))
    return found if len(found) > 1 else ()
