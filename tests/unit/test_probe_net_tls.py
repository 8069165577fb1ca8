"""What TLS servers of every kind show: chains as sent, old protocols, client certificates, wrong keys."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from OpenSSL import SSL, crypto

from certwizard.domain.observation import FailureReason, Offer
from tests.factory import Issued, ec_key, leaf, pki, root
from tests.unit.probe_net_servers import (
    HTTP,
    NAME,
    failure_of,
    look,
    subjects,
    tls,
    tls_context,
)


@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_the_chain_is_seen_as_sent_whatever_it_is(newest: int) -> None:
    order = (pki().leaf, pki().root, pki().intermediate, pki().intermediate, leaf(None, ["other.example"]))
    sight = look(tls(tls_context(*order, newest=newest), answer=HTTP))
    assert sight.handshakes[0].chain == tuple(issued.der for issued in order)


@pytest.mark.parametrize(("version", "name"), [(SSL.TLS1_VERSION, "TLSv1"), (SSL.TLS1_1_VERSION, "TLSv1.1")])
def test_an_old_server_is_refused_as_today_and_seen_by_the_permissive_offer(version: int, name: str) -> None:
    sight = look(tls(tls_context(*pki().chain, oldest=version, newest=version), answer=HTTP))
    by_offer = {one.offer: one for one in sight.handshakes if one.sni}
    failure = by_offer[Offer.MODERN].failure
    assert failure is not None
    assert (failure.reason, failure.alert) == (FailureReason.ALERT, 70)
    assert by_offer[Offer.PERMISSIVE].protocol == name
    assert sight.handshakes[0].chain


def test_a_server_with_weak_ciphers_alone_is_seen_by_the_permissive_offer() -> None:
    context = tls_context(*pki().chain, newest=SSL.TLS1_2_VERSION, ciphers="ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0")
    sight = look(tls(context, answer=HTTP))
    by_offer = {one.offer: one for one in sight.handshakes if one.sni}
    failure = by_offer[Offer.MODERN].failure
    assert failure is not None
    assert (failure.reason, failure.alert) == (FailureReason.ALERT, 40)
    assert by_offer[Offer.PERMISSIVE].cipher == "ECDHE-ECDSA-NULL-SHA"


def test_a_certificate_that_depends_on_the_name_is_seen_with_and_without_it() -> None:
    other = leaf(pki().intermediate, ["default.example"])
    context = tls_context(other, by_name={NAME.encode(): tls_context(*pki().chain)})
    sight = look(tls(context, answer=HTTP))
    assert subjects(sight.handshakes[0].chain)[0] == NAME
    nameless = [one for one in sight.handshakes if one.sni is None]
    assert [subjects(one.chain) for one in nameless] == [["default.example"]]


@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_chain_too_large_for_openssl_is_seen_all_the_same(newest: int) -> None:
    bulk = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), bytes(50_000))
    large = [leaf(pki().intermediate, [f"{number}.example"], having=[bulk]) for number in range(3)]
    sight = look(tls(tls_context(pki().leaf, *large, newest=newest), answer=HTTP))
    assert failure_of(sight).reason is FailureReason.TOO_LARGE
    assert sight.handshakes[0].chain == tuple(issued.der for issued in (pki().leaf, *large))


def test_a_server_that_insists_on_another_application_protocol_is_seen() -> None:
    def insist(_: SSL.Connection, offered: list[bytes]) -> bytes:
        if b"h2" not in offered:
            raise ConnectionError("only HTTP/2 is spoken here")
        return b"h2"

    context = tls_context(*pki().chain)
    context.set_alpn_select_callback(insist)
    first = look(tls(context)).handshakes[0]
    assert (first.failure, len(first.chain)) == (None, 2)


@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_stapled_answer_is_kept_as_received(newest: int) -> None:
    answer = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    staple = answer.public_bytes(Encoding.DER)
    sight = look(tls(tls_context(*pki().chain, staple=staple, newest=newest), answer=HTTP))
    assert sight.handshakes[0].stapled_ocsp == staple


@pytest.mark.parametrize(("newest", "alert"), [(SSL.TLS1_2_VERSION, 40), (SSL.TLS1_3_VERSION, 116)])
def test_a_server_that_wants_a_client_certificate_is_seen_with_its_chain(newest: int, alert: int) -> None:
    sight = look(tls(tls_context(*pki().chain, newest=newest, client_ca=root("Client Root")), answer=HTTP))
    first = sight.handshakes[0]
    assert first.client_certificate_requested
    assert first.client_ca_names == ("CN=Client Root",)
    assert subjects(first.chain)[0] == NAME
    assert (failure_of(sight).reason, failure_of(sight).alert) == (FailureReason.ALERT, alert)


# Only the library's old key class takes a key whose halves do not belong together.
@pytest.mark.filterwarnings("ignore:Passing pyOpenSSL PKey objects:DeprecationWarning")
@pytest.mark.parametrize("newest", [SSL.TLS1_2_VERSION, SSL.TLS1_3_VERSION])
def test_a_key_that_does_not_match_shows_as_our_alert_with_the_chain(newest: int) -> None:
    context = tls_context(*pki().chain, newest=newest, key=mismatched(pki().leaf))
    sight = look(tls(context, answer=HTTP))
    assert failure_of(sight).reason is FailureReason.TLS
    assert failure_of(sight).alert_sent == 51
    assert subjects(sight.handshakes[0].chain)[0] == NAME


def mismatched(issued: Issued) -> crypto.PKey:
    """Return a key that claims the certificate's public half and signs with another private one."""
    wanted, other = issued.key, ec_key("another")
    assert isinstance(wanted, ec.EllipticCurvePrivateKey)
    der = wanted.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    half, wrong_half = (key.private_numbers().private_value.to_bytes(32) for key in (wanted, other))
    return crypto.load_privatekey(crypto.FILETYPE_ASN1, der.replace(half, wrong_half))
