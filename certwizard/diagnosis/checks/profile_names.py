"""Rules on the names that a server's certificate carries (RFC 5280 4.2.1.6, BR 7.1.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from certwizard.diagnosis.checks.profile_place import Place, Rule
from certwizard.domain.suffixes import is_listed, is_private_suffix

MOST_NAMES = 1000
"""More names than this are not looked at; a public certificate has a hundred at most."""
MOST_WILDCARDS = 100
"""Each costs a search in the list of suffixes."""
MAX_NAME = 253
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_HOST_LIKE = re.compile(r"0x[0-9a-f]+|[^\s/@]*[.:][^\s/@]*[^\s/@.:]", re.IGNORECASE)


def _common_name_not_listed(place: Place) -> str:
    names = place.certificate.san
    if not place.server or names is None or not names.all:
        return ""  # Without a list the names have a cause of their own.
    listed = {*names.dns[:MOST_NAMES], *names.ips[:MOST_NAMES]}
    common = [part.value for part in place.certificate.subject.attributes if part.label == "CN"]
    # A private CA may write a title there; only what looks like a host misleads.
    return _joined(
        name for name in common if name not in listed and (place.public or _HOST_LIKE.fullmatch(name))
    )


def _underscore(place: Place) -> str:
    return _joined(name for name in _hosts(place) if "_" in name and _is_host(name.replace("_", "x")))


def _name_syntax(place: Place) -> str:
    return _joined(name for name in _hosts(place) if name.isascii() and not _is_host(name.replace("_", "x")))


def _name_not_ascii(place: Place) -> str:
    return _joined(name for name in _hosts(place) if not name.isascii())


def _wildcard_on_shared_suffix(place: Place) -> str:
    names = place.certificate.san
    stars = [name for name in (names.dns[:MOST_NAMES] if names else ()) if name.startswith("*.")]
    stars = stars[:MOST_WILDCARDS]
    return _joined(
        name for name in stars if place.server and (is_private_suffix(name[2:]) or is_listed(name[2:]))
    )


def _hosts(place: Place) -> list[str]:
    """Return the host names without the star that may stand first."""
    names = place.certificate.san
    return [name.removeprefix("*.") for name in names.dns[:MOST_NAMES]] if place.server and names else []


def _is_host(name: str) -> bool:
    labels = name.split(".")
    return len(name) <= MAX_NAME and all(_LABEL.fullmatch(label) for label in labels)


def _joined(names: Iterable[str], most: int = 3) -> str:
    found = [name or "(empty)" for name in names]
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


RULES: dict[str, Rule] = {
    "common-name-not-listed": _common_name_not_listed,
    "underscore": _underscore,
    "name-syntax": _name_syntax,
    "name-not-ascii": _name_not_ascii,
    "wildcard-on-shared-suffix": _wildcard_on_shared_suffix,
}
"""The rules of this file by their ids."""
