"""Which proxy to use: the words of an option or of the environment, understood."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError

_EXPECTED = "http://HOST:PORT, socks5://HOST:PORT or socks5h://HOST:PORT"
_DEFAULT_PORTS = {"http": 80, "socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that carries the connection to the server."""

    scheme: str
    """``http`` ``socks5`` or ``socks5h``."""
    host: str
    port: int
    user: str | None = None
    password: str = ""

    @property
    def display_name(self) -> str:
        """The proxy in words, without its password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def parse_proxy(url: str) -> Proxy:
    """Understand a proxy's URL; a bare ``host:port`` means an HTTP proxy, as curl has it.

    Raises:
        OptionError: it names no proxy that can be used here.
    """
    shown = _without_password(url)
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise OptionError(f"the proxy {shown} cannot be understood; expected {_EXPECTED}") from error
    if scheme not in _DEFAULT_PORTS:
        raise OptionError(f"a proxy of the kind {clean(scheme)}:// is not supported; expected {_EXPECTED}")
    if not host:
        raise OptionError(f"the proxy {shown or '(an empty word)'} names no host; expected {_EXPECTED}")
    user = None if parts.username is None else unquote(parts.username)
    return Proxy(scheme, host, port or _DEFAULT_PORTS[scheme], user, unquote(parts.password or ""))


def check_proxy_url(url: str) -> str:
    """Return a proxy's URL as given, once it is known to be one that can be used.

    Raises:
        OptionError: it names no proxy that can be used here.
    """
    parse_proxy(url.strip())
    return url.strip()


def proxy_from_environment(host: str, port: int, environ: Mapping[str, str]) -> str | None:
    """Return the URL of the proxy the environment wants for this server, or None for a direct way.

    HTTPS_PROXY comes before ALL_PROXY, lower case before upper case; NO_PROXY and loopback go direct.

    Raises:
        OptionError: the variable holds no usable proxy.
    """
    if _is_loopback(host) or any(_exempts(entry, host, port) for entry in _no_proxy(environ)):
        return None
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        if url := environ.get(name, "").strip():
            parse_proxy(url)
            return url
    return None


def _without_password(url: str) -> str:
    """Return the URL for a message; what stands before the @ is left out."""
    head, at, tail = url.rpartition("@")
    scheme = head.partition("://")[0] + "://" if "://" in head else ""
    return clean(f"{scheme}{tail}" if at else url)


def _no_proxy(environ: Mapping[str, str]) -> list[str]:
    words = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    return [entry.strip().lower() for entry in words.replace(",", " ").split()]


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _address(host)
    return address is not None and address.is_loopback


def _exempts(entry: str, host: str, port: int) -> bool:
    """Whether a NO_PROXY entry covers the server: ``*``, a name, a suffix, an address or a network."""
    if entry == "*":
        return True
    pattern, wanted_port = _split_port(entry)
    if wanted_port is not None and wanted_port != port:
        return False
    address = _address(host)
    if address is not None:
        return _network_holds(pattern, address)
    suffix = pattern.removeprefix("*").removeprefix(".").rstrip(".")
    return bool(suffix) and (host == suffix or host.endswith(f".{suffix}"))


def _split_port(entry: str) -> tuple[str, int | None]:
    if entry.startswith("["):
        inside, _, rest = entry[1:].partition("]")
        return inside, int(rest[1:]) if rest[1:].isdecimal() else None
    head, _, tail = entry.rpartition(":")
    if head and ":" not in head and tail.isdecimal():
        return head, int(tail)
    return entry, None


def _network_holds(pattern: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return address in ipaddress.ip_network(pattern, strict=False)
    except ValueError:
        return False


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
