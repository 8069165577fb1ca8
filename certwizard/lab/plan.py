"""What goes into one certificate: good defaults, every deviation an argument."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SigningKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ORGANIZATION = "certwizard practice lab"
DAY = timedelta(days=1)

# Under the 100 days of CA/Browser Forum BR 6.3.2 from 2027-03-15, so that the default stays good.
LEAF_LIFETIME = 90 * DAY
LEAF_AGE = 20 * DAY


@dataclass(frozen=True, slots=True)
class Plan:
    """One certificate to be issued; subject and authority key ids are added on issuing."""

    subject: x509.Name
    not_before: datetime
    not_after: datetime
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = ()
    """Each with whether it is critical."""
    ocsp: bool = True
    """Name the issuer's OCSP responder, where it has one."""
    crl: bool = True
    """Name the issuer's CRL."""
    aia: bool = True
    """Name the address of the issuer's certificate."""
    serial: int | None = None
    """None draws one; a precertificate and its certificate share theirs (RFC 6962 section 3.1)."""

    def but(self, extension: x509.ExtensionType, *, critical: bool = False) -> Self:
        """Return the plan with an extension in place of the one of the same kind."""
        return replace(self, extensions=(*self._except(extension.oid), (extension, critical)))

    def without(self, kind: type[x509.ExtensionType]) -> Self:
        """Return the plan without an extension of a kind."""
        return replace(self, extensions=self._except(kind.oid))

    def named(self, subject: x509.Name) -> Self:
        """Return the plan with another subject."""
        return replace(self, subject=subject)

    def during(self, not_before: datetime, not_after: datetime) -> Self:
        """Return the plan with other dates."""
        return replace(self, not_before=not_before, not_after=not_after)

    def silent(self) -> Self:
        """Return the plan without any address: no AIA, no OCSP, no CRL."""
        return replace(self, ocsp=False, crl=False, aia=False)

    def unrevocable(self) -> Self:
        """Return the plan without an address that could tell of a revocation."""
        return replace(self, ocsp=False, crl=False)

    def _except(self, oid: x509.ObjectIdentifier) -> tuple[tuple[x509.ExtensionType, bool], ...]:
        return tuple((extension, critical) for extension, critical in self.extensions if extension.oid != oid)


def root_plan(now: datetime, name: str, organization: str = ORGANIZATION) -> Plan:
    """Plan a root: ten years, no addresses."""
    return Plan(
        distinguished_name(name, organization),
        now - 365 * DAY,
        now + 9 * 365 * DAY,
        ((x509.BasicConstraints(ca=True, path_length=None), True), (ca_usage(), True)),
    ).silent()


def intermediate_plan(
    now: datetime, name: str, organization: str = ORGANIZATION, path_length: int | None = 0
) -> Plan:
    """Plan an intermediate: five years, revocation by its issuer's CRL."""
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (
        (x509.BasicConstraints(ca=True, path_length=path_length), True),
        (ca_usage(), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
    )
    subject = distinguished_name(name, organization)
    return Plan(subject, now - 180 * DAY, now + 4 * 365 * DAY, extensions, ocsp=False)


def leaf_plan(now: datetime, names: Iterable[str]) -> Plan:
    """Plan a server's certificate for names or addresses: 90 days, 20 of them gone."""
    listed = tuple(names)
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (leaf_usage(), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectAlternativeName([_general_name(name) for name in listed]), False),
    )
    return Plan(
        distinguished_name(listed[0], None), now - LEAF_AGE, now - LEAF_AGE + LEAF_LIFETIME, extensions
    )


def distinguished_name(common_name: str, organization: str | None) -> x509.Name:
    """Return a name of an organisation, where given, and a common name."""
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if organization is not None:
        attributes.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    return x509.Name(attributes)


def ca_usage() -> x509.KeyUsage:
    """Return the key usage of a CA: it signs certificates, CRLs and OCSP answers."""
    return _usage("digital_signature", "key_cert_sign", "crl_sign")


def leaf_usage() -> x509.KeyUsage:
    """Return the key usage of a server: it signs handshakes."""
    return _usage("digital_signature")


def old_leaf_usage() -> x509.KeyUsage:
    """Return the key usage of a server whose clients send it a key under its RSA key, as before 2013."""
    return _usage("digital_signature", "key_encipherment")


_BITS = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _usage(*bits: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{bit: bit in bits for bit in _BITS})


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
