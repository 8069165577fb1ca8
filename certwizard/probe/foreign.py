"""Names what a file is when it is not the certificates that were asked for, and what to do then."""

import re
from dataclasses import dataclass

from certwizard.domain.observation import Failure, FailureReason, FileContent
from certwizard.probe.pem import PemBlock, as_text, bare_base64, find_blocks
from certwizard.probe.shapes import Shape, shape_of


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file is, in words, and the next step of somebody who wanted to give certificates."""

    content: FileContent
    spoke: str
    advice: str
    reason: FailureReason = FailureReason.WRONG_KIND

    @property
    def failure(self) -> Failure:
        """The finding as a failure."""
        return Failure(self.reason, self.advice, spoke=self.spoke)


_KEY = Foreign(FileContent.KEY, "a private key", "give the certificate with --file and this key with --key")
_ENCRYPTED = Foreign(FileContent.ENCRYPTED_KEY, "an encrypted private key", _KEY.advice)
_CSR = Foreign(
    FileContent.CSR,
    "a certificate signing request",
    "give the certificate that the CA returned for this request",
)
_CRL = Foreign(
    FileContent.CRL,
    "a certificate revocation list",
    "give the certificate with --file and this list with --crl",
)
_PUBLIC = Foreign(
    FileContent.PUBLIC_KEY,
    "a public key",
    "give the certificate, a public key alone carries no name and no dates",
)
_SSH = Foreign(FileContent.SSH, "an SSH key", "give a TLS certificate, SSH keys are another kind")
_OCSP = Foreign(FileContent.UNKNOWN, "an OCSP answer", "give the certificate the answer speaks of")
_EMPTY = Foreign(FileContent.EMPTY, "an empty file", "write the certificate into it again")
_KEYSTORE = "export it first: keytool -exportcert -rfc -keystore FILE -alias ALIAS"
_JKS = Foreign(FileContent.UNKNOWN, "a Java keystore (JKS)", _KEYSTORE)
_JCEKS = Foreign(FileContent.UNKNOWN, "a Java keystore (JCEKS)", _KEYSTORE)
_HTML = Foreign(
    FileContent.UNKNOWN, "an HTML page", "download the certificate itself, the page around it was saved"
)
_CUT = Foreign(
    FileContent.UNKNOWN, "a truncated DER file", "copy the whole file again", FailureReason.UNREADABLE
)
_ARMOUR = Foreign(
    FileContent.UNKNOWN,
    "a damaged PEM file",
    "its BEGIN and END lines need five plain hyphens on either side",
    FailureReason.UNREADABLE,
)
_ARCHIVE = Foreign(FileContent.UNKNOWN, "a ZIP archive", "unpack it and give the certificate in it")
_TEXT = Foreign(
    FileContent.UNKNOWN, "a text file without a certificate", "give a PEM, DER, PKCS#7 or PKCS#12 file"
)
_OTHER = Foreign(FileContent.UNKNOWN, "no certificate file", "give a PEM, DER, PKCS#7 or PKCS#12 file")
_CERTIFICATE = Foreign(FileContent.PEM, "a certificate", "it holds no key")

_BY_SHAPE = {
    Shape.CERTIFICATE: Foreign(FileContent.DER, "a certificate", "it holds no key"),
    Shape.CSR: _CSR,
    Shape.CRL: _CRL,
    Shape.KEY: _KEY,
    Shape.ENCRYPTED_KEY: _ENCRYPTED,
    Shape.PUBLIC_KEY: _PUBLIC,
    Shape.OCSP_RESPONSE: _OCSP,
    Shape.PKCS7: Foreign(FileContent.PKCS7, "PKCS#7", "it holds no key"),
    Shape.PKCS12: Foreign(FileContent.PKCS12, "PKCS#12", "it holds no certificate"),
}
_BY_MAGIC = (
    (b"\xfe\xed\xfe\xed", _JKS),
    (b"\xce\xce\xce\xce", _JCEKS),
    (b"PK\x03\x04", _ARCHIVE),
    (b"ssh-", _SSH),
    (b"ecdsa-sha2-", _SSH),
    (b"sk-ssh-", _SSH),
    (b"---- BEGIN SSH2 ", _SSH),
    (b"PuTTY-User-Key-File", _SSH),
)
_WEB_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def name_foreign(data: bytes) -> Foreign:
    """Return what the bytes of a file are."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return _EMPTY
    blocks = find_blocks(data).blocks
    if blocks:
        return name_blocks(blocks)
    shape = shape_of(bare_base64(data) or data)
    if shape in _BY_SHAPE:
        return _BY_SHAPE[shape]
    for magic, foreign in _BY_MAGIC:
        if data.startswith(magic):
            return foreign
    if _is_cut_der(data):
        return _CUT
    return _name_text(data)


def name_blocks(blocks: tuple[PemBlock, ...]) -> Foreign:
    """Return what a PEM file without a readable certificate is, by its first telling block."""
    for block in blocks:
        if "OPENSSH" in block.label or "SSH2" in block.label:
            return _SSH
        shape = shape_of(block.der) if block.der else Shape.UNKNOWN
        if block.label.endswith("PRIVATE KEY"):
            locked = shape is Shape.ENCRYPTED_KEY or "ENCRYPTED" in block.headers
            return _ENCRYPTED if locked else _KEY
        if shape in _BY_SHAPE and shape is not Shape.CERTIFICATE:
            return _BY_SHAPE[shape]
        if shape is Shape.CERTIFICATE:
            return _CERTIFICATE
    return _broken(blocks[0])


def _broken(block: PemBlock) -> Foreign:
    problem = block.problem or "what is in it is no certificate"
    advice = f"its {block.label} block cannot be read: {problem}; copy it again, whole"
    return Foreign(FileContent.PEM, "a damaged PEM file", advice, FailureReason.UNREADABLE)


def _is_cut_der(data: bytes) -> bool:
    """Return whether a DER sequence announces more than the file holds."""
    if len(data) < 4 or data[0] != 0x30 or data[1] not in (0x82, 0x83):
        return False
    count = data[1] & 0x7F
    return int.from_bytes(data[2 : 2 + count]) + 2 + count > len(data)


def _name_text(data: bytes) -> Foreign:
    text, _ = as_text(data[: 1 << 16])
    if _WEB_PAGE.match(text):
        return _HTML
    if "BEGIN CERTIFICATE" in text or "MIIB" in text[:200] or text.startswith("MII"):
        return _ARMOUR
    return _OTHER if "\0" in text else _TEXT
