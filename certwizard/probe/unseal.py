"""Opening the sealed records of a TLS 1.3 handshake (RFC 8446 sections 5.2 and 7.3)."""

from dataclasses import dataclass
from typing import Protocol

_KEY_BYTES = {0x1301: 16, 0x1302: 32, 0x1303: 32, 0x1304: 16, 0x1305: 16}
_SHA384_SUITES = {0x1302}
_CHACHA20_SUITES = {0x1303}
_CCM_8_SUITES = {0x1305}
_CCM_SUITES = {0x1304, 0x1305}
_IV_BYTES = 12


class _Aead(Protocol):
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """Return the plain text or raise InvalidTag."""


@dataclass(slots=True)
class Unsealer:
    """Opens records in the order they came."""

    aead: _Aead
    iv: bytes
    sequence: int = 0

    def open(self, body: bytes) -> tuple[int, bytes]:
        """Return the true content type and the plain content.

        Raises:
            ValueError: the record is not sealed with this key.
        """
        from cryptography.exceptions import InvalidTag

        header = b"\x17\x03\x03" + len(body).to_bytes(2)
        nonce = (int.from_bytes(self.iv) ^ self.sequence).to_bytes(_IV_BYTES)
        try:
            inner = self.aead.decrypt(nonce, body, header).rstrip(b"\x00")
        except InvalidTag as error:
            raise ValueError("another key") from error
        self.sequence += 1
        return inner[-1], inner[:-1]


def unsealer_for(suite: int, secret: bytes) -> Unsealer | None:
    """Return what opens records under a handshake traffic secret, or None for a suite unknown here."""
    size = _KEY_BYTES.get(suite)
    if size is None:
        return None
    key = _expand_label(suite, secret, b"key", size)
    return Unsealer(_aead(suite, key), _expand_label(suite, secret, b"iv", _IV_BYTES))


def _aead(suite: int, key: bytes) -> _Aead:
    from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM, ChaCha20Poly1305

    if suite in _CHACHA20_SUITES:
        return ChaCha20Poly1305(key)
    if suite in _CCM_SUITES:
        return AESCCM(key, tag_length=8 if suite in _CCM_8_SUITES else 16)
    return AESGCM(key)


def _expand_label(suite: int, secret: bytes, label: bytes, size: int) -> bytes:
    """HKDF-Expand-Label with an empty context (RFC 8446 section 7.1)."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    full = b"tls13 " + label
    info = size.to_bytes(2) + bytes([len(full)]) + full + b"\x00"
    algorithm = hashes.SHA384() if suite in _SHA384_SUITES else hashes.SHA256()
    return HKDFExpand(algorithm, size, info).derive(secret)
