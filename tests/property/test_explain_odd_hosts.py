"""Whatever stands in or around a server's name: the true one is found or none, never a piece of it."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certwizard.explain.engine import explain

HOST = "shop.eu.example.com"
SAYING = (
    "curl: (60) SSL certificate problem: certificate has expired, GET https://{}/index.html",
    "fatal: unable to access 'https://{}/a.git/': server certificate verification failed.",
    "HTTPSConnectionPool(host='{}', port=443): Max retries exceeded",
    "x509: certificate is valid for a.example, not {}",
    "openssl s_client -connect {}:443",
    "{} uses an invalid security certificate.",
    "Cannot connect to host {}:443 ssl:True",
    '{{"level":"error","url":"https://{}","msg":"certificate has expired"}}',
    "smtp://{} certificate has expired",
    "server_name={} certificate has expired",
    "see <https://{}>: certificate has expired",
)
# No "=" or ":" (a key stands before one as often as a piece of a name), and no escape (it takes letters with it).
ODD = st.text(
    alphabet="$(){}[]<>'\"`*%&!~^|\\+,;…\u00b7\u2028\x00" + string.whitespace, min_size=1, max_size=4
)
PLACE = st.integers(1, len(HOST) - 1)


def host_in(text: str) -> str | None:
    target = explain(text).target
    return target.host if target else None


@pytest.mark.parametrize("saying", SAYING)
def test_a_whole_name_is_found(saying: str) -> None:
    assert host_in(saying.format(HOST)) == HOST


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SAYING[:3] + SAYING[4:]), PLACE, ODD)
def test_odd_signs_within_a_name_never_leave_a_piece_of_it(saying: str, place: int, odd: str) -> None:
    text = saying.format(HOST[:place] + odd + HOST[place:])
    assert host_in(text) in (None, HOST) or any(char.isspace() for char in odd)


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from(SAYING), st.integers(1, 90))
def test_a_text_broken_at_any_width_never_leaves_a_piece_of_a_name(saying: str, width: int) -> None:
    text = saying.format(HOST)
    broken = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    assert host_in(broken) in (None, HOST)


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from(SAYING), st.integers(0, 120), st.sampled_from(["", "...", "…", " [truncated]"]))
def test_a_text_cut_off_anywhere_never_leaves_a_piece_of_a_name(saying: str, length: int, mark: str) -> None:
    text = saying.format(HOST)[:length] + mark
    assert host_in(text) in (None, HOST, *LISTED)


LISTED = ("shop.eu", "shop.eu.example", "shop.eu.example.co")
"""Where it is cut a name may end as names do: nothing in the text shows then that there was more."""


@pytest.mark.parametrize(
    "text",
    [
        "https://a$(id).example.com",
        "https://a`id`.example.com/ certificate has expired",
        "https://${TENANT}.example.com/ certificate has expired",
        "https://a.${DOMAIN}/ certificate has expired",
        "https://{env}.example.com certificate has expired",
        "https://a%2eb.example.com certificate has expired",
        "https://user:pa/ss@host.example.com certificate has expired",
        "https://shop.example.com:44x certificate has expired",
        "https://shop.example.com:443000 certificate has expired",
        "https://" + "a" * 300 + ".example.com/ certificate has expired",
        "https://shop.exam... certificate has expired",
        "a$(id).example.com:443 certificate has expired",
        "a$(id).example.com uses an invalid security certificate",
    ],
)
def test_of_a_name_that_cannot_be_told_nothing_is_claimed(text: str) -> None:
    assert host_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.<b>eu</b>.example.com/x certificate has expired",
        "https://shop.eu.<wbr>example.com: certificate has expired",
        "https://shop.eu.example.com\ncertificate has expired",
        "(https://shop.eu.example.com) certificate has expired",
        "https://shop.eu.example.com, certificate has expired",
        "see https://shop.eu.example.com. The certificate has expired",
        "[\"https://shop.eu.example.com\",\"certificate has expired\"]",
        "https:\\/\\/shop.eu.example.com\\/x certificate has expired",
        "<url>https://shop.eu.example.com</url> certificate has expired",
        "https://joe:secret@shop.eu.example.com:8443/x certificate has expired",
        "https://shop.eu.example.com?x=1 certificate has expired",
        "| https://shop.eu.example.com | certificate has expired |",
    ],
)  # fmt: skip
def test_a_name_is_found_among_what_usually_stands_around_it(text: str) -> None:
    assert host_in(text) == HOST
