"""Which names of a certificate cover the asked one, and why the others do not."""

from time import process_time

import pytest

from certwizard.domain.certificate import SubjectAltNames
from certwizard.domain.hostname import (
    HostnameError,
    MatchReason,
    NameMatch,
    is_ip,
    match_names,
    registrable_domain,
    to_alabel,
    to_ulabel,
)
from certwizard.domain.idn import checked_alabel


def against(asked: str, entry: str) -> NameMatch:
    (match,) = match_names(asked, SubjectAltNames(dns=(entry,)))
    return match


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("example.com", "example.com"),
        ("EXAMPLE.com", "Example.COM"),
        ("example.com.", "example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("a_b.example.com", "a_b.example.com"),
        ("localhost", "localhost"),
    ],
)
def test_the_same_name_matches_in_every_spelling(asked: str, entry: str) -> None:
    match = against(asked, entry)

    assert match.matches
    assert match.reason is MatchReason.MATCH


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("www.example.com", "*.example.com"),
        ("WWW.example.com", "*.EXAMPLE.com"),
        ("xn--bcher-kva.example.com", "*.example.com"),
        ("me.github.io", "*.github.io"),
        ("a.example.co.uk", "*.example.co.uk"),
    ],
)
def test_a_wildcard_covers_one_whole_label(asked: str, entry: str) -> None:
    match = against(asked, entry)

    assert match.matches
    assert match.reason is MatchReason.WILDCARD_MATCH
    assert all(match.label_ok)


@pytest.mark.parametrize(
    ("asked", "entry", "reason"),
    [
        ("example.com", "*.example.com", MatchReason.APEX),
        ("a.b.example.com", "*.example.com", MatchReason.WILDCARD_DEPTH),
        ("www.com", "*.com", MatchReason.WILDCARD_PUBLIC_SUFFIX),
        ("www.co.uk", "*.co.uk", MatchReason.WILDCARD_PUBLIC_SUFFIX),
        ("foo.example.com", "f*.example.com", MatchReason.PARTIAL_WILDCARD),
        ("foo.example.com", "*o.example.com", MatchReason.PARTIAL_WILDCARD),
        ("xn--bcher-kva.example.com", "xn--*.example.com", MatchReason.PARTIAL_WILDCARD),
        ("www.sub.example.com", "www.*.example.com", MatchReason.NOT_LEFTMOST_WILDCARD),
        ("a.b.example.com", "*.*.example.com", MatchReason.NOT_LEFTMOST_WILDCARD),
        ("example.com", "*", MatchReason.BARE_WILDCARD),
        ("example.com", "*.*", MatchReason.BARE_WILDCARD),
        ("a_b.example.com", "*.example.com", MatchReason.UNDERSCORE),
        ("example.com", "example.com.", MatchReason.TRAILING_DOT),
        ("example.com.", "example.com.", MatchReason.TRAILING_DOT),
        ("bücher.example", "bücher.example", MatchReason.IDN_FORM),
        ("www.example.com", "example.com", MatchReason.NEAR_MISS),
        ("example.com", "www.example.com", MatchReason.NEAR_MISS),
        ("example.com", "example.org", MatchReason.NEAR_MISS),
        ("example.com", "exmaple.com", MatchReason.NEAR_MISS),
        ("shop.example.co.uk", "mail.example.co.uk", MatchReason.NEAR_MISS),
        ("one.co.uk", "another.co.uk", MatchReason.OTHER_DOMAIN),
        ("me.github.io", "someone-else.github.io", MatchReason.OTHER_DOMAIN),
        ("example.com", "unrelated.net", MatchReason.OTHER_DOMAIN),
        ("example.com", "*.unrelated.net", MatchReason.OTHER_DOMAIN),
        ("example.com", "evilexample.com", MatchReason.OTHER_DOMAIN),
        ("example.com", "https://example.com", MatchReason.NOT_A_NAME),
        ("example.com", "example.com:443", MatchReason.NOT_A_NAME),
        ("example.com", " example.com", MatchReason.NOT_A_NAME),
        ("example.com", ".example.com", MatchReason.NOT_A_NAME),
        ("example.com", "", MatchReason.NOT_A_NAME),
        ("example.com", "example.com\\x00.evil.net", MatchReason.NOT_A_NAME),
        ("192.0.2.1", "192.0.2.1", MatchReason.IP_ADDRESS),
        ("192.0.2.1", "example.com", MatchReason.IP_ADDRESS),
        ("192.0.2.1", "*.0.2.1", MatchReason.WILDCARD_IP),
        ("example.com", "192.0.2.1", MatchReason.OTHER_DOMAIN),
    ],
)
def test_each_miss_has_its_reason_and_a_plain_sentence(asked: str, entry: str, reason: MatchReason) -> None:
    match = against(asked, entry)

    assert not match.matches
    assert match.reason is reason
    assert match.note
    assert len(match.note) < 120


def test_the_note_counts_the_labels_a_wildcard_lacks() -> None:
    assert against("a.b.example.com", "*.example.com").note == (
        "a wildcard covers exactly one label; this name needs two"
    )


def test_labels_are_compared_flush_right() -> None:
    match = against("a.b.example.com", "*.example.com")

    assert match.asked_labels == ("a", "b", "example", "com")
    assert match.entry_labels == ("*", "example", "com")
    assert match.label_ok == (False, True, True, True)
    assert against("example.com", "*.example.com").label_ok == (False, True, True)
    assert against("www.example.com", "www.example.org").label_ok == (True, True, False)
    assert against("www.co.uk", "*.co.uk").label_ok == (False, True, True)


def test_addresses_match_address_entries_in_every_spelling() -> None:
    san = SubjectAltNames(dns=("example.com",), ips=("192.0.2.1", "2001:db8::1"))

    assert match_names("192.0.2.1", san)[0].entry == "192.0.2.1"
    assert match_names("2001:DB8:0::1", san)[0].matches
    assert match_names("[2001:db8::1]", san)[0].matches
    assert match_names("fe80::1%eth0", SubjectAltNames(ips=("fe80::1",)))[0].matches
    assert {match.reason for match in match_names("192.0.2.9", san)} == {
        MatchReason.OTHER_ADDRESS,
        MatchReason.IP_ADDRESS,
    }


def test_an_address_written_as_a_name_says_where_it_belongs() -> None:
    assert "IP entry" in against("192.0.2.1", "192.0.2.1").note


def test_entries_of_other_kinds_never_match_a_server() -> None:
    san = SubjectAltNames(
        ips=("192.0.2.1",), emails=("example.com",), uris=("https://example.com/",), others=("example.com",)
    )
    matches = match_names("example.com", san)

    assert {match.reason for match in matches} == {MatchReason.OTHER_KIND}
    assert {match.kind for match in matches} == {"ip", "other"}


def test_the_best_entry_comes_first_and_the_order_is_kept_among_equals() -> None:
    san = SubjectAltNames(dns=("z.net", "b.net", "*.example.com", "example.com", "www.example.com"))

    assert [match.entry for match in match_names("www.example.com", san)] == [
        "www.example.com", "*.example.com", "example.com", "z.net", "b.net",
    ]  # fmt: skip


def test_no_names_give_no_matches() -> None:
    assert match_names("example.com", SubjectAltNames()) == ()


def test_ten_thousand_names_are_compared_in_a_moment() -> None:
    dns = tuple(f"host{number}.example{number % 7}.com" for number in range(10_000))
    started = process_time()
    matches = match_names("hosts1.example1.com", SubjectAltNames(dns=dns))

    assert process_time() - started < 0.5
    assert len(matches) == 10_000
    assert matches[0].reason is MatchReason.NEAR_MISS


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("Bücher.DE", "xn--bcher-kva.de"),
        ("faß.de", "xn--fa-hia.de"),
        ("日本。jp", "xn--wgv71a.jp"),
        ("EXAMPLE.com.", "example.com"),
        ("i❤.ws", "xn--i-7iq.ws"),
        ("_dmarc.example.com", "_dmarc.example.com"),
    ],
)
def test_international_names_become_a_labels_as_in_browsers(name: str, encoded: str) -> None:
    assert to_alabel(name) == encoded


@pytest.mark.parametrize(
    "name",
    ["", ".", "a..b", "-a.de", "a-.de", "a b.de", "a/b", "x" * 64 + ".de", ".".join(["abc"] * 80),
     "a\u202eb.de", "x\u200dy.de", "\ud800.de", "é" * 2000, "\x00.de"],
)  # fmt: skip
def test_nonsense_is_no_host_name_and_the_error_says_why(name: str) -> None:
    assert to_alabel(name) is None
    with pytest.raises(HostnameError) as caught:
        checked_alabel(name)
    assert str(caught.value).isprintable()


def test_a_labels_are_shown_as_letters_where_they_lead_back() -> None:
    assert to_ulabel("xn--bcher-kva.de") == "bücher.de"
    assert to_ulabel("www.example.com") == "www.example.com"
    assert to_ulabel("xn--999999999.de") == "xn--999999999.de"
    assert to_ulabel("a\x1b.xn--bcher-kva.de") == "a\\x1b.xn--bcher-kva.de"


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("www.example.com", "example.com"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("me.github.io", "me.github.io"),
        ("github.io", None),
        ("co.uk", None),
        ("com", None),
        ("host.internal", "host.internal"),
        ("www.city.kobe.jp", "city.kobe.jp"),
        ("a.b.c.kobe.jp", "b.c.kobe.jp"),
    ],
)
def test_the_registrable_domain_follows_the_public_suffix_list(name: str, domain: str | None) -> None:
    assert registrable_domain(name) == domain


def test_addresses_are_told_from_names() -> None:
    assert all(map(is_ip, ("192.0.2.1", "::1", "[::1]", "fe80::1%eth0")))
    assert not any(map(is_ip, ("example.com", "1.2.3", "999.1.1.1", "", "fe80::1%\x1b[31m", "[::1")))
