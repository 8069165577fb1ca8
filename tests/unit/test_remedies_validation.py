"""Only what is certainly a name, a port, an address or a path gets into a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certwizard.remedies.validation import (
    host_and_port,
    valid_address,
    valid_certificate_name,
    valid_host,
    valid_host_name,
    valid_path,
    valid_port,
    valid_url,
)


@pytest.mark.parametrize(
    "name", ["example.com", "xn--bcher-kva.example", "a-b.c", "localhost", "_dmarc.example.com"]
)
def test_names_of_letters_digits_and_hyphens_pass(name: str) -> None:
    assert valid_host_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-a.example",
        "a-.example",
        "a b",
        "a;b",
        "$(x)",
        "a\n",
        "bücher.example",
        "a..b",
        "a." * 150,
        "1.2.3.4",
        None,
    ],
)
def test_other_text_is_no_name(name: str | None) -> None:
    assert valid_host_name(name) is None


def test_a_certificate_may_be_asked_for_under_a_wildcard_but_not_under_two() -> None:
    assert valid_certificate_name("*.example.com") == "*.example.com"
    assert valid_certificate_name("*.*.example.com") is None
    assert valid_certificate_name("*") is None


def test_addresses_come_out_in_their_canonical_form() -> None:
    assert valid_address("2001:DB8:0::1") == "2001:db8::1"
    assert valid_address("fe80::1%eth0;x") is None
    assert valid_host("10.0.0.1") == "10.0.0.1"


@pytest.mark.parametrize(("port", "text"), [(443, "443"), (0, None), (65536, None), (-1, None), (None, None)])
def test_ports_lie_between_1_and_65535(port: int | None, text: str | None) -> None:
    assert valid_port(port) == text


@pytest.mark.parametrize(
    "url",
    [
        "http://pki.example/ca.crt",
        "https://[2001:db8::1]:8080/a%20b",
        "http://pki.example/CA(1).crt",
        "http://pki.example?x=1",
    ],
)
def test_plain_web_addresses_pass(url: str) -> None:
    assert valid_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "ldap://x/y",
        "file:///etc/passwd",
        "http://a/b c",
        "http://a/'",
        'http://a/"',
        "http://a/$(x)",
        "http://a/`x`",
        "http://a/\n",
        "http://user:pw@a/",
        "-o/x",
        "http://",
        "http://a/" + "b" * 2000,
    ],
)
def test_other_addresses_do_not(url: str) -> None:
    assert valid_url(url) is None


def test_a_path_that_looks_like_an_option_is_written_as_a_path() -> None:
    assert valid_path("-rf") == "./-rf"
    assert valid_path("chain.pem") == "chain.pem"
    assert valid_path("/srv/a b.pem") == "/srv/a b.pem"
    assert valid_path("a\nb") is None


@given(st.text(max_size=30))
def test_whatever_passes_as_a_name_is_plain(text: str) -> None:
    passed = valid_host_name(text)
    assert passed is None or (passed.isascii() and not set(passed) & set(" \t\n'\"$`;|&<>(){}%\\"))


def test_an_address_of_version_6_stands_in_brackets_before_its_port() -> None:
    assert host_and_port("2001:db8::1", "443") == "[2001:db8::1]:443"
    assert host_and_port("example.com", "443") == "example.com:443"
