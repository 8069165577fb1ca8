"""IP addresses as people and certificates write them."""

import ipaddress
import re

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_ZONE = re.compile(r"[A-Za-z0-9._-]{1,32}")  # ipaddress takes anything at all


def parse_ip(text: str) -> IpAddress | None:
    """Return the address that the text is, with or without brackets, else None."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    zone = address.scope_id if isinstance(address, ipaddress.IPv6Address) else None
    return address if zone is None or _ZONE.fullmatch(zone) else None


def without_zone(address: IpAddress) -> IpAddress:
    """Return the address without its zone (``%eth0``), which is no part of its identity elsewhere."""
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id is not None:
        return ipaddress.IPv6Address(int(address))
    return address


def is_ip(text: str) -> bool:
    """Whether the text is an IPv4 or IPv6 address, with or without brackets."""
    return parse_ip(text) is not None
