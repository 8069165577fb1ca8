"""Which platform a step is for, and which one this server most likely is."""

from collections.abc import Iterable, Mapping

from certwizard.remedies.installed import software_on_disk
from certwizard.remedies.model import ANY, Remedy, Step
from certwizard.remedies.ways import of_way

COMMON_FIRST = ("nginx", "apache", "debian", "postfix", "dovecot")
"""Which platform counts where nothing points at one."""

SERVER_WORDS = {
    "nginx": "nginx",
    "openresty": "nginx",
    "apache": "apache",
    "haproxy": "haproxy",
    "caddy": "caddy",
}
"""How a server names itself in its HTTP ``Server`` line, to the platform of steps."""


def platforms_of(remedies: Iterable[Remedy]) -> tuple[str, ...]:
    """Return the platforms that steps of these remedies are for, in their order, without those for any."""
    return tuple(dict.fromkeys(step.platform for r in remedies for step in r.steps if step.platform != ANY))


def steps_for(remedy: Remedy, platform: str | None, way: str) -> tuple[Step, ...]:
    """Return the steps of a remedy on a platform, by one way to certificates.

    Args:
        remedy: The remedy.
        platform: The platform chosen; where the remedy has no steps of its own for it, a common one counts.
        way: See `certwizard.remedies.ways`.
    """
    own = platforms_of((remedy,))
    common = next((each for each in COMMON_FIRST if each in own), next(iter(own), ANY))
    chosen = platform if platform in own else common
    return tuple(step for step in of_way(remedy, way) if step.platform in (ANY, chosen))


def likely_platform(evidence: Mapping[str, object]) -> str | None:
    """Return the platform that the server's own words point at, or None.

    Args:
        evidence: The evidence of a diagnosis; its ``http_server`` is the ``Server`` line as sent, and its
            ``installed`` says which server's configuration names the certificate.
    """
    for software in software_on_disk(evidence):
        if software in SERVER_WORDS.values() or software in COMMON_FIRST:
            return software
    words = str(evidence.get("http_server") or "").lower()
    return next((platform for word, platform in SERVER_WORDS.items() if word in words), None)
