"""Platforms of remedies: a step for one platform is shown only when that platform is chosen."""

from collections.abc import Mapping, Sequence

from certwizard.remedies.model import ANY
from certwizard.remedies.platforms import likely_platform

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


def chosen_platform(platforms: Sequence[str], chosen: str, evidence: Mapping[str, object]) -> str:
    """Return the platform to show: the chosen one, else the one the server seems to be, else a common one.

    Args:
        platforms: Those that there are steps for.
        chosen: What the user chose, or empty.
        evidence: The evidence of the diagnosis, with the server's own words on itself.
    """
    found = (chosen, likely_platform(evidence) or "", *COMMON, *platforms)
    return next((each for each in found if each in platforms), ANY)
