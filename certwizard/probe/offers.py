"""What our side offers in a handshake: the choice of today's browsers, or everything there is."""

from certwizard.domain.observation import Offer

# What browsers of today offer, the last six for servers that know no ECDHE or no AEAD.
_MODERN_CIPHERS = (
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA:AES256-SHA"
)
_EVERY_CIPHER = "ALL:COMPLEMENTOFALL"
_MODERN_TLS13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
_EVERY_TLS13 = f"{_MODERN_TLS13}:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"

# Level 0 lets weak keys and signatures through: this connection looks at them, nothing is entrusted to it.
_LOOK_AT_ALL = ":@SECLEVEL=0"

CIPHERS = {Offer.MODERN: _MODERN_CIPHERS + _LOOK_AT_ALL, Offer.PERMISSIVE: _EVERY_CIPHER + _LOOK_AT_ALL}
"""Cipher lists up to TLS 1.2, in OpenSSL's words."""

TLS13_CIPHERS = {Offer.MODERN: _MODERN_TLS13, Offer.PERMISSIVE: _EVERY_TLS13}

OLDEST = {Offer.MODERN: 0x0303, Offer.PERMISSIVE: 0x0301}
"""The oldest protocol version, as its number on the wire: TLS 1.2 and TLS 1.0."""
