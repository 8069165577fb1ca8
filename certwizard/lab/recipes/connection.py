"""Servers with which no connection comes about, or not the one that was meant."""

from dataclasses import replace

from OpenSSL import SSL

from certwizard.domain.target import Starttls
from certwizard.lab.bench import Bench
from certwizard.lab.conversations import http_page, smtp_before
from certwizard.lab.http import Reply
from certwizard.lab.other_servers import plain_http, resetting, silent, ssh_banner, talking
from certwizard.lab.recipes.build import Build
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


BUILDERS: dict[str, Build] = {
    "dns-failure": _dns,
    "connection-refused": _refused,
    "timeout": _timeout,
    "connection-reset": _reset,
    "not-tls": _plain_http,
    "not-tls-ssh": _ssh,
    "protocol-version": _old_protocol,
    "cipher-mismatch": _cipher,
    "client-cert-required": _client_certificate,
    "captive-portal": _portal,
    "starttls-refused": _no_starttls,
}
