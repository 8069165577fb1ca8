"""Extensions by their object identifiers: their names, the field they belong to, who processes them."""

from certwizard.domain.vocabulary import FieldId

_OTHER = FieldId.OTHER_EXTENSION

# RFC 5280 section 4.2, RFC 6962, RFC 7633, RFC 6960; then what is met but that TLS clients do not process.
_KNOWN: dict[str, tuple[str, FieldId]] = {
    "2.5.29.9": ("subjectDirectoryAttributes", _OTHER),
    "2.5.29.14": ("subjectKeyIdentifier", FieldId.SUBJECT_KEY_ID),
    "2.5.29.15": ("keyUsage", FieldId.KEY_USAGE),
    "2.5.29.17": ("subjectAltName", FieldId.SUBJECT_ALT_NAME),
    "2.5.29.18": ("issuerAltName", _OTHER),
    "2.5.29.19": ("basicConstraints", FieldId.BASIC_CONSTRAINTS),
    "2.5.29.30": ("nameConstraints", FieldId.NAME_CONSTRAINTS),
    "2.5.29.31": ("cRLDistributionPoints", FieldId.CRL_DISTRIBUTION_POINTS),
    "2.5.29.32": ("certificatePolicies", FieldId.CERTIFICATE_POLICIES),
    "2.5.29.33": ("policyMappings", FieldId.CERTIFICATE_POLICIES),
    "2.5.29.35": ("authorityKeyIdentifier", FieldId.AUTHORITY_KEY_ID),
    "2.5.29.36": ("policyConstraints", FieldId.CERTIFICATE_POLICIES),
    "2.5.29.37": ("extKeyUsage", FieldId.EXTENDED_KEY_USAGE),
    "2.5.29.46": ("freshestCRL", _OTHER),
    "2.5.29.54": ("inhibitAnyPolicy", FieldId.CERTIFICATE_POLICIES),
    "1.3.6.1.5.5.7.1.1": ("authorityInfoAccess", FieldId.AUTHORITY_INFO_ACCESS),
    "1.3.6.1.5.5.7.1.11": ("subjectInfoAccess", _OTHER),
    "1.3.6.1.5.5.7.1.24": ("tlsFeature", FieldId.TLS_FEATURE),
    "1.3.6.1.5.5.7.48.1.5": ("ocspNoCheck", FieldId.OCSP),
    "1.3.6.1.4.1.11129.2.4.2": ("signedCertificateTimestampList", FieldId.SCT_LIST),
}
# A precertificate's poison is meant to be refused by every client (RFC 6962 section 3.1).
_UNPROCESSED: dict[str, tuple[str, FieldId]] = {
    "1.3.6.1.4.1.11129.2.4.3": ("precertificatePoison", FieldId.SCT_LIST),
    "2.16.840.1.113730.1.1": ("netscapeCertType", _OTHER),
    "2.16.840.1.113730.1.13": ("netscapeComment", _OTHER),
    "1.3.6.1.4.1.311.20.2": ("microsoftCertificateTemplateName", _OTHER),
    "1.3.6.1.4.1.311.21.1": ("microsoftCaVersion", _OTHER),
    "1.3.6.1.4.1.311.21.2": ("microsoftPreviousCaHash", _OTHER),
    "1.3.6.1.4.1.311.21.7": ("microsoftCertificateTemplate", _OTHER),
    "1.3.6.1.4.1.311.21.10": ("microsoftApplicationPolicies", _OTHER),
    "1.3.6.1.5.5.7.1.3": ("qcStatements", _OTHER),
    "2.23.140.3.1": ("cabfOrganizationIdentifier", _OTHER),
    "2.5.29.16": ("privateKeyUsagePeriod", _OTHER),
    "1.2.643.100.111": ("subjectSignTool", _OTHER),
    "1.2.643.100.112": ("issuerSignTool", _OTHER),
    "1.3.36.8.3.3": ("admission", _OTHER),
    "1.3.101.77": ("redactedSubjectAltName", _OTHER),
    "1.3.6.1.4.1.311.25.2": ("microsoftAccountSid", _OTHER),
    "1.3.6.1.4.1.44363.44": ("delegationUsage", _OTHER),
    "1.3.6.1.4.1.45724.1.1.4": ("fidoAaguid", _OTHER),
    "1.3.6.1.4.1.45724.2.1.1": ("fidoU2fTransports", _OTHER),
    "1.3.6.1.5.5.7.1.31": ("acmeIdentifier", _OTHER),
}
_ALL = _KNOWN | _UNPROCESSED


def describe_extension(oid: str) -> str:
    """Return the extension's name, or its dotted identifier."""
    return _ALL[oid][0] if oid in _ALL else oid


def field_of(oid: str) -> str:
    """Return the FieldId value that a problem in this extension points at."""
    return (_ALL[oid][1] if oid in _ALL else _OTHER).value


def is_known(oid: str) -> bool:
    """Whether common TLS clients process the extension, so that it may be critical."""
    return oid in _KNOWN
