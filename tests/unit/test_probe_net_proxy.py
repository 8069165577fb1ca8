"""Which proxy is meant: by an option's words and by the environment."""

import pytest

from certwizard.domain.errors import OptionError
from certwizard.probe.proxy import Proxy, check_proxy_url, parse_proxy, proxy_from_environment

PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://proxy.example:3128", Proxy("http", "proxy.example", 3128)),
        ("http://proxy.example", Proxy("http", "proxy.example", 80)),
        ("proxy.example:3128", Proxy("http", "proxy.example", 3128)),
        ("socks5://[::1]:1080", Proxy("socks5", "::1", 1080)),
        ("SOCKS5H://proxy.example", Proxy("socks5h", "proxy.example", 1080)),
        ("http://me:p%40ss@proxy.example:8080", Proxy("http", "proxy.example", 8080, "me", "p@ss")),
    ],
)
def test_a_proxy_is_understood(url: str, proxy: Proxy) -> None:
    assert parse_proxy(url) == proxy


@pytest.mark.parametrize(
    "url", ["ftp://proxy.example", "https://proxy.example", "http://", "http://x:99999", "http://[::1"]
)
def test_what_names_no_usable_proxy_says_what_is_expected(url: str) -> None:
    with pytest.raises(OptionError, match=r"expected http://HOST:PORT"):
        parse_proxy(url)


def test_a_usable_url_is_given_back_as_it_is() -> None:
    assert check_proxy_url(" socks5://proxy.example:1080 ") == "socks5://proxy.example:1080"
    with pytest.raises(OptionError):
        check_proxy_url("gopher://proxy.example")


def test_a_password_is_never_repeated_in_the_complaint() -> None:
    with pytest.raises(OptionError) as refused:
        parse_proxy("http://me:secret@proxy.example:x")
    assert "secret" not in str(refused.value)
    assert "secret" not in parse_proxy("http://me:secret@proxy.example").display_name


def test_https_proxy_comes_before_all_proxy_and_lower_case_before_upper_case() -> None:
    both = {"ALL_PROXY": "socks5://a.example", "HTTPS_PROXY": "http://b.example"}
    assert proxy_from_environment("www.example.com", 443, both) == "http://b.example"
    assert (
        proxy_from_environment("www.example.com", 443, {**both, "https_proxy": "http://c.example"})
        == "http://c.example"
    )
    assert (
        proxy_from_environment("www.example.com", 443, {"ALL_PROXY": "socks5://a.example"})
        == "socks5://a.example"
    )
    assert proxy_from_environment("www.example.com", 443, {}) is None


def test_a_broken_variable_is_a_clear_error() -> None:
    with pytest.raises(OptionError):
        proxy_from_environment("www.example.com", 443, {"HTTPS_PROXY": "gopher://proxy"})


@pytest.mark.parametrize("host", ["localhost", "expired.localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_always_reached_directly(host: str) -> None:
    assert proxy_from_environment(host, 443, {"HTTPS_PROXY": PROXY}) is None


@pytest.mark.parametrize(
    ("no_proxy", "host", "direct"),
    [
        ("*", "www.example.com", True),
        ("example.com", "www.example.com", True),
        ("example.com", "example.com", True),
        (".example.com", "www.example.com", True),
        ("*.example.com", "www.example.com", True),
        ("EXAMPLE.com", "www.example.com", True),
        ("example.com", "notexample.com", False),
        ("example.com:443", "www.example.com", True),
        ("example.com:8443", "www.example.com", False),
        ("other.example, www.example.com", "www.example.com", True),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "192.0.2.1", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("2001:db8::/32", "2001:db8::7", True),
        ("[2001:db8::7]:443", "2001:db8::7", True),
        ("[2001:db8::7]:8443", "2001:db8::7", False),
        ("", "www.example.com", False),
        (",", "www.example.com", False),
        (".", "www.example.com", False),
    ],
)
def test_no_proxy_names_what_is_reached_directly(no_proxy: str, host: str, direct: bool) -> None:
    found = proxy_from_environment(host, 443, {"HTTPS_PROXY": PROXY, "NO_PROXY": no_proxy})
    assert (found is None) is direct
