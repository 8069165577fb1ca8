"""Reads ``host:port`` as it stands in a URL or by itself."""

from dataclasses import dataclass
from typing import NoReturn

from certwizard.domain.addresses import parse_ip, without_zone
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import TargetError
from certwizard.domain.idn import HostnameError, checked_alabel

_HIGHEST_PORT = 65535
_EXPECTED_PORT = f"a port from 1 to {_HIGHEST_PORT}"
_EXPECTED_NAME = "a host name such as example.com, or an IP address"
_EXPECTED_IPV6 = "an IPv6 address such as [2001:db8::1]:443"


@dataclass(frozen=True, slots=True)
class Authority:
    """A host with its port."""

    host: str
    server_name: str
    """The host without the zone of an IPv6 address."""
    port: int | None = None
    trailing_dot: bool = False


def parse_authority(text: str, shown: str) -> Authority:
    """Read a name or address with an optional port.

    Args:
        text: The words, without scheme and path.
        shown: What to call the whole in a message.

    Raises:
        TargetError: It is none.
    """
    host, port = _split(text, shown)
    found = parse_name(host, shown)
    return Authority(found.host, found.server_name, _port(port, shown), found.trailing_dot)


def parse_name(text: str, shown: str) -> Authority:
    """Read a host name or an IP address without a port.

    Raises:
        TargetError: It is neither.
    """
    name = text.strip()
    address = parse_ip(name)
    if address is not None:
        return Authority(str(address), str(without_zone(address)))
    if "*" in name:
        raise TargetError(f"{shown}: a wildcard names no single server", "one name, such as www.example.com")
    try:
        encoded = checked_alabel(name)
    except HostnameError as error:
        raise TargetError(f"{shown}: {error}", _EXPECTED_NAME) from error
    if encoded.rpartition(".")[2].isdigit():
        _refuse_number(shown, encoded)
    return Authority(encoded, encoded, trailing_dot=name.endswith((".", "。")))


def _refuse_number(shown: str, name: str) -> NoReturn:
    if "." in name:
        raise TargetError(f"{shown}: {clean(name, 40)} looks like an IP address and is none", _EXPECTED_NAME)
    raise TargetError(f"{shown}: a number alone is no host", _EXPECTED_NAME)


def _split(text: str, shown: str) -> tuple[str, str]:
    """Part the host from the port."""
    if text.startswith("["):
        host, bracket, rest = text.partition("]")
        inner = host[1:].replace("%25", "%")
        if not bracket or parse_ip(inner) is None or ":" not in inner or rest[:1] not in ("", ":"):
            raise TargetError(f"{shown}: the brackets hold no IPv6 address", _EXPECTED_IPV6)
        return inner, rest[1:]
    if text.count(":") >= 2:
        if parse_ip(text) is None:
            raise TargetError(f"{shown}: it has several colons and is no IPv6 address", _EXPECTED_IPV6)
        return text, ""
    host, _, port = text.partition(":")
    if not host:
        raise TargetError(f"{shown}: there is no host", _EXPECTED_NAME)
    return host, port


def _port(text: str, shown: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise TargetError(f"{shown}: {clean(text, 20)} is no port", _EXPECTED_PORT)
    digits = text.lstrip("0")
    port = int(digits) if 0 < len(digits) <= len(str(_HIGHEST_PORT)) else 0
    if not 1 <= port <= _HIGHEST_PORT:
        raise TargetError(f"{shown}: there is no port {clean(text, 20)}", _EXPECTED_PORT)
    return port
