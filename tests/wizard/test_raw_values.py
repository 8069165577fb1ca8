"""The fields of a certificate among the raw values."""

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from certwizard.domain.parsing import parse_certificate
from certwizard.wizard.raw_values import raw_fields
from tests import factory


def test_usages_are_named_and_those_that_are_not_known_stand_as_they_are() -> None:
    usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, x509.ObjectIdentifier("1.2.3.4")])
    issued = factory.leaf(None, having=[(usages, False)])
    fields = dict(raw_fields(parse_certificate(issued.der)))
    assert fields["Extended usage"] == "serverAuth, 1.2.3.4"
