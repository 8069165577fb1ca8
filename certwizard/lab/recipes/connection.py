"""Servers with which no connection comes about, or not the one that was meant."""

from dataclasses import replace

from OpenSSL import SSL

from certwizard.domain.target import Starttls
from certwizard.domain.vocabulary import CauseId, Verdict
from certwizard.lab.bench import Bench
from certwizard.lab.conversations import http_page, smtp_before
from certwizard.lab.http import Reply
from certwizard.lab.other_servers import plain_http, resetting, silent, ssh_banner, talking
from certwizard.lab.recipes.recipe import recipe
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings

_PORTAL = "login.hotspot.localhost"
_LOGIN = Reply(
    511,
    "Network Authentication Required",
    b"<!doctype html><title>Welcome</title><p>Please log in to the hotspot.\n",
)
_TIMEOUT = 1.0


def _dns(bench: Bench) -> OpenScenario:
    # Nothing below .invalid ever resolves (RFC 6761 6.4).
    opened = bench.at_port(443, "no-such-host.lab.invalid")
    return replace(
        opened, target=replace(opened.target, connect_host=None), address="no-such-host.lab.invalid:443"
    )


def _refused(bench: Bench) -> OpenScenario:
    return bench.at_port(bench.network.reserve())


def _timeout(bench: Bench) -> OpenScenario:
    opened = bench.serve_handler(silent)
    return replace(opened, options=replace(opened.options, timeout=_TIMEOUT))


def _reset(bench: Bench) -> OpenScenario:
    return bench.serve_handler(resetting)


def _plain_http(bench: Bench) -> OpenScenario:
    return bench.serve_handler(plain_http)


def _ssh(bench: Bench) -> OpenScenario:
    return bench.serve_handler(ssh_banner)


def _settings(bench: Bench) -> TlsSettings:
    issued = bench.issue()
    return TlsSettings(Identity(issued.chain, issued.key))


def _old_protocol(bench: Bench) -> OpenScenario:
    settings = replace(_settings(bench), oldest=SSL.TLS1_VERSION, newest=SSL.TLS1_VERSION, ciphers="ALL")
    return bench.serve_tls(settings)


def _cipher(bench: Bench) -> OpenScenario:
    # The suite CoAP devices must have (RFC 7252 9.1.3.3); no browser offers it.
    settings = replace(_settings(bench), newest=SSL.TLS1_2_VERSION, ciphers="ECDHE-ECDSA-AES128-CCM8")
    return bench.serve_tls(settings)


def _client_certificate(bench: Bench) -> OpenScenario:
    settings = replace(_settings(bench), oldest=SSL.TLS1_3_VERSION, wants_client_certificate=True)
    return bench.serve_tls(settings)


def _portal(bench: Bench) -> OpenScenario:
    issued = bench.issue(bench.leaf(_PORTAL))
    return bench.serve_tls(TlsSettings(Identity(issued.chain, issued.key)), http_page(_LOGIN))


def _no_starttls(bench: Bench) -> OpenScenario:
    opened = bench.serve_handler(talking(smtp_before(bench.host, starttls=False)))
    return bench.with_starttls(opened, Starttls.SMTP)


RECIPES = (
    recipe(
        "dns-failure",
        "The address bar says the site cannot be found",
        "The name was mistyped, or its DNS entry was never made.",
        Verdict.UNDETERMINED,
        _dns,
        CauseId.DNS_FAILURE,
    ),
    recipe(
        "connection-refused",
        "The connection ends before it began, at once",
        "The web server is stopped, or listens on another port.",
        Verdict.UNDETERMINED,
        _refused,
        CauseId.CONNECTION_REFUSED,
    ),
    recipe(
        "timeout",
        "The browser waits and waits",
        "A firewall or a hung process takes the connection and never answers.",
        Verdict.UNDETERMINED,
        _timeout,
        CauseId.TIMEOUT,
    ),
    recipe(
        "connection-reset",
        "The connection is cut in the middle",
        "A filter on the way dislikes the name, or the server crashes on the first message.",
        Verdict.UNDETERMINED,
        _reset,
        CauseId.CONNECTION_RESET,
    ),
    recipe(
        "not-tls",
        "curl says: wrong version number",
        "The port answers http; https was never switched on for it.",
        Verdict.UNDETERMINED,
        _plain_http,
        CauseId.NOT_TLS,
    ),
    recipe(
        "not-tls-ssh",
        "A number was swapped in the port, and the handshake is nonsense",
        "Another service answers on this port: SSH.",
        Verdict.UNDETERMINED,
        _ssh,
        CauseId.NOT_TLS,
    ),
    recipe(
        "protocol-version",
        "An old device works in an old browser only",
        "The device's software was last updated before TLS 1.2, and clients have dropped what it speaks.",
        Verdict.REJECTED,
        _old_protocol,
        CauseId.PROTOCOL_VERSION,
    ),
    recipe(
        "cipher-mismatch",
        "The certificate is new, yet every browser breaks off",
        "A small device knows one cipher suite, and it is none that browsers offer.",
        Verdict.REJECTED,
        _cipher,
        CauseId.CIPHER_MISMATCH,
    ),
    recipe(
        "client-cert-required",
        "Colleagues get in, others are turned away",
        "The service admits only those who show a certificate of their own (mutual TLS).",
        Verdict.REJECTED,
        _client_certificate,
        CauseId.CLIENT_CERT_REQUIRED,
    ),
    recipe(
        "captive-portal",
        "In the hotel every site has a certificate warning",
        "The network answers in every server's place until one has logged in.",
        Verdict.REJECTED,
        _portal,
        CauseId.CAPTIVE_PORTAL,
        CauseId.HOSTNAME_MISMATCH,
    ),
    recipe(
        "starttls-refused",
        "The mail program cannot send over a secure connection",
        "TLS is not configured on the mail server, or a device on the way takes the offer out.",
        Verdict.UNDETERMINED,
        _no_starttls,
        CauseId.STARTTLS_REFUSED,
    ),
)
