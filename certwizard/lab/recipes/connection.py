"""Servers with which no connection comes about, or not the one that was meant."""

import re
import socket
from collections.abc import Callable
from dataclasses import replace

from OpenSSL import SSL

from certwizard.domain.target import Starttls
from certwizard.lab.authority import rsa_key
from certwizard.lab.bench import Bench
from certwizard.lab.conversations import http_page, smtp_before
from certwizard.lab.http import Reply
from certwizard.lab.other_servers import plain_http, resetting, silent, ssh_banner, talking
from certwizard.lab.plan import old_leaf_usage
from certwizard.lab.recipes.build import Build
from certwizard.lab.scenario import OpenScenario
from certwizard.lab.tls_server import Identity, TlsSettings

_PORTAL = "login.hotspot.localhost"
_LOGIN = Reply(
    511,
    "Network Authentication Required",
    b"<!doctype html><title>Welcome</title><p>Please log in to the hotspot.\n",
)
_NO_CERTIFICATE = Reply(
    400,
    "Bad Request",
    b"<!doctype html><title>400 No required SSL certificate was sent</title><p>No certificate, no page.\n",
)
_TIMEOUT = 1.0
_GREETING = 16384
_ONE_PACKET = 1400
# The extension supported_versions (43), two lengths and the list, with TLS 1.3 (0304) in it.
_NAMES_TLS13 = re.compile(rb"\x00\x2b\x00..(?:..){0,8}?\x03\x04", re.DOTALL)


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


def _static_rsa(bench: Bench) -> OpenScenario:
    plan = bench.leaf().but(old_leaf_usage(), critical=True)
    issued = bench.issue(plan, key=rsa_key(2048))
    settings = TlsSettings(
        Identity(issued.chain, issued.key),
        newest=SSL.TLS1_2_VERSION,
        ciphers="AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA:AES256-SHA",
    )
    return bench.serve_tls(settings)


def _one_packet(bench: Bench) -> OpenScenario:
    """Hang up on a greeting that does not fit into one packet, as tldr.fail tells of."""
    return _hanging_up(bench, lambda greeting: int.from_bytes(greeting[3:5]) > _ONE_PACKET)


def _no_tls13(bench: Bench) -> OpenScenario:
    """Hang up on whoever names TLS 1.3."""
    return _hanging_up(bench, lambda greeting: _NAMES_TLS13.search(greeting) is not None)


def _hanging_up(bench: Bench, dislikes: Callable[[bytes], bool]) -> OpenScenario:
    serve_well = bench.tls_handler(bench.issue())

    def serve(connection: socket.socket) -> None:
        if dislikes(connection.recv(_GREETING, socket.MSG_PEEK)):
            resetting(connection)
        else:
            serve_well(connection)

    return bench.serve_handler(serve)


def _refused_page(bench: Bench) -> OpenScenario:
    settings = replace(_settings(bench), asks_client_certificate=True)
    return bench.serve_tls(settings, http_page(_NO_CERTIFICATE))


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
    "protocol-version-long-greeting": _one_packet,
    "protocol-version-intolerant": _no_tls13,
    "cipher-mismatch": _cipher,
    "cipher-mismatch-static-rsa": _static_rsa,
    "client-cert-required": _client_certificate,
    "client-cert-required-page": _refused_page,
    "captive-portal": _portal,
    "starttls-refused": _no_starttls,
}
