"""Codes alone and in their clients' ways of writing: numbers, names, packed errors, HRESULTs, alerts."""

import pytest

from certwizard.domain.vocabulary import CauseId
from certwizard.explain.engine import explain


def first(text: str) -> tuple[str, str]:
    explanation = explain(text)
    return explanation.client, explanation.guesses[0].id.value if explanation.guesses else ""


@pytest.mark.parametrize(
    ("text", "client", "cause"),
    [
        ("60", "curl", "missing-intermediate"),
        ("(60)", "curl", "missing-intermediate"),
        ("curl: (60)", "curl", "missing-intermediate"),
        ("curl error 60", "curl", "missing-intermediate"),
        ("exit code 35", "curl", "not-tls"),
        ("cURL error 77:", "curl", "trust-store-missing"),
        ("CURLE_PEER_FAILED_VERIFICATION", "curl", "missing-intermediate"),
        ("10", "openssl", "expired"),
        ("error 20", "openssl", "missing-intermediate"),
        ("19", "openssl", "untrusted-root"),
        ("verify error:num=18", "openssl", "self-signed"),
        ("Verify return code: 62", "openssl", "hostname-mismatch"),
        ("X509_V_ERR_CERT_REVOKED", "openssl", "revoked"),
        ("error 10 at 1 depth lookup", "openssl", "expired"),
        ("errno 14090086", "openssl", "missing-intermediate"),
        ("error:1416F086", "openssl", "missing-intermediate"),
        ("0A00010B", "openssl", "not-tls"),
        ("error:0A000418", "", "untrusted-root"),
        ("48", "", "untrusted-root"),
        ("alert 46", "", "untrusted-root"),
        ("SSL alert number 45", "", "expired"),
        ("TLS alert, unknown CA (560)", "", "untrusted-root"),
        ("unrecognized_name", "", "wrong-certificate-served"),
        ("tlsv13 alert certificate required", "", "client-cert-required"),
        ("ssl/tls alert certificate expired", "", "expired"),
        ("TLS alert: 'HandshakeFailure'", "", "cipher-mismatch"),
        ("-201", "chrome", "expired"),
        ("ERR_CERT_AUTHORITY_INVALID", "chrome", "untrusted-root"),
        ("net::err_cert_common_name_invalid", "chrome", "hostname-mismatch"),
        ("NET::ERR_CERT_REVOKED", "chrome", "revoked"),
        ("-8179", "firefox", "missing-intermediate"),
        ("SEC_ERROR_EXPIRED_CERTIFICATE", "firefox", "expired"),
        ("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "firefox", "self-signed"),
        ("-1202", "apple", "untrusted-root"),
        ("NSURLErrorDomain error -1201", "apple", "expired"),
        ("-9843", "apple", "hostname-mismatch"),
        ("errSSLCertExpired", "apple", "expired"),
        ("OSStatus -67820", "apple", "revoked"),
        ("0x800B0109", "windows", "untrusted-root"),
        ("800b0101", "windows", "expired"),
        ("-2146762481", "windows", "hostname-mismatch"),
        ("2148204809", "windows", "untrusted-root"),
        ("CRYPT_E_REVOCATION_OFFLINE", "windows", "revocation-unknown"),
        ("12175", "windows", "untrusted-root"),
        ("CERT_HAS_EXPIRED", "nodejs", "expired"),
        ("ERR_TLS_CERT_ALTNAME_INVALID", "nodejs", "hostname-mismatch"),
        ("UnknownIssuer", "rust", "missing-intermediate"),
        ("GNUTLS_E_CERTIFICATE_REQUIRED", "gnutls", "client-cert-required"),
        ("526", "cloudflare", "hostname-mismatch"),
        ("PartialChain", "dotnet", "missing-intermediate"),
        ("CertificateExpiredException", "java", "expired"),
    ],
)
def test_a_code_is_understood(text: str, client: str, cause: str) -> None:
    assert first(text) == (client, cause)


@pytest.mark.parametrize("text", ["404", "0", "1", "200", "443", "12345678", "0x80070005", "-1", "3.14"])
def test_a_number_that_stands_for_nothing_here_is_not_claimed(text: str) -> None:
    assert first(text)[1] == ""


def test_a_number_of_several_clients_gives_the_likeliest_first_and_the_others_after() -> None:
    causes = [guess.id.value for guess in explain("48").guesses]
    assert causes.index("untrusted-root") < causes.index("name-constraints")


def test_openssl_that_saw_more_than_the_leaf_misses_the_root() -> None:
    deeper = "depth=1 CN = Corp Issuing CA\nverify error:num=20:unable to get local issuer certificate"
    assert first(deeper)[1] == "untrusted-root"
    assert first(deeper.replace("depth=1", "depth=0"))[1] == "missing-intermediate"


def test_an_alert_blames_the_certificate_of_its_receiver() -> None:
    at_server = (
        "SSL_do_handshake() failed (SSL: tlsv1 alert unknown ca) while SSL handshaking, client: 192.0.2.1"
    )
    at_client = 'Get "https://api.example.com/": remote error: tls: unknown certificate authority'
    assert first(at_server)[1] == "untrusted-root"
    assert first(at_client)[1] == "client-cert-required"


def test_a_reason_in_brackets_decides_over_the_words_around_it() -> None:
    text = (
        "ldap_start_tls: Connect error (-11)\n\tadditional info: error:0A000086:SSL routines::"
        "certificate verify failed (unable to get local issuer certificate)"
    )
    assert explain(text).guesses[0].id is CauseId.MISSING_INTERMEDIATE
