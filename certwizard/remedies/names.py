"""Host, port and names as values: those asked for, and those a new certificate needs."""

import ipaddress
import re

from certwizard.domain.target import TargetKind
from certwizard.remedies.situation import Situation
from certwizard.remedies.validation import (
    host_and_port,
    valid_address,
    valid_certificate_name,
    valid_host,
    valid_host_name,
    valid_port,
)

_MOST_NAMES = 100  # the bound of Let's Encrypt on names in one certificate
_HTTPS = "443"
# RFC 6761, RFC 6762, RFC 8375 and ICANN's reservation of .internal: no public CA may issue for these.
_PRIVATE_ENDINGS = frozenset(
    {"local", "localhost", "test", "example", "invalid", "internal", "lan", "home", "corp"}
)


def host(situation: Situation) -> str:
    """Return the host that is connected to."""
    return valid_host(situation.diagnosis.target.host) or "YOUR-HOST"


def port(situation: Situation) -> str:
    """Return the port that is connected to."""
    return valid_port(situation.diagnosis.target.port) or _HTTPS


def name(situation: Situation) -> str:
    """Return the DNS name to be served."""
    return valid_host_name(situation.asked_name) or "YOUR-NAME"


def subject(situation: Situation) -> str:
    """Return the name or address to be served."""
    return valid_host(situation.asked_name) or "YOUR-NAME"


def target_label(situation: Situation) -> str:
    """Return ``host:port`` as reports name the target, safe inside quotes of any configuration."""
    return host_and_port(host(situation), port(situation))


def resource_name(situation: Situation) -> str:
    """Return the name as Kubernetes takes it: lower case, digits and hyphens (RFC 1123), at most 63."""
    words = subject(situation).lower().replace("*", "wildcard")
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:58].strip("-")


def is_private(asked: str | None) -> bool:
    """Return whether no public CA may issue for a name or address, because it is not unique in the world."""
    address = valid_address(asked)
    if address is not None:
        return not ipaddress.ip_address(address).is_global
    labels = (valid_host_name(asked) or "your.name").lower().split(".")
    return len(labels) == 1 or labels[-1] in _PRIVATE_ENDINGS or labels[-2:] == ["home", "arpa"]


def needs_private_ca(situation: Situation) -> bool:
    """Return whether only a private CA can issue: for a private name, unless a public one has done so."""
    diagnosis = situation.diagnosis
    public = diagnosis.trusted and diagnosis.path and "mozilla" in diagnosis.path[-1].stores
    covered = any(match.matches for match in diagnosis.names)
    return is_private(situation.asked_name) and not (public and covered)


def live_folder(situation: Situation) -> str:
    """Return the folder the server reads its files from: certbot's, or one of its own for private names."""
    if needs_private_ca(situation):
        return f"/etc/ssl/{subject(situation)}"
    return f"/etc/letsencrypt/live/{name(situation)}"


def alt_names(situation: Situation) -> str:
    """Return the subjectAltName value for openssl: the asked name and those already served beside it."""
    entries = [f"DNS:{wanted}" for wanted in wanted_names(situation)]
    address = valid_address(situation.asked_name)
    if address:
        entries.append(f"IP:{address}")
    return ",".join(entries) or "DNS:YOUR-NAME"


def wanted_names(situation: Situation) -> tuple[str, ...]:
    """Return the names a new certificate needs: the one asked for, then its kin of the old certificate."""
    asked = valid_certificate_name(situation.asked_name)
    leaf = situation.leaf
    asks_for_address = valid_address(situation.asked_name) is not None
    served = leaf.san.dns if leaf is not None and leaf.san is not None and not asks_for_address else ()
    valid = (entry.lower() for entry in served if valid_certificate_name(entry))
    kin = (entry for entry in valid if _akin(entry, asked))
    return tuple(dict.fromkeys((*((asked,) if asked else ()), *kin)))[:_MOST_NAMES]


def _akin(served: str, asked: str | None) -> bool:
    """Return whether a served name stands in the asked name's domain, so that one owner holds both."""
    if asked is None:
        return True
    from certwizard.domain.suffixes import registrable_domain

    domain = registrable_domain(asked)
    plain = served.removeprefix("*.")
    return plain == domain or (domain is not None and plain.endswith(f".{domain}"))


def certbot_names(situation: Situation) -> tuple[str, ...]:
    """Return ``-d NAME`` for each name of the new certificate."""
    wanted = wanted_names(situation) or ("YOUR-NAME",)
    return tuple(word for entry in wanted for word in ("-d", entry))


def names_text(situation: Situation) -> str:
    """Return the names of the new certificate for people to read."""
    return ", ".join(wanted_names(situation)) or subject(situation)


def docker_registry(situation: Situation) -> str | None:
    """Return the name under which Docker knows a registry: with its port, unless that is 443."""
    known, at = valid_host_name(situation.diagnosis.target.host), port(situation)
    if known is None:
        return None
    return known if at == _HTTPS else host_and_port(known, at)


def url(situation: Situation) -> str | None:
    """Return the https address of the server; None where files were read."""
    if situation.diagnosis.target.kind is TargetKind.FILES:
        return None
    shown, at = subject(situation), port(situation)
    if ":" in shown:
        shown = f"[{shown}]"
    return f"https://{shown}/" if at == _HTTPS else f"https://{shown}:{at}/"
