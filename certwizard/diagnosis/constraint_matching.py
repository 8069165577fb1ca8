"""Whether a name lies in a subtree, form by form (RFC 5280 4.2.1.10)."""

from __future__ import annotations

from urllib.parse import urlsplit

from certwizard.diagnosis.constraint_names import DIRECTORY, DNS, EMAIL, IP, URI, Name


def lies_in(name: Name, base: Name) -> bool:
    """Return whether a name lies in the subtree of a base of its own form."""
    if name.tag != base.tag:
        return False
    if name.tag == DNS:
        return _host_lies_in(_bare(name.text), base.text.lower())
    if name.tag == IP:
        return _address_lies_in(name.octets, base.octets)
    if name.tag == EMAIL:
        return _mailbox_lies_in(name.text, base.text)
    if name.tag == URI:
        return _domain_lies_in(_host_of(name.text), base.text)
    return name.tag == DIRECTORY and name.directory[: len(base.directory)] == base.directory


def may_stand_for(name: Name, base: Name) -> bool:
    """Return whether a wildcard that does not lie in an excluded subtree could stand for its very base."""
    if name.tag != DNS or base.tag != DNS or not name.text.startswith("*."):
        return False
    return base.text.lower().lstrip(".").partition(".")[2] == _bare(name.text)


def _bare(name: str) -> str:
    """Return a host name for comparing: a wildcard is as good as the names right below."""
    return name.lower().rstrip(".").removeprefix("*.")


def _host_lies_in(name: str, base: str) -> bool:
    if base.startswith("."):
        return name.endswith(base) and name != base
    return not base or name == base or name.endswith("." + base)


def _address_lies_in(address: bytes, base: bytes) -> bool:
    """Compare under the mask as it stands, which need not be a run of ones."""
    half = len(base) // 2
    if len(address) not in (4, 16) or len(base) != 2 * len(address):
        return False
    return all(a & mask == b & mask for a, b, mask in zip(address, base[:half], base[half:], strict=True))


def _mailbox_lies_in(mailbox: str, base: str) -> bool:
    local, _, host = mailbox.rpartition("@")
    if "@" in base:
        wanted_local, _, wanted_host = base.rpartition("@")
        return local == wanted_local and host.lower() == wanted_host.lower()
    return _domain_lies_in(host, base)


def _domain_lies_in(host: str, base: str) -> bool:
    host, base = host.lower(), base.lower()
    return host.endswith(base) if base.startswith(".") else host == base


def _host_of(uri: str) -> str:
    try:
        return urlsplit(uri).hostname or ""
    except ValueError:
        return ""
