"""What is read from a certificate, good or broken."""

from time import process_time

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from certwizard.domain import der
from certwizard.domain.certificate import Certificate
from certwizard.domain.parsing import parse_certificate
from tests import factory, surgery

CN, ORG, COUNTRY, EMAIL = (
    b"\x55\x04\x03",
    b"\x55\x04\x0a",
    b"\x55\x04\x06",
    bytes.fromhex("2a864886f70d010901"),
)


def parsed(issued: factory.Issued) -> Certificate:
    return parse_certificate(issued.der)


def fields_of(certificate: Certificate) -> set[str]:
    return {problem.field for problem in certificate.problems}


def test_a_healthy_leaf_is_read_in_full() -> None:
    pki = factory.pki()
    leaf, issuer = parsed(pki.leaf), parsed(pki.intermediate)

    assert leaf.problems == ()
    assert leaf.sha256 == pki.leaf.sha256
    assert leaf.subject.first("CN") == factory.HOST
    assert leaf.issuer == issuer.subject
    assert leaf.serial == pki.leaf.certificate.serial_number
    assert leaf.not_before == pki.leaf.certificate.not_valid_before_utc
    assert leaf.not_after == pki.leaf.certificate.not_valid_after_utc
    assert leaf.version == 3
    assert leaf.key.text == "EC secp256r1"
    assert leaf.signature.name == "ecdsa-with-SHA256"
    assert leaf.signature.hash_name == "sha256"
    assert leaf.san is not None
    assert leaf.san.dns == (factory.HOST,)
    assert leaf.key_usage == frozenset({"digitalSignature"})
    assert leaf.extended_key_usage == ("1.3.6.1.5.5.7.3.1",)
    assert leaf.authority_key_id == issuer.subject_key_id is not None
    assert (leaf.is_ca, issuer.is_ca) == (False, True)
    assert not leaf.is_self_issued


def test_urls_and_features_of_extensions_are_read() -> None:
    uri = x509.UniformResourceIdentifier
    oids = AuthorityInformationAccessOID
    issued = factory.leaf(
        factory.pki().intermediate,
        having=[
            x509.AuthorityInformationAccess(
                [
                    x509.AccessDescription(oids.OCSP, uri("http://ocsp.example/")),
                    x509.AccessDescription(oids.CA_ISSUERS, uri("http://aia.example/ca.der")),
                    x509.AccessDescription(oids.OCSP, x509.DNSName("no.url.example")),
                ]
            ),
            x509.CRLDistributionPoints(
                [
                    x509.DistributionPoint(
                        [uri("http://crl.example/a"), uri("ldap://crl.example")], None, None, None
                    )
                ]
            ),
            x509.TLSFeature([x509.TLSFeatureType.status_request]),
        ],
    )
    certificate = parsed(issued)

    assert certificate.ocsp_urls == ("http://ocsp.example/",)
    assert certificate.ca_issuer_urls == ("http://aia.example/ca.der",)
    assert certificate.crl_urls == ("http://crl.example/a", "ldap://crl.example")
    assert certificate.must_staple
    assert all(extension.known for extension in certificate.extensions)


def test_alternative_names_of_every_kind_are_sorted_by_kind() -> None:
    names: list[x509.GeneralName] = [
        x509.DNSName("A.example.com"),
        *factory.general_names(["192.0.2.1", "2001:0db8::0001"]),
        x509.RFC822Name("me@example.com"),
        x509.UniformResourceIdentifier("https://example.com/"),
        x509.DirectoryName(factory.name("Somebody")),
        x509.RegisteredID(x509.ObjectIdentifier("1.2.3")),
        x509.OtherName(x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), b"\x0c\x02me"),
        x509.OtherName(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"),
    ]
    san = parsed(factory.leaf(None, having=[(x509.SubjectAlternativeName(names), True)])).san

    assert san is not None
    assert san.critical
    assert san.dns == ("A.example.com",)
    assert san.ips == ("192.0.2.1", "2001:db8::1")
    assert san.emails == ("me@example.com",)
    assert san.uris == ("https://example.com/",)
    assert san.others == (
        "directory name CN=Somebody",
        "registered id 1.2.3",
        "user principal name me",
        "other name 1.2.3.4",
    )


def test_odd_alternative_names_are_shown_and_never_look_like_honest_ones() -> None:
    data = surgery.with_extensions(
        factory.pki().leaf.der,
        surgery.san(
            surgery.dns(b"good.example\x00.evil"),
            surgery.dns(b" example.com"),
            surgery.dns("b\u00fccher.de".encode()),
            surgery.dns(b"\xff.example"),
            der.wrap(0x87, b"\x01\x02\x03\x04\x05"),
            der.wrap(0xA4, b"\x30\x01"),
            der.wrap(0xA0, b""),
        ),
    )
    certificate = parse_certificate(data)

    assert certificate.san is not None
    assert certificate.san.dns == ("good.example\\x00.evil", " example.com", "bücher.de", "ÿ.example")
    assert certificate.san.others == (
        "IP address of 5 bytes",
        "unreadable name (2 bytes)",
        "other name without a kind",
    )
    assert fields_of(certificate) == {"subject-alt-name"}


def test_names_get_the_labels_people_know() -> None:
    oids = (NameOID.COUNTRY_NAME, NameOID.EMAIL_ADDRESS, NameOID.SERIAL_NUMBER, NameOID.BUSINESS_CATEGORY)
    attributes = [
        x509.NameAttribute(oids[0], "DE"),
        x509.NameAttribute(oids[1], "ca@example.com"),
        x509.NameAttribute(oids[2], "HRB 1"),
        x509.NameAttribute(oids[3], "Private Organization"),
        x509.NameAttribute(NameOID.JURISDICTION_COUNTRY_NAME, "DE"),
        x509.NameAttribute(x509.ObjectIdentifier("1.2.3.4"), "odd"),
    ]
    certificate = parsed(factory.leaf(None, subject=x509.Name(attributes)))

    assert certificate.subject.text == (
        "1.2.3.4=odd, jurisdictionC=DE, businessCategory=Private Organization, "
        "serialNumber=HRB 1, emailAddress=ca@example.com, C=DE"
    )
    assert certificate.subject.der == certificate.issuer.der
    assert certificate.is_self_issued


def test_every_string_type_of_a_name_is_read() -> None:
    name = surgery.subject(
        (CN, der.BMP_STRING, "Käse".encode("utf-16-be")),
        (ORG, der.TELETEX_STRING, "Übel".encode("latin-1")),
        (ORG, der.UNIVERSAL_STRING, "weit".encode("utf-32-be")),
        (EMAIL, der.IA5_STRING, b"a@b"),
        (COUNTRY, der.UTF8_STRING, b"D\xff"),
        (CN, der.PRINTABLE_STRING, b"\x1b[2J"),
    )
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, subject=name))

    assert [attribute.value for attribute in certificate.subject.attributes] == [
        "Käse", "Übel", "weit", "a@b", "D\\xff", "\\x1b[2J",
    ]  # fmt: skip


def test_a_name_that_breaks_off_keeps_its_bytes_and_what_came_before() -> None:
    name = surgery.subject((CN, der.UTF8_STRING, b"shown"))
    broken = der.wrap(der.SEQUENCE, der.read(name).value, b"\x31\x02\x30\x05")
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, subject=broken))

    assert certificate.subject.text == "CN=shown"
    assert certificate.subject.der == broken
    assert certificate.problems


def test_one_bad_extension_hides_no_other() -> None:
    data = factory.pki().leaf.der
    bad = surgery.extension(b"\x55\x1d\x0f", b"\x03\x01\x07")
    kept = [encoded for encoded in surgery.extensions_of(data) if b"\x55\x1d\x0f" not in encoded]
    certificate = parse_certificate(surgery.with_extensions(data, *kept, bad))

    assert fields_of(certificate) == {"key-usage"}
    assert certificate.key_usage is None
    assert certificate.san is not None
    assert certificate.extended_key_usage is not None
    assert certificate.extensions[-1].name == "keyUsage"


def test_what_only_a_strict_library_refuses_is_told_by_field() -> None:
    data = factory.pki().leaf.der
    empty_usage = surgery.extension(b"\x55\x1d\x25", b"\x30\x00")
    kept = [encoded for encoded in surgery.extensions_of(data) if b"\x55\x1d\x25" not in encoded]
    certificate = parse_certificate(surgery.with_extensions(data, *kept, empty_usage))

    assert fields_of(certificate) == {"extended-key-usage"}
    assert certificate.extended_key_usage == ()


def test_an_empty_access_description_is_a_problem_of_its_field() -> None:
    access = surgery.extension(bytes.fromhex("2b06010505070101"), b"\x30\x02\x30\x00")
    certificate = parse_certificate(surgery.with_extensions(factory.pki().leaf.der, access))

    assert fields_of(certificate) == {"authority-info-access"}


def test_a_repeated_extension_is_a_problem_and_the_first_counts() -> None:
    data = factory.pki().leaf.der
    second = surgery.san(surgery.dns(b"second.example"))
    certificate = parse_certificate(surgery.with_extensions(data, *surgery.extensions_of(data), second))

    assert certificate.san is not None
    assert certificate.san.dns == (factory.HOST,)
    assert [problem.field for problem in certificate.problems] == ["subject-alt-name"]
    assert "more than once" in certificate.problems[0].words


def test_an_unknown_extension_is_kept_with_its_bytes() -> None:
    data = surgery.with_extensions(
        factory.pki().leaf.der, surgery.extension(b"\x2a\x03\x04", b"\x05\x00", critical=True)
    )
    (extension,) = parse_certificate(data).extensions

    assert (extension.oid, extension.critical, extension.known) == ("1.2.3.4", True, False)
    assert extension.value_der == b"\x05\x00"


def test_the_poison_of_a_precertificate_is_not_for_clients_to_accept() -> None:
    issued = factory.leaf(None, having=[(x509.PrecertPoison(), True)])

    assert [e.name for e in parsed(issued).extensions if not e.known] == ["precertificatePoison"]


def test_a_certificate_without_version_is_version_one() -> None:
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, version=b"", extensions=b""))

    assert certificate.version == 1
    assert certificate.san is None
    assert certificate.extensions == ()


def test_a_version_that_libraries_refuse_leaves_the_rest_readable() -> None:
    version = der.wrap(0xA0, der.wrap(der.INTEGER, b"\x09"))
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, version=version))

    assert certificate.version == 10
    assert certificate.subject.first("CN") == factory.HOST
    assert certificate.not_after is not None
    assert fields_of(certificate) == {"certificate"}


def test_a_negative_serial_is_read_without_a_warning() -> None:
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, serial=b"\x02\x01\x85"))

    assert certificate.serial == -123


def test_a_serial_number_too_long_to_be_written_is_a_problem() -> None:
    serial = der.wrap(der.INTEGER, b"\x01" + b"\0" * 5000)
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, serial=serial))

    assert certificate.serial is None
    assert "serial" in fields_of(certificate)


def test_two_different_signature_algorithms_are_a_problem_of_the_signature() -> None:
    other = der.wrap(der.SEQUENCE, der.wrap(der.OID, bytes.fromhex("2a8648ce3d040303")))
    certificate = parse_certificate(surgery.rebuilt(factory.pki().leaf.der, algorithm=other))

    assert "signature" in fields_of(certificate)
    assert certificate.signature.name == "ecdsa-with-SHA384"


def test_bytes_after_the_certificate_are_a_problem_of_the_whole() -> None:
    certificate = parse_certificate(factory.pki().leaf.der + b"more")

    assert fields_of(certificate) == {"certificate"}
    assert certificate.san is not None


@pytest.mark.parametrize(
    "data", [b"", b"-----BEGIN", b"\x30\x00", b"\x30\x82\xff\xff", b"\x30\x02\x30\x00", b"\0" * 99]
)
def test_what_is_no_certificate_gives_an_empty_one_with_a_problem(data: bytes) -> None:
    certificate = parse_certificate(data)

    assert certificate.problems
    assert certificate.key.kind == "unknown"
    assert certificate.not_after is None
    assert certificate.serial is None
    assert not certificate.is_self_issued


def test_ten_thousand_names_are_read_in_a_moment() -> None:
    names = [surgery.dns(b"host%d.example.com" % number) for number in range(10_000)]
    data = surgery.with_extensions(factory.pki().leaf.der, surgery.san(*names))
    started = process_time()
    certificate = parse_certificate(data)

    assert process_time() - started < 0.5
    assert certificate.san is not None
    assert len(certificate.san.dns) == 10_000


def test_thousands_of_extensions_are_bounded() -> None:
    many = [
        surgery.extension(b"\x2a\x03" + bytes([number >> 7 | 0x80, number & 0x7F]), b"")
        for number in range(5000)
    ]
    started = process_time()
    certificate = parse_certificate(surgery.with_extensions(factory.pki().leaf.der, *many))

    assert process_time() - started < 1
    assert len(certificate.extensions) == 200
    assert "other-extension" in fields_of(certificate)


def test_the_same_bytes_are_parsed_once() -> None:
    assert parse_certificate(factory.pki().root.der) is parse_certificate(factory.pki().root.der)
