"""The head of an HTTP answer gives its clock and its direction, and nothing it holds can hurt."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certwizard.domain.observation import HttpHint
from certwizard.probe.http_hint import HEAD_LIMIT, may_be_http, parse_head, read_head, request

HERE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def hint(head: bytes) -> HttpHint | None:
    return parse_head(head, HERE, over_tls=True)


def test_the_clock_and_the_direction_are_read() -> None:
    found = hint(
        b"HTTP/1.1 302 Found\r\nServer: nginx\r\nDATE: Mon, 23 Nov 2026 11:59:58 GMT\r\n"
        b"Location: http://portal.example/login\r\n\r\n<html>"
    )
    date = datetime(2026, 11, 23, 11, 59, 58, tzinfo=UTC)
    assert found == HttpHint(302, date, HERE, "http://portal.example/login", "nginx", True)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "yesterday",
        "Mon, 99 Nov 2026 11:59:58 GMT",
        "Mon, 23 Nov 0000 99:99:99 +9999",
        "Mon, 31 Dec 9999 23:59:59 -2359",
    ],
)
def test_a_date_that_makes_no_sense_is_no_date(words: str) -> None:
    found = hint(f"HTTP/1.1 200 OK\r\nDate: {words}\r\n\r\n".encode())
    assert found is not None
    assert found.date is None


def test_a_date_with_another_zone_becomes_utc() -> None:
    found = hint(b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 13:00:00 +0100\r\n\r\n")
    assert found is not None
    assert found.date == HERE


def test_hostile_header_values_are_cleaned() -> None:
    found = hint(b"HTTP/1.1 200 OK\r\nServer: \x1b[2Jevil\r\nLocation: \x9b31m\r\n\r\n")
    assert found is not None
    assert "\x1b" not in (found.server or "")
    assert "\x9b" not in (found.location or "")


@pytest.mark.parametrize(
    "head", [b"", b"220 smtp\r\n", b"HTTP/1.1\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\xff\xfe"]
)
def test_what_is_no_http_gives_no_hint(head: bytes) -> None:
    assert hint(head) is None


@given(st.binary(max_size=3000))
def test_no_answer_breaks_it(tail: bytes) -> None:
    assert hint(b"HTTP/1.1 200 OK\r\n" + tail) is not None


def test_an_endless_head_is_cut() -> None:
    assert len(read_head(lambda: b"X: y\r\n" * 100)) == HEAD_LIMIT


def test_the_request_names_host_and_port_as_browsers_do() -> None:
    assert b"\r\nHost: www.example.com\r\n" in request("HEAD", "www.example.com", 443)
    assert b"\r\nHost: www.example.com:8443\r\n" in request("HEAD", "www.example.com", 8443)
    assert b"\r\nHost: [::1]:8443\r\n" in request("HEAD", "::1", 8443)


@pytest.mark.parametrize(
    ("port", "http"), [(443, True), (8443, True), (993, False), (465, False), (636, False)]
)
def test_ports_of_other_protocols_are_left_alone(port: int, http: bool) -> None:
    assert may_be_http(port) is http
