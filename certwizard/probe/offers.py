"""What our side offers in a handshake: the choice of today's browsers, parts of it, or everything there is."""

from dataclasses import dataclass

from certwizard.domain.observation import Offer

TLS10, TLS12, TLS13 = 0x0301, 0x0303, 0x0304
"""Protocol versions as their numbers on the wire."""

# What browsers of today offer, the last six for servers that know no ECDHE or no AEAD.
_MODERN_CIPHERS = (
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA:AES256-SHA"
)
_RSA_CIPHERS = (
    "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA:AES256-SHA"
)
_ECDSA_CIPHERS = (
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA"
)
_EVERY_CIPHER = "ALL:COMPLEMENTOFALL"
_MODERN_TLS13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
_EVERY_TLS13 = f"{_MODERN_TLS13}:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"

_RSA_SIGNATURES = (
    "rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:"
    "rsa_pkcs1_sha256:rsa_pkcs1_sha384:rsa_pkcs1_sha512"
)
_ECDSA_SIGNATURES = "ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512"

# Level 0 lets weak keys and signatures through: this connection looks at them, nothing is entrusted to it.
_LOOK_AT_ALL = ":@SECLEVEL=0"


@dataclass(frozen=True, slots=True)
class Terms:
    """One offer in OpenSSL's words."""

    ciphers: str = _MODERN_CIPHERS
    """Up to TLS 1.2."""
    ciphers13: str = _MODERN_TLS13
    oldest: int = TLS12
    newest: int = TLS13
    signatures: str = ""
    """Signature algorithms in order of preference; empty leaves OpenSSL's own, which put ECDSA before RSA."""
    groups: str = ""
    """Groups for the key exchange; empty leaves OpenSSL's own, the first of them post-quantum."""

    @property
    def cipher_list(self) -> bytes:
        """The ciphers up to TLS 1.2, for a connection that refuses nothing."""
        return (self.ciphers + _LOOK_AT_ALL).encode("ascii")


TERMS = {
    Offer.MODERN: Terms(),
    Offer.PERMISSIVE: Terms(_EVERY_CIPHER, _EVERY_TLS13, TLS10),
    Offer.SMALL: Terms(groups="X25519:P-256:P-384"),
    Offer.TLS12: Terms(newest=TLS12),
    # Up to TLS 1.2 the cipher says the kind of key, so that the signatures of the chain stay free.
    Offer.RSA: Terms(_RSA_CIPHERS, newest=TLS12),
    Offer.ECDSA: Terms(_ECDSA_CIPHERS, newest=TLS12),
    Offer.RSA_TLS13: Terms(oldest=TLS13, signatures=_RSA_SIGNATURES),
    Offer.ECDSA_TLS13: Terms(oldest=TLS13, signatures=_ECDSA_SIGNATURES),
    Offer.RSA_FIRST: Terms(
        f"{_RSA_CIPHERS}:{_ECDSA_CIPHERS}", signatures=f"{_RSA_SIGNATURES}:{_ECDSA_SIGNATURES}"
    ),
}
"""Each offer's terms, but for EVERYTHING, which is no handshake of OpenSSL's."""
