"""Requests to the addresses in certificates are bounded in every way."""

from __future__ import annotations

import threading

import pytest

from certwizard.domain.observation import FailureReason
from certwizard.domain.options import ProbeOptions
from certwizard.probe.cancel import CancelToken
from certwizard.probe.fetch import MAX_FETCHES, Fetched, Fetcher
from certwizard.probe.guard import Reach, objection, reach_for
from certwizard.probe.http_exchange import Question
from tests.unit.probe_collect_web import fetcher, web
from tests.unit.probe_net_servers import PATIENCE, Peer, closed_port, server, silent

GET = Question()


def reason(got: Fetched) -> FailureReason | None:
    return got.failure.reason if got.failure else None


def test_a_body_is_fetched_as_it_is_sent() -> None:
    with web() as site:
        url = site.serve("/ca.der", b"\x30\x03abc")
        assert fetcher().fetch(url, GET).body == b"\x30\x03abc"
        assert site.requests[0].head.startswith(b"GET /ca.der HTTP/1.1\r\n")
        assert b"user-agent: certwizard\r\n" in site.requests[0].head.lower()


def test_a_question_with_a_body_is_posted_with_its_type() -> None:
    with web() as site:
        url = site.serve("/ocsp", b"answer")
        got = fetcher().fetch(url, Question(b"question", "application/ocsp-request"))
        assert got.body == b"answer"
        assert (site.requests[0].method, site.requests[0].body) == ("POST", b"question")
        assert b"content-type: application/ocsp-request\r\n" in site.requests[0].head.lower()


def test_a_chunked_body_is_put_together() -> None:
    with web() as site:
        site.answers["/"] = (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
        )
        assert fetcher().fetch(site.url("/"), GET).body == b"abc"


def test_a_body_without_a_length_ends_with_the_connection() -> None:
    with web() as site:
        site.answers["/"] = b"HTTP/1.0 200 OK\r\n\r\nabc"
        assert fetcher().fetch(site.url("/"), GET).body == b"abc"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content"])
def test_another_status_than_200_is_a_failure(status: str) -> None:
    with web() as site:
        got = fetcher().fetch(site.serve("/", b"", status), GET)
        assert reason(got) is FailureReason.HTTP_STATUS
        assert status[:3] in (got.failure.detail if got.failure else "")


def test_redirects_are_followed() -> None:
    with web() as site:
        site.serve("/c", b"there")
        site.redirect("/b", "c")
        assert fetcher().fetch(site.redirect("/a", site.url("/b")), GET).body == b"there"


def test_a_redirect_loop_ends() -> None:
    with web() as site:
        got = fetcher().fetch(site.redirect("/a", "/a"), GET)
        assert reason(got) is FailureReason.NOT_ALLOWED
        assert len(site.requests) == 4


@pytest.mark.parametrize(
    "to", ["https://127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/x", "ldap://[::1]/"]
)
def test_a_redirect_to_another_scheme_is_not_followed(to: str) -> None:
    with web() as site:
        got = fetcher().fetch(site.redirect("/a", to), GET)
        assert reason(got) is FailureReason.NOT_ALLOWED


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/",
        "ldap:///CN=x",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "http://a:99999/",
        "x",
        "",
    ],
)
def test_an_address_that_is_not_plain_http_is_not_asked(url: str) -> None:
    assert reason(fetcher().fetch(url, GET)) is FailureReason.NOT_ALLOWED


def test_line_breaks_in_an_address_cannot_add_header_lines() -> None:
    with web() as site:
        fetcher().fetch(site.url("/a") + "%0d%0aX-Evil: 1\r\nX-Evil: 2?q=\u2028 x", GET)
        assert b"\r\nX-Evil" not in site.requests[0].head


def test_a_body_over_the_limit_is_refused() -> None:
    with web() as site:
        got = fetcher().fetch(site.serve("/", b"x" * 5000), Question(limit=4096))
        assert reason(got) is FailureReason.TOO_LARGE
        assert got.body == b""


def test_an_endless_body_is_cut_at_the_limit() -> None:
    def pour(peer: Peer) -> None:
        peer.say(b"HTTP/1.0 200 OK\r\n\r\n")
        while not peer.over.is_set():
            peer.say(b"x" * 65536)

    with web() as site:
        site.answers["/"] = pour
        assert reason(fetcher().fetch(site.url("/"), Question(limit=1 << 20))) is FailureReason.TOO_LARGE


def test_an_answer_that_drips_ends_at_the_timeout() -> None:
    def drip(peer: Peer) -> None:
        peer.say(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not peer.over.wait(0.02):
            peer.say(b"x")

    with web() as site:
        site.answers["/"] = drip
        got = fetcher(timeout=0.3).fetch(site.url("/"), GET)
        assert reason(got) is FailureReason.TIMEOUT
        assert got.ms < 3000


def test_a_server_that_says_nothing_ends_at_the_timeout() -> None:
    with server(silent) as port:
        assert reason(fetcher(timeout=0.2).fetch(f"http://127.0.0.1:{port}/", GET)) is FailureReason.TIMEOUT


def test_a_closed_port_is_refused() -> None:
    assert reason(fetcher().fetch(f"http://127.0.0.1:{closed_port()}/", GET)) is FailureReason.REFUSED


def test_an_answer_that_is_not_http_is_named() -> None:
    with web() as site:
        site.answers["/"] = b"220 mail.example.com ESMTP\r\n"
        got = fetcher().fetch(site.url("/"), GET)
        assert reason(got) is FailureReason.WRONG_KIND


def test_an_answer_that_breaks_off_is_a_failure() -> None:
    with web() as site:
        site.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"
        assert reason(fetcher().fetch(site.url("/"), GET)) is FailureReason.RESET


def test_a_change_of_protocol_is_no_answer() -> None:
    with web() as site:
        site.answers["/"] = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
        assert fetcher().fetch(site.url("/"), GET).failure is not None


def test_a_request_is_cancelled_while_it_waits() -> None:
    token = CancelToken()

    def cancel(peer: Peer) -> None:
        token.cancel()
        silent(peer)

    with server(cancel) as port:
        got = fetcher(cancel=token).fetch(f"http://127.0.0.1:{port}/", GET)
    assert reason(got) is FailureReason.CANCELLED
    assert got.ms < PATIENCE * 500


def test_the_number_of_requests_is_bounded() -> None:
    with web() as site:
        url, asking = site.serve("/", b"x"), fetcher()
        got = [asking.fetch(url, GET) for _ in range(MAX_FETCHES + 2)]
        assert [reason(one) for one in got[-2:]] == [FailureReason.NOT_ALLOWED] * 2
        assert len(site.requests) == MAX_FETCHES


def test_a_localhost_name_means_this_machine() -> None:
    with web() as site:
        site.serve("/x", b"here")
        assert fetcher().fetch(f"http://pki.localhost:{site.port}/x", GET).body == b"here"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_target_on_the_internet_cannot_point_at_this_machine(host: str) -> None:
    with web() as site:
        got = fetcher(reach=Reach.INTERNET).fetch(f"http://{host}:{site.port}/", GET)
        assert reason(got) is FailureReason.NOT_ALLOWED
        assert not site.requests


def test_a_redirect_cannot_leave_the_reach() -> None:
    with web() as site:
        got = fetcher().fetch(site.redirect("/a", "http://169.254.169.254/latest/meta-data/"), GET)
        assert reason(got) is FailureReason.NOT_ALLOWED


@pytest.mark.parametrize(
    ("addresses", "files", "reach"),
    [
        (["93.184.215.14"], False, Reach.INTERNET),
        (["93.184.215.14", "10.0.0.1"], False, Reach.LOCAL),
        (["127.0.0.1"], False, Reach.LOCAL),
        (["fe80::1%eth0"], False, Reach.LINK),
        ([], True, Reach.LOCAL),
        ([], False, Reach.INTERNET),
    ],
)
def test_the_reach_follows_from_the_target(addresses: list[str], files: bool, reach: Reach) -> None:
    assert reach_for(addresses, files=files) is reach


@pytest.mark.parametrize(
    ("address", "reach", "refused"),
    [
        ("93.184.215.14", Reach.INTERNET, False),
        ("10.1.2.3", Reach.INTERNET, True),
        ("10.1.2.3", Reach.LOCAL, False),
        ("169.254.169.254", Reach.LOCAL, True),
        ("169.254.169.254", Reach.LINK, False),
        ("::ffff:169.254.169.254", Reach.LOCAL, True),
        ("0.0.0.0", Reach.INTERNET, True),
        ("2002:7f00:1::", Reach.INTERNET, True),
        ("fd00::1", Reach.INTERNET, True),
    ],
)
def test_the_guard_objects_to_what_is_out_of_reach(address: str, reach: Reach, refused: bool) -> None:
    assert bool(objection(address, reach)) is refused


def test_an_http_proxy_is_asked_with_the_whole_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with web() as proxy:
        proxy.answers["http://ca.example.com/a.der?x=1"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        options = ProbeOptions(proxy=f"http://me:secret@127.0.0.1:{proxy.port}", timeout=PATIENCE)
        asking = Fetcher(options, Reach.INTERNET, CancelToken())
        assert asking.fetch("http://ca.example.com/a.der?x=1", GET).body == b"ok"
        assert b"proxy-authorization: basic bwu6c2vjcmv0" in proxy.requests[0].head.lower()
        monkeypatch.setenv("http_proxy", f"127.0.0.1:{proxy.port}")
        assert fetcher().fetch("http://ca.example.com/a.der?x=1", GET).body == b"ok"


def test_an_address_of_the_private_network_is_not_asked_through_a_proxy_either() -> None:
    with web() as proxy:
        options = ProbeOptions(proxy=f"http://127.0.0.1:{proxy.port}", timeout=PATIENCE)
        got = Fetcher(options, Reach.INTERNET, CancelToken()).fetch("http://10.0.0.1/", GET)
        assert reason(got) is FailureReason.NOT_ALLOWED
        assert not proxy.requests


def test_several_threads_may_fetch_at_once() -> None:
    with web() as site:
        url, asking = site.serve("/", b"x"), fetcher()
        bodies: list[bytes] = []
        threads = [
            threading.Thread(target=lambda: bodies.append(asking.fetch(url, GET).body)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert bodies == [b"x"] * 8
