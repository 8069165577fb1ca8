"""Strict gates that a value passes before it may stand in a command or in a configuration.

Quoting alone would keep a shell safe; these gates also keep configuration files, option parsers and
people safe, because what passes cannot be mistaken for an option, a second line or another host.
"""

import ipaddress
import re
from pathlib import PurePath

_LABEL = r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"
_HOST_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\Z")
_URL = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    # No brackets or braces behind the host: curl reads them as a range of addresses.
    r"(?:[/?](?:[A-Za-z0-9._~:/?#@!&()*+,;=-]|%[0-9A-Fa-f]{2})*)?\Z"
)
_LONGEST_NAME = 253  # RFC 1035 2.3.4, in its text form
_LONGEST_URL = 1000
_LONGEST_PATH = 1000


def valid_host_name(text: str | None) -> str | None:
    """Return the text if it is a DNS name of letters, digits, hyphens and underscores."""
    if not text or len(text) > _LONGEST_NAME or not _HOST_NAME.match(text):
        return None
    return None if valid_address(text) else text


def valid_certificate_name(text: str | None) -> str | None:
    """Return the text if a certificate can be asked for under it: a DNS name, perhaps ``*.`` before it."""
    rest = text[2:] if text and text.startswith("*.") else text
    return text if valid_host_name(rest) else None


def valid_address(text: str | None) -> str | None:
    """Return the canonical text of an IP address, or None."""
    if text is None or "%" in text:
        return None
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None


def valid_host(text: str | None) -> str | None:
    """Return the text if it is a DNS name or an IP address."""
    return valid_address(text) or valid_host_name(text)


def valid_port(port: int | None) -> str | None:
    """Return the port as text if it is one."""
    return str(port) if port is not None and 0 < port < 65536 else None


def valid_url(text: str | None) -> str | None:
    """Return the text if it is an http or https address without quotes, dollars or control characters."""
    if not text or len(text) > _LONGEST_URL or not _URL.match(text):
        return None
    return text


def valid_path(text: str | None) -> str | None:
    """Return a file's path as an argument that no program takes for an option."""
    if not text or len(text) > _LONGEST_PATH or not text.isprintable():
        return None
    return str(PurePath(".", text)) if not text.startswith("-") else f"./{text}"


def host_and_port(host: str, port: str) -> str:
    """Join host and port, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
