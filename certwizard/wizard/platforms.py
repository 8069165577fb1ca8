"""Platforms of remedies: a step for one platform is shown only when that platform is chosen."""

from collections.abc import Iterable, Sequence

from certwizard.domain.observation import Observation
from certwizard.remedies.model import Remedy, Step

ANY = "any"
COMMON = ("nginx", "debian")

TITLES = {
    "nginx": "nginx", "apache": "Apache", "haproxy": "HAProxy", "caddy": "Caddy", "iis": "IIS",
    "debian": "Debian and Ubuntu", "rhel": "RHEL and Fedora", "alpine": "Alpine", "arch": "Arch",
    "suse": "SUSE", "macos": "macOS", "windows": "Windows", "java": "Java", "node": "Node.js",
    "python": "Python", "firefox": "Firefox", "postfix": "Postfix", "dovecot": "Dovecot",
    "postgres": "PostgreSQL", "mysql": "MySQL", "openldap": "OpenLDAP", "docker": "Docker",
    "kubernetes": "Kubernetes", "systemd": "systemd", "prometheus": "Prometheus", "nagios": "Nagios",
    "icinga": "Icinga", "github": "GitHub", "gitlab": "GitLab", "cert-manager": "cert-manager",
    "cron": "cron", "certbot": "certbot", "acme.sh": "acme.sh",
}  # fmt: skip


def platform_title(platform: str) -> str:
    """Return how a platform is called.

    Args:
        platform: Its id.
    """
    return TITLES.get(platform, platform)


def platforms_of(remedies: Iterable[Remedy]) -> tuple[str, ...]:
    """Return the platforms that steps of these remedies are for, in their order, without those for any.

    Args:
        remedies: Remedies shown together.
    """
    found = {step.platform: None for remedy in remedies for step in remedy.steps if step.platform != ANY}
    return tuple(found)


def chosen_platform(platforms: Sequence[str], chosen: str, observation: Observation) -> str:
    """Return the platform to show: the chosen one, else the one the server names itself, else a common one.

    Args:
        platforms: Those that there are steps for.
        chosen: What the user chose, or empty.
        observation: What was seen, with the server's own words on itself.
    """
    if chosen in platforms:
        return chosen
    own = (observation.http.server or "").lower() if observation.http else ""
    # A server's configuration on this machine that names the certificate is surer than the server's own word.
    software = [each.software for each in observation.installed if each.named_in]
    named = [each for each in software if each in platforms] + [each for each in platforms if each in own]
    common = [each for each in COMMON if each in platforms]
    return next(iter([*named, *common, *platforms]), ANY)


def steps_for(remedy: Remedy, platform: str) -> tuple[Step, ...]:
    """Return the steps of a remedy on a platform; all, where it has none of its own there.

    Args:
        remedy: The remedy.
        platform: The platform chosen.
    """
    own = {step.platform for step in remedy.steps} - {ANY}
    if own and platform not in own:
        platform = next(step.platform for step in remedy.steps if step.platform != ANY)
    return tuple(step for step in remedy.steps if step.platform in (ANY, platform))
