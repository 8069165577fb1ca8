"""The way through a proxy: what is asked of it, and how its refusals are told."""

import base64

import pytest

from certwizard.domain.observation import Failure, FailureReason
from certwizard.probe.cancel import CancelToken
from certwizard.probe.proxy import Proxy
from certwizard.probe.stream import StepFailed
from certwizard.probe.tunnel import tunnel
from tests.unit.probe_net_servers import Handler, Peer, closed_port, server, silent

HELLO = b"hello from the server"


def through(
    handler: Handler, scheme: str = "http", user: str | None = None, host: str = "www.example.com"
) -> bytes:
    with server(handler) as port:
        proxy = Proxy(scheme, "127.0.0.1", port, user, "secret")
        with tunnel(proxy, host, 443, timeout=5, cancel=CancelToken()) as stream:
            return stream.receive_exactly(len(HELLO))


def failure_through(handler: Handler, scheme: str = "http", user: str | None = None) -> Failure:
    with pytest.raises(StepFailed) as failed:
        through(handler, scheme, user)
    return failed.value.failure


def http_proxy(answer: bytes, asked: list[bytes]) -> Handler:
    def handle(peer: Peer) -> None:
        asked.append(peer.until(b"\r\n\r\n"))
        peer.say(answer)

    return handle


def socks(
    asked: list[bytes], *, method: int = 0, reply: int = 0, bound: bytes = b"\x01\0\0\0\0\0\0"
) -> Handler:
    def handle(peer: Peer) -> None:
        methods = peer.exactly(2)[1]
        asked.append(peer.exactly(methods))
        peer.say(bytes([5, method]))
        if method not in (0, 2):
            return
        if method == 2:
            asked.append(peer.exactly(2 + len("me") + 1 + len("secret")))
            peer.say(b"\x01\x00")
        head = peer.exactly(5)
        asked.append(head + peer.exactly({1: 3, 4: 15}.get(head[3], head[4]) + 2))
        peer.say(bytes([5, reply, 0]) + bound + HELLO)

    return handle


def test_an_http_proxy_is_asked_by_name() -> None:
    asked: list[bytes] = []
    assert (
        through(http_proxy(b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n" + HELLO, asked)) == HELLO
    )
    assert asked[0].startswith(b"CONNECT www.example.com:443 HTTP/1.1\r\nHost: www.example.com:443\r\n")
    assert b"Proxy-Authorization" not in asked[0]


def test_an_ipv6_host_is_written_in_brackets() -> None:
    asked: list[bytes] = []
    through(http_proxy(b"HTTP/1.1 200 OK\r\n\r\n" + HELLO, asked), host="2001:db8::1")
    assert asked[0].startswith(b"CONNECT [2001:db8::1]:443 HTTP/1.1\r\n")


def test_a_name_and_password_go_to_the_proxy() -> None:
    asked: list[bytes] = []
    through(http_proxy(b"HTTP/1.1 200 OK\r\n\r\n" + HELLO, asked), user="me")
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"me:secret") in asked[0]


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])
def test_a_refusal_of_an_http_proxy_is_told_with_its_words(status: str) -> None:
    failure = failure_through(http_proxy(f"HTTP/1.1 {status}\r\n\r\n".encode(), []))
    assert failure.reason is FailureReason.PROXY
    assert failure.detail.endswith(status)


def test_a_proxy_that_speaks_something_else_is_told() -> None:
    failure = failure_through(http_proxy(b"SSH-2.0-OpenSSH_9.9\r\n", []))
    assert failure.reason is FailureReason.PROXY
    assert "SSH-2.0" in failure.detail


def test_endless_header_lines_are_bounded() -> None:
    failure = failure_through(http_proxy(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000, []))
    assert failure.reason is FailureReason.PROXY


def test_a_proxy_that_is_not_there_is_no_failure_of_the_server() -> None:
    proxy = Proxy("http", "127.0.0.1", closed_port())
    with pytest.raises(StepFailed) as failed:
        tunnel(proxy, "www.example.com", 443, timeout=5, cancel=CancelToken())
    assert failed.value.failure.reason is FailureReason.PROXY
    assert "refused" in failed.value.failure.detail


def test_a_silent_proxy_ends_in_time() -> None:
    with server(silent) as port, pytest.raises(StepFailed) as failed:
        tunnel(Proxy("socks5", "127.0.0.1", port), "x", 443, timeout=0.1, cancel=CancelToken())
    assert failed.value.failure.reason is FailureReason.PROXY
    assert "timeout" in failed.value.failure.detail


def test_a_socks_proxy_is_asked_by_name() -> None:
    asked: list[bytes] = []
    assert through(socks(asked), "socks5h") == HELLO
    assert asked == [b"\x00", b"\x05\x01\x00\x03\x0fwww.example.com\x01\xbb"]


@pytest.mark.parametrize(
    ("host", "wire"), [("192.0.2.1", b"\x01\xc0\x00\x02\x01"), ("::1", b"\x04" + bytes(15) + b"\x01")]
)
def test_a_socks_proxy_is_given_addresses_as_bytes(host: str, wire: bytes) -> None:
    asked: list[bytes] = []
    through(socks(asked), "socks5", host=host)
    assert asked[-1] == b"\x05\x01\x00" + wire + b"\x01\xbb"


@pytest.mark.parametrize("bound", [b"\x03\x04name\x00\x00", b"\x04" + bytes(18)])
def test_any_kind_of_bound_address_is_read_over(bound: bytes) -> None:
    assert through(socks([], bound=bound), "socks5") == HELLO


def test_a_name_and_password_go_to_a_socks_proxy() -> None:
    asked: list[bytes] = []
    through(socks(asked, method=2), "socks5", "me")
    assert asked[:2] == [b"\x00\x02", b"\x01\x02me\x06secret"]


def test_a_refusal_of_a_socks_proxy_is_told_by_its_number() -> None:
    failure = failure_through(socks([], reply=5), "socks5")
    assert failure.reason is FailureReason.PROXY
    assert "SOCKS reply 5, connection refused" in failure.detail


@pytest.mark.parametrize("method", [1, 0xFF])
def test_a_socks_proxy_that_wants_another_login_is_told(method: int) -> None:
    failure = failure_through(socks([], method=method), "socks5")
    assert failure.reason is FailureReason.PROXY
    assert "log in" in failure.detail
