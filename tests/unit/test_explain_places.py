"""The server a text speaks of: found in every form, cleaned, and never what only looks like one."""

import pytest

from certwizard.explain.engine import explain


def place(text: str) -> str | None:
    target = explain(text).target
    return f"{target.host}:{target.port}" if target else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "fatal: unable to access 'https://git.example.com:8443/a.git/': server certificate verification failed.",
            "git.example.com:8443",
        ),
        (
            "HTTPSConnectionPool(host='api.example.com', port=9443): Max retries exceeded with url: /",
            "api.example.com:9443",
        ),
        ("x509: certificate is valid for a.example, b.example, not shop.example.com", "shop.example.com:443"),
        (
            "x509: cannot validate certificate for 192.0.2.7 because it doesn't contain any IP SANs",
            "192.0.2.7:443",
        ),
        ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to [2001:db8::1]:8443", "2001:db8::1:8443"),
        (
            "javax.net.ssl.SSLPeerUnverifiedException: Certificate for <es01.corp.example> doesn't match any",
            "es01.corp.example:443",
        ),
        ("Host: shop.example.com. is not in the cert's altnames: DNS:*.example.net", "shop.example.com:443"),
        (
            "connection to server at \"db.example.com\" (192.0.2.11), port 5433 failed: SSL error: expired",
            "db.example.com:5433",
        ),
        (
            "Cannot connect to host api.example.com:8080 ssl:True [SSLCertVerificationError]",
            "api.example.com:8080",
        ),
        (
            "openssl s_client -connect mail.example.com:993\nverify error:num=20",
            "mail.example.com:993",
        ),
        (
            "certificate verification failed for mx1.example.com[192.0.2.3]:25: untrusted issuer /C=US",
            "mx1.example.com:25",
        ),
        (
            "Attackers might be trying to steal your information from www.example.net (for example, passwords)",
            "www.example.net:443",
        ),
        ("smtp://mail.example.com: certificate has expired", "mail.example.com:25"),
        (
            "registry.example.com:5000: x509: certificate signed by unknown authority",
            "registry.example.com:5000",
        ),
        ("https://bücher.example/: certificate has expired", "xn--bcher-kva.example:443"),
    ],
)  # fmt: skip
def test_a_server_is_found(text: str, found: str) -> None:
    assert place(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "curl: (60) SSL certificate problem: certificate has expired\nMore details here: https://curl.se/docs/sslcerts.html",
        "certificate verify failed: certificate has expired (_ssl.c:1129)",
        "at sun.security.ssl.Alert.createSSLException(Alert.java:131): PKIX path building failed",
        "  File main.py:443, certificate has expired",
        "2023/05/04 12:00:01 http: TLS handshake error from 10.42.0.1:53412: remote error: tls: bad certificate",
        "OCSP: http://ocsp.example.com:80/ certificate has expired",
        "certificate has expired at 10:20:30",
        "https://$(reboot):443/ certificate has expired",
        "https://*.example.com/ certificate has expired",
        "https://1.2.3.4.5.6/ certificate has expired",
    ],
)
def test_what_only_looks_like_a_server_is_not_taken_for_one(text: str) -> None:
    assert place(text) is None


def test_the_server_nearest_to_the_message_that_decides_is_taken() -> None:
    text = "\n".join(
        [
            "GET https://first.example.com/ 200",
            *("line" for _ in range(5)),
            "GET https://second.example.com/: certificate has expired",
        ]
    )
    assert place(text) == "second.example.com:443"


def test_user_and_password_in_an_address_are_left_out() -> None:
    target = explain("https://joe:secret@git.example.com/x: certificate has expired").target
    assert target is not None
    assert "secret" not in target.input
    assert target.host == "git.example.com"
