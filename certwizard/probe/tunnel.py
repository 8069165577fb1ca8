"""A connection through a proxy: HTTP CONNECT (RFC 9110 section 9.3.6) or SOCKS5 (RFC 1928)."""

import base64
import ipaddress

from certwizard.domain.observation import Failure, FailureReason
from certwizard.probe.cancel import CancelToken
from certwizard.probe.connect import connect
from certwizard.probe.proxy import Proxy
from certwizard.probe.resolve import resolve
from certwizard.probe.stream import BoundedStream, StepFailed, fail

_HEADER_LIMIT = 100

_SOCKS_REPLIES = {
    1: "general failure",
    2: "not allowed by its rules",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
    6: "time to live expired",
    7: "command not supported",
    8: "address type not supported",
}
_NO_AUTH, _PASSWORD_AUTH = 0, 2
_IPV4, _NAME, _IPV6 = 1, 3, 4


def tunnel(proxy: Proxy, host: str, port: int, *, timeout: float, cancel: CancelToken) -> BoundedStream:
    """Connect to a server through a proxy; the proxy resolves the host.

    Raises:
        StepFailed: with reason PROXY for all that goes wrong on the way, or CANCELLED.
    """
    try:
        stream = _connect_to(proxy, timeout, cancel)
    except StepFailed as failed:
        raise _blame(proxy, failed, "cannot be reached") from failed
    try:
        stream.begin_step()
        if proxy.scheme == "http":
            _http_connect(stream, proxy, host, port)
        else:
            _socks5(stream, proxy, host, port)
    except StepFailed as failed:
        stream.close()
        raise _blame(proxy, failed, "does not answer as a proxy") from failed
    return stream


def _connect_to(proxy: Proxy, timeout: float, cancel: CancelToken) -> BoundedStream:
    resolution = resolve(proxy.host, family=None, timeout=timeout, cancel=cancel)
    last = resolution.failure
    for address in resolution.addresses:
        try:
            return connect(address, proxy.port, timeout=timeout, cancel=cancel)
        except StepFailed as failed:
            last = failed.failure
    raise StepFailed(last or Failure(FailureReason.DNS))


def _blame(proxy: Proxy, failed: StepFailed, problem: str) -> StepFailed:
    """Make any failure on the way the proxy's, so that it is not taken for the server's."""
    failure = failed.failure
    if failure.reason is FailureReason.CANCELLED:
        return failed
    if failure.reason is FailureReason.PROXY:
        return fail(FailureReason.PROXY, f"{proxy.display_name}: {failure.detail}")
    return fail(FailureReason.PROXY, f"{proxy.display_name} {problem}: {failure.detail or failure.reason}")


def _http_connect(stream: BoundedStream, proxy: Proxy, host: str, port: int) -> None:
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {authority} HTTP/1.1", f"Host: {authority}", "User-Agent: certwizard"]
    if proxy.user is not None:
        token = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode("ascii")
        lines.append(f"Proxy-Authorization: Basic {token}")
    stream.send("\r\n".join([*lines, "", ""]).encode("utf-8"))
    status = stream.receive_line().decode("latin-1")
    words = status.split(" ", 2)
    if not words[0].startswith("HTTP/1.") or len(words) < 2 or not words[1].isdecimal():
        raise fail(FailureReason.PROXY, f"no HTTP proxy answers there: {status}")
    for _ in range(_HEADER_LIMIT):
        if not stream.receive_line():
            break
    else:
        raise fail(FailureReason.PROXY, "too many header lines")
    if not 200 <= int(words[1]) < 300:
        raise fail(FailureReason.PROXY, " ".join(words[1:]))


def _socks5(stream: BoundedStream, proxy: Proxy, host: str, port: int) -> None:
    methods = bytes([_NO_AUTH]) if proxy.user is None else bytes([_NO_AUTH, _PASSWORD_AUTH])
    stream.send(bytes([5, len(methods)]) + methods)
    version, method = stream.receive_exactly(2)
    if version != 5:
        raise fail(FailureReason.PROXY, "no SOCKS5 proxy answers there")
    if method == _PASSWORD_AUTH and proxy.user is not None:
        _socks5_password(stream, proxy.user, proxy.password)
    elif method != _NO_AUTH:
        raise fail(FailureReason.PROXY, "it wants another way to log in")
    stream.send(b"\x05\x01\x00" + _socks5_address(host) + port.to_bytes(2))
    _, reply, _, kind = stream.receive_exactly(4)
    if reply:
        raise fail(FailureReason.PROXY, f"SOCKS reply {reply}, {_SOCKS_REPLIES.get(reply, 'unknown')}")
    size = {_IPV4: 4, _IPV6: 16}.get(kind) or stream.receive_exactly(1)[0]
    stream.receive_exactly(size + 2)


def _socks5_password(stream: BoundedStream, user: str, password: str) -> None:
    """Log in with a name and password (RFC 1929)."""
    name, word = user.encode()[:255], password.encode()[:255]
    stream.send(bytes([1, len(name)]) + name + bytes([len(word)]) + word)
    if stream.receive_exactly(2)[1]:
        raise fail(FailureReason.PROXY, "it refuses the user name or password")


def _socks5_address(host: str) -> bytes:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        name = host.encode("utf-8")[:255]
        return bytes([_NAME, len(name)]) + name
    return bytes([_IPV4 if address.version == 4 else _IPV6]) + address.packed
