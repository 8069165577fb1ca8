"""The one vocabulary of the program: checks, causes, statuses, severities, verdicts, roles."""

from enum import IntEnum, StrEnum


class CheckId(StrEnum):
    """The eight checks, in wizard order."""

    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    DATES = "dates"
    NAME = "name"
    TRUST = "trust"
    INSTALLATION = "installation"
    REVOCATION = "revocation"
    POLICY = "policy"


class CauseId(StrEnum):
    """Every cause the program can name, in wizard order."""

    DNS_FAILURE = "dns-failure"
    CONNECTION_REFUSED = "connection-refused"
    TIMEOUT = "timeout"
    CONNECTION_RESET = "connection-reset"
    NOT_TLS = "not-tls"
    PROTOCOL_VERSION = "protocol-version"
    CIPHER_MISMATCH = "cipher-mismatch"
    CLIENT_CERT_REQUIRED = "client-cert-required"
    CAPTIVE_PORTAL = "captive-portal"
    STARTTLS_REFUSED = "starttls-refused"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRING_SOON = "expiring-soon"
    CLOCK_WRONG = "clock-wrong"
    HOSTNAME_MISMATCH = "hostname-mismatch"
    NO_SAN = "no-san"
    WRONG_CERTIFICATE_SERVED = "wrong-certificate-served"
    SELF_SIGNED = "self-signed"
    UNTRUSTED_ROOT = "untrusted-root"
    MISSING_INTERMEDIATE = "missing-intermediate"
    BAD_SIGNATURE = "bad-signature"
    DISTRUSTED_CA = "distrusted-ca"
    INTERCEPTION = "interception"
    NOT_A_CA = "not-a-ca"
    PATH_LENGTH = "path-length"
    NAME_CONSTRAINTS = "name-constraints"
    TRUST_STORE_MISSING = "trust-store-missing"
    TRUST_STORE_OUTDATED = "trust-store-outdated"
    PINNING = "pinning"
    WRONG_ORDER = "wrong-order"
    EXTRA_CERTIFICATES = "extra-certificates"
    DUPLICATE_CERTIFICATES = "duplicate-certificates"
    KEY_MISMATCH = "key-mismatch"
    NOT_RELOADED = "not-reloaded"
    INCONSISTENT_ADDRESSES = "inconsistent-addresses"
    CHAIN_TOO_LARGE = "chain-too-large"
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation-unknown"
    MUST_STAPLE = "must-staple"
    WEAK_KEY = "weak-key"
    WEAK_SIGNATURE = "weak-signature"
    VALIDITY_TOO_LONG = "validity-too-long"
    WRONG_USAGE = "wrong-usage"
    CT_MISSING = "ct-missing"
    UNKNOWN_CRITICAL_EXTENSION = "unknown-critical-extension"
    PROFILE_VIOLATION = "profile-violation"
    MALFORMED = "malformed"


class Status(StrEnum):
    """The outcome of a check or of one fact."""

    PASS = "pass"  # noqa: S105 - a status, no password
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"
    """Could not be found out; the headline gives the reason."""
    SKIPPED = "skipped"
    """Cannot apply; the headline gives the reason."""


class Severity(StrEnum):
    """How much a cause matters, by what today's mainstream clients do."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """The whole diagnosis in a word."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REJECTED = "rejected"
    UNDETERMINED = "undetermined"


class ExitCode(IntEnum):
    """Exit codes of ``certwizard check``."""

    ACCEPTED = 0
    WARNED = 1
    REJECTED = 2
    UNDETERMINED = 3
    USAGE = 64


class Role(StrEnum):
    """Who asks; decides which remedies come first, never the verdict."""

    VISITOR = "visitor"
    SERVER_OWNER = "server-owner"
    CLIENT_DEVELOPER = "client-developer"


class FieldId(StrEnum):
    """What a fact or a cause points at; each has a lesson of the same id."""

    ADDRESS = "address"
    PORT = "port"
    PROTOCOL = "protocol"
    CIPHER = "cipher"
    STARTTLS = "starttls"
    SNI = "sni"
    CLOCK = "clock"
    CHAIN = "chain"
    PRIVATE_KEY = "private-key"
    TRUST_ANCHOR = "trust-anchor"
    VERSION = "version"
    SERIAL = "serial"
    SUBJECT = "subject"
    ISSUER = "issuer"
    NOT_BEFORE = "not-before"
    NOT_AFTER = "not-after"
    PUBLIC_KEY = "public-key"
    SIGNATURE = "signature"
    SUBJECT_ALT_NAME = "subject-alt-name"
    BASIC_CONSTRAINTS = "basic-constraints"
    KEY_USAGE = "key-usage"
    EXTENDED_KEY_USAGE = "extended-key-usage"
    SUBJECT_KEY_ID = "subject-key-id"
    AUTHORITY_KEY_ID = "authority-key-id"
    AUTHORITY_INFO_ACCESS = "authority-info-access"
    CRL_DISTRIBUTION_POINTS = "crl-distribution-points"
    CERTIFICATE_POLICIES = "certificate-policies"
    NAME_CONSTRAINTS = "name-constraints"
    SCT_LIST = "sct-list"
    TLS_FEATURE = "tls-feature"
    OCSP = "ocsp"
    CRL = "crl"
    FINGERPRINT = "fingerprint"
    OTHER_EXTENSION = "other-extension"
