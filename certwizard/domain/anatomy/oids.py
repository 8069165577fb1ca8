"""Object identifiers that people meet inside certificates, in words."""

# RFC 5280 4.2.1.12, then what vendors added.
USAGES = {
    "1.3.6.1.5.5.7.3.1": ("serverAuth", "identify a server (TLS)"),
    "1.3.6.1.5.5.7.3.2": ("clientAuth", "identify a client (mutual TLS)"),
    "1.3.6.1.5.5.7.3.3": ("codeSigning", "sign programs"),
    "1.3.6.1.5.5.7.3.4": ("emailProtection", "sign and encrypt mail"),
    "1.3.6.1.5.5.7.3.8": ("timeStamping", "sign time stamps"),
    "1.3.6.1.5.5.7.3.9": ("OCSPSigning", "sign OCSP answers for a CA"),
    "1.3.6.1.5.5.7.3.17": ("ipsecIKE", "identify an IPsec peer"),
    "1.3.6.1.5.5.7.3.21": ("secureShellClient", "identify an SSH client"),
    "1.3.6.1.5.5.7.3.22": ("secureShellServer", "identify an SSH server"),
    "1.3.6.1.5.5.7.3.36": ("documentSigning", "sign documents"),
    "1.3.6.1.4.1.311.10.3.3": ("msServerGatedCrypto", "outdated: strong cipher suites of old Windows"),
    "2.16.840.1.113730.4.1": ("nsServerGatedCrypto", "outdated: strong cipher suites of Netscape"),
    "1.3.6.1.4.1.311.20.2.2": ("msSmartcardLogin", "log in with a smart card"),
    "1.3.6.1.4.1.311.54.1.2": ("msRemoteDesktop", "identify a Remote Desktop server"),
    "1.3.6.1.5.2.3.5": ("pkInitKDC", "identify a Kerberos server"),
    "1.3.6.1.4.1.11129.2.4.4": ("precertificateSigning", "sign precertificates for CT logs"),
    "2.5.29.37.0": ("anyExtendedKeyUsage", "every use"),
}

# CA/Browser Forum Baseline Requirements 7.1.6.1 and its sisters; then policies of single CAs.
POLICIES = {
    "2.5.29.32.0": ("anyPolicy", "every policy"),
    "2.23.140.1.1": ("extended-validated", "EV: the organisation was checked in depth"),
    "2.23.140.1.2.1": ("domain-validated", "DV: only control over the names was checked"),
    "2.23.140.1.2.2": ("organization-validated", "OV: the organisation was checked"),
    "2.23.140.1.2.3": ("individual-validated", "IV: a person was checked"),
    "2.23.140.1.3": ("ev-code-signing", "EV for programs"),
    "2.23.140.1.4.1": ("code-signing", "for programs"),
    "2.23.140.1.31": ("onion-ev", "EV for .onion names"),
    "1.3.6.1.4.1.44947.1.1.1": ("isrg-domain-validated", "Let's Encrypt: DV"),
}

QUALIFIERS = {
    "1.3.6.1.5.5.7.2.1": "Practice statement (CPS)",
    "1.3.6.1.5.5.7.2.2": "Notice to the user",
}

ACCESS_METHODS = {
    "1.3.6.1.5.5.7.48.1": "Ask whether it is revoked (OCSP)",
    "1.3.6.1.5.5.7.48.2": "Fetch the issuer (caIssuers)",
    "1.3.6.1.5.5.7.48.3": "Time stamps",
    "1.3.6.1.5.5.7.48.5": "CA repository",
}

TLS_FEATURES = {
    5: ("status_request", "must-staple: the server has to hand over an OCSP answer"),
    17: ("status_request_v2", "must-staple for the whole chain"),
}

KEY_USAGE_WORDS = {
    "digitalSignature": "sign handshakes",
    "nonRepudiation": "sign what cannot be denied later (contentCommitment)",
    "keyEncipherment": "encrypt keys (old RSA key exchange)",
    "dataEncipherment": "encrypt data",
    "keyAgreement": "agree on keys (static Diffie-Hellman)",
    "keyCertSign": "sign certificates",
    "cRLSign": "sign revocation lists",
    "encipherOnly": "key agreement for encrypting only",
    "decipherOnly": "key agreement for decrypting only",
}

KEY_ALGORITHMS = {
    "1.2.840.113549.1.1.1": "RSA",
    "1.2.840.113549.1.1.10": "RSA for PSS signatures alone",
    "1.2.840.10045.2.1": "elliptic curve",
    "1.2.840.10040.4.1": "DSA",
    "1.3.101.110": "X25519",
    "1.3.101.111": "X448",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
    "2.16.840.1.101.3.4.3.17": "ML-DSA-44",
    "2.16.840.1.101.3.4.3.18": "ML-DSA-65",
    "2.16.840.1.101.3.4.3.19": "ML-DSA-87",
    "1.2.643.2.2.19": "GOST R 34.10-2001",
    "1.2.643.7.1.1.1.1": "GOST R 34.10-2012, 256 bits",
    "1.2.643.7.1.1.1.2": "GOST R 34.10-2012, 512 bits",
}

HASHES = {
    "1.3.14.3.2.26": "SHA-1",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
}

# ETSI EN 319 412-5, RFC 3739 section 3.2.6, ETSI TS 119 495.
STATEMENTS = {
    "0.4.0.1862.1.1": ("QcCompliance", "a qualified certificate under EU law"),
    "0.4.0.1862.1.2": ("QcLimitValue", "limits what it may be used for by an amount of money"),
    "0.4.0.1862.1.3": ("QcRetentionPeriod", "years that the CA keeps its records"),
    "0.4.0.1862.1.4": ("QcSSCD", "the private key is in a secure device"),
    "0.4.0.1862.1.5": ("QcPDS", "where the CA's disclosure statement is"),
    "0.4.0.1862.1.6": ("QcType", "what kind of qualified certificate"),
    "0.4.0.1862.1.7": ("QcCClegislation", "under the law of which country"),
    "0.4.0.19495.2": ("PSD2", "a payment service with its roles and its authority"),
    "1.3.6.1.5.5.7.11.1": ("pkixQCSyntax-v1", "written after RFC 3739"),
    "1.3.6.1.5.5.7.11.2": ("pkixQCSyntax-v2", "written after RFC 3739"),
}
QC_TYPES = {
    "0.4.0.1862.1.6.1": "electronic signature",
    "0.4.0.1862.1.6.2": "electronic seal",
    "0.4.0.1862.1.6.3": "web site",
}


def named(oid: str, names: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Return name and meaning of an object identifier, or itself and nothing."""
    return names.get(oid, (oid, ""))
