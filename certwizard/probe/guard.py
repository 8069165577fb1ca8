"""Decides which addresses a certificate may make this machine contact.

The URLs in a certificate are the words of a stranger. A server on the internet must not be able to point
them at services of the user's own network.
"""

import ipaddress
from collections.abc import Iterable
from enum import StrEnum

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Reach(StrEnum):
    """How far requests may go."""

    INTERNET = "internet"
    """The target is on the internet, so only addresses there."""
    LOCAL = "local"
    """The target is in a private network or a file: everything but link-local addresses."""
    LINK = "link"
    """The target is itself on the local link: everything."""


def reach_for(addresses: Iterable[str], *, files: bool = False) -> Reach:
    """Return how far requests may go for a target with these addresses."""
    known = [address for text in addresses if (address := _parse(text)) is not None]
    if any(address.is_link_local for address in known):
        return Reach.LINK
    if files or any(not address.is_global for address in known):
        return Reach.LOCAL
    return Reach.INTERNET


def objection(address: str, reach: Reach) -> str:
    """Return why an address may not be contacted, or an empty string."""
    parsed = _parse(address)
    if parsed is None or reach is Reach.LINK:
        return ""
    # Cloud machines answer questions about their own secrets on a link-local address.
    if parsed.is_link_local:
        return f"{address} is a link-local address"
    if reach is Reach.INTERNET and not parsed.is_global:
        return f"{address} is in a private network and the target is not"
    return ""


def _parse(text: str) -> _Address | None:
    """Return an address, the IPv4 one where it is wrapped in IPv6."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or address.sixtofour or address
    return address
