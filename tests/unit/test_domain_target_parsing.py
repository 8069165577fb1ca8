"""Every way in which people name a server or a file."""

import pytest

from certwizard.domain.errors import TargetError
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.domain.target_parsing import files_target, parse_target


def parsed(text: str, *files: str, **options: str | None) -> Target:
    return parse_target(text, is_file=lambda path: path in files, **options)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("example.com", "example.com", 443),
        ("example.com:8443", "example.com", 8443),
        ("example.com:", "example.com", 443),
        ("example.com/path?query#part", "example.com", 443),
        ("example.com:8443/path", "example.com", 8443),
        ("https://example.com/path", "example.com", 443),
        ("HTTPS://EXAMPLE.COM:99/", "example.com", 99),
        ("https:/example.com", "example.com", 443),
        ("https://user:secret@example.com:99/x?q=1#f", "example.com", 99),
        ("http://example.com/", "example.com", 443),
        ("http://example.com:8080/", "example.com", 8080),
        ("[2001:db8::1]:443", "2001:db8::1", 443),
        ("[2001:DB8:0::1]", "2001:db8::1", 443),
        ("https://[2001:db8::1]:8443/x", "2001:db8::1", 8443),
        ("2001:db8::1", "2001:db8::1", 443),
        ("fe80::1%eth0", "fe80::1%eth0", 443),
        ("https://[fe80::1%25eth0]/", "fe80::1%eth0", 443),
        ("192.0.2.1", "192.0.2.1", 443),
        ("192.0.2.1:8443", "192.0.2.1", 8443),
        ("  example.com \n", "example.com", 443),
        ("Bücher.example", "xn--bcher-kva.example", 443),
        ("xn--bcher-kva.example", "xn--bcher-kva.example", 443),
        ("localhost", "localhost", 443),
        ("a_b.example.com", "a_b.example.com", 443),
        ("example.com:00443", "example.com", 443),
    ],
)
def test_a_server_is_understood_in_every_form(text: str, host: str, port: int) -> None:
    target = parsed(text)

    assert target.kind is TargetKind.SERVER
    assert (target.host, target.port, target.starttls) == (host, port, None)
    assert target.server_name == host.partition("%")[0]


@pytest.mark.parametrize(
    ("scheme", "port", "starttls"),
    [
        ("smtp", 25, Starttls.SMTP),
        ("smtps", 465, None),
        ("submission", 587, Starttls.SMTP),
        ("imap", 143, Starttls.IMAP),
        ("imaps", 993, None),
        ("pop3", 110, Starttls.POP3),
        ("pop3s", 995, None),
        ("ftp", 21, Starttls.FTP),
        ("ldap", 389, Starttls.LDAP),
        ("ldaps", 636, None),
        ("xmpp", 5222, Starttls.XMPP),
        ("xmpp-server", 5269, Starttls.XMPP_SERVER),
        ("postgres", 5432, Starttls.POSTGRES),
        ("mysql", 3306, Starttls.MYSQL),
        ("sieve", 4190, Starttls.SIEVE),
        ("nntp", 119, Starttls.NNTP),
        ("lmtp", 24, Starttls.LMTP),
    ],
)
def test_the_scheme_sets_port_and_starttls(scheme: str, port: int, starttls: Starttls | None) -> None:
    target = parsed(f"{scheme}://mail.example.com")

    assert (target.port, target.starttls) == (port, starttls)
    assert parsed(f"{scheme}://mail.example.com:2525").starttls is starttls


@pytest.mark.parametrize(
    ("port", "starttls"),
    [(25, "smtp"), (587, "smtp"), (143, "imap"), (110, "pop3"), (21, "ftp"), (389, "ldap"), (5222, "xmpp"),
     (5269, "xmpp-server"), (5432, "postgres"), (3306, "mysql"), (4190, "sieve"), (119, "nntp"),
     (465, None), (993, None), (8443, None)],
)  # fmt: skip
def test_a_well_known_port_implies_its_starttls(port: int, starttls: str | None) -> None:
    assert parsed(f"mail.example.com:{port}").starttls == starttls
    assert parsed(f"https://mail.example.com:{port}").starttls is None


def test_the_starttls_option_overrides_scheme_and_port() -> None:
    assert parsed("mail.example.com:25", starttls="lmtp").starttls is Starttls.LMTP
    assert parsed("https://mail.example.com", starttls="IMAP").starttls is Starttls.IMAP
    assert parsed("mail.example.com", starttls="imap").port == 143
    assert parsed("mail.example.com:9999", starttls="submission").port == 9999


def test_the_name_to_send_can_be_another() -> None:
    target = parsed("192.0.2.1", sni="Bücher.example")

    assert (target.host, target.server_name) == ("192.0.2.1", "xn--bcher-kva.example")


@pytest.mark.parametrize(
    ("connect", "host", "port"),
    [("192.0.2.1", "192.0.2.1", None), ("192.0.2.1:8443", "192.0.2.1", 8443), ("[::1]:99", "::1", 99),
     ("::1", "::1", None), ("other.example:1", "other.example", 1)],
)  # fmt: skip
def test_connecting_elsewhere_keeps_the_name(connect: str, host: str, port: int | None) -> None:
    target = parsed("example.com", connect=connect)

    assert (target.host, target.port, target.server_name) == ("example.com", 443, "example.com")
    assert (target.connect_host, target.connect_port) == (host, port)


def test_a_trailing_dot_is_remembered_and_dropped() -> None:
    target = parsed("https://example.com./")

    assert target.trailing_dot
    assert (target.host, target.server_name) == ("example.com", "example.com")
    assert not parsed("example.com").trailing_dot


def test_the_password_of_a_url_is_not_kept() -> None:
    assert parsed("https://user:secret@example.com/x").input == "https://example.com/x"


def test_the_words_of_the_user_are_kept_clean() -> None:
    assert parsed(" Bücher.example ").input == "Bücher.example"


@pytest.mark.parametrize(
    "path",
    ["/etc/ssl/chain.pem", "./chain", "../x/leaf.crt", "leaf.pem", "leaf", "certs/leaf", "my server.pem",
     "C:\\certs\\leaf.cer", "certificate.2026", "chain.with.dots"],
)  # fmt: skip
def test_an_existing_file_is_a_target_of_files(path: str) -> None:
    target = parsed(path, path)

    assert target.kind is TargetKind.FILES
    assert target.files == (path,)
    assert target.host is None
    assert target.display_name == path


def test_a_file_that_is_named_like_a_public_host_does_not_hide_the_host() -> None:
    assert parsed("example.com", "example.com").kind is TargetKind.SERVER
    assert parsed("localhost", "localhost").kind is TargetKind.SERVER
    assert parsed("./example.com", "./example.com").kind is TargetKind.FILES


def test_a_file_url_and_a_home_path_are_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")

    assert parsed("file:///etc/ssl/x.pem", "/etc/ssl/x.pem").files == ("/etc/ssl/x.pem",)
    assert parsed("~/x.pem", "/home/somebody/x.pem").files == ("/home/somebody/x.pem",)


@pytest.mark.parametrize(
    "path", ["/no/such", "./leaf", "leaf.pem", "certs/leaf", "C:\\leaf.cer", "file:///no", "~/no"]
)
def test_a_path_without_a_file_says_no_such_file(path: str) -> None:
    with pytest.raises(TargetError, match="no such file"):
        parsed(path)


def test_a_file_system_that_fails_is_no_crash() -> None:
    def broken(path: str) -> bool:
        raise OSError("too long")

    assert parse_target("example.com", is_file=broken).host == "example.com"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("", "nothing"),
        ("  ", "nothing"),
        ("https://", "no host"),
        (":443", "no host"),
        ("a b", "several words"),
        ("curl: (60) SSL certificate problem", "several words"),
        ("Traceback:\n  File x", "several lines"),
        ("-----BEGIN CERTIFICATE-----\nMIIB", "text of a key or certificate"),
        ("gopher://example.com", "scheme gopher"),
        ("javascript://x", "scheme javascript"),
        ("example.com:0", "no port 0"),
        ("example.com:65536", "no port 65536"),
        ("example.com:99999999999999999999", "no port"),
        ("example.com:https", "https is no port"),
        ("example.com:-1", "-1 is no port"),
        ("example.com:４４３", "is no port"),
        ("a" * 64 + ".com", "64 characters"),
        (".".join(["label"] * 50), "299 characters"),
        ("x" * 5000, "5000 characters"),
        ("ex!ample.com", "! cannot stand"),
        ("example..com", "empty"),
        ("-example.com", "hyphen"),
        ("ex\u202eample.com", "characters that no host name has"),
        ("\x1b[31mexample.com", "\\x1b cannot stand"),
        ("[::1", "brackets hold no IPv6"),
        ("[example.com]:443", "brackets hold no IPv6"),
        ("[::1]443", "brackets hold no IPv6"),
        ("1:2:3", "several colons"),
        ("1.2.3", "looks like an IP address"),
        ("999.1.1.1", "looks like an IP address"),
        ("0x7f.1", "looks like an IP address"),
        ("12345", "a number alone"),
        ("*.example.com", "wildcard"),
        ("me@example.com", "email address"),
        ("fe80::1%\x1b[31m", "several colons"),
    ],
)
def test_anything_else_says_what_was_understood_and_what_is_expected(text: str, understood: str) -> None:
    with pytest.raises(TargetError) as caught:
        parsed(text)

    assert understood in caught.value.understood
    assert caught.value.expected
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600


def test_a_name_and_a_number_suggest_the_colon() -> None:
    with pytest.raises(TargetError) as caught:
        parsed("example.com 443")

    assert caught.value.expected == "example.com:443"


@pytest.mark.parametrize(
    "options",
    [{"sni": ""}, {"sni": "a b"}, {"sni": "example.com:443"}, {"connect": ""}, {"connect": "x:y"}, {"starttls": ""},
     {"starttls": "smtps"}, {"starttls": "\x1b"}],
)  # fmt: skip
def test_options_are_checked_too(options: dict[str, str]) -> None:
    with pytest.raises(TargetError) as caught:
        parsed("example.com", **options)

    assert str(caught.value).isprintable()


def test_connect_and_starttls_do_not_go_with_files() -> None:
    with pytest.raises(TargetError, match="is a file"):
        parsed("leaf.pem", "leaf.pem", connect="192.0.2.1")
    with pytest.raises(TargetError, match="is a file"):
        parsed("leaf.pem", "leaf.pem", starttls="smtp")


def test_files_are_a_target_with_key_and_name() -> None:
    target = files_target(("leaf.pem", "chain.pem"), "key.pem", "WWW.Example.com")

    assert target.files == ("leaf.pem", "chain.pem")
    assert (target.key_file, target.server_name) == ("key.pem", "www.example.com")
    assert target.input == "leaf.pem chain.pem"
    assert files_target(["leaf.pem"], None, None).server_name is None


def test_files_without_a_file_or_with_a_bad_name_are_refused() -> None:
    with pytest.raises(TargetError):
        files_target((), None, None)
    with pytest.raises(TargetError):
        files_target(("leaf.pem",), None, "no name")
