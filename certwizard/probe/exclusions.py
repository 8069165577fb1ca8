"""Roots that the administrator of this machine takes out of the system's store on purpose."""

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from certwizard.domain.observation import Anchor, Failure, TrustStore
from certwizard.domain.trust_stores import SYSTEM, is_public
from certwizard.probe.bounded_file import read_bounded
from certwizard.probe.root_files import read_roots

MAX_EXCLUDED = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """Where systems keep what they take out."""

    configuration: str = "/etc/ca-certificates.conf"
    """Debian, Ubuntu, Alpine: a line that begins with ``!`` takes a file of the folder out."""
    folder: str = "/usr/share/ca-certificates"
    blocklists: tuple[str, ...] = (
        "/etc/pki/ca-trust/source/blocklist",
        "/etc/pki/ca-trust/source/blacklist",
        "/usr/share/pki/ca-trust-source/blocklist",
        "/etc/ca-certificates/trust-source/blocklist",
    )
    """Fedora, RHEL, Arch: what lies in these folders is distrusted."""


def with_exclusions(
    records: Iterable[TrustStore], anchors: Iterable[Anchor], settings: Settings | None = None
) -> tuple[TrustStore, ...]:
    """Return the stores, the system's with those public roots that matter here and that it takes out on purpose."""
    wanted = {anchor.der for anchor in anchors if is_public(anchor.stores) and SYSTEM not in anchor.stores}
    if not wanted:
        return tuple(records)
    found = tuple(sha256(der).hexdigest() for der in excluded_roots(settings or Settings()) if der in wanted)
    return tuple(
        replace(record, excluded=tuple(dict.fromkeys(found))) if record.id == SYSTEM else record
        for record in records
    )


def excluded_roots(settings: Settings) -> Iterator[bytes]:
    """Yield the certificates that the settings of this machine take out."""
    for path in _excluded_files(settings):
        found = read_roots(path)
        if not isinstance(found, Failure):
            yield from found


def _excluded_files(settings: Settings) -> Iterator[str]:
    lines = read_bounded(settings.configuration, 1 << 20)
    names = lines.decode("utf-8", "replace").splitlines() if isinstance(lines, bytes) else []
    excluded = [name[1:].strip() for name in names if name.startswith("!")]
    yield from (os.path.join(settings.folder, name) for name in excluded[:MAX_EXCLUDED])
    for folder in settings.blocklists:
        yield from sorted(glob.glob(os.path.join(glob.escape(folder), "*")))[:MAX_EXCLUDED]
