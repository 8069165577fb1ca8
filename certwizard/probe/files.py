"""Reads certificate files given in place of a server, whatever form they have."""

from dataclasses import dataclass, replace

from certwizard.domain import der
from certwizard.domain.der import DerError
from certwizard.domain.observation import Failure, FileContent, InputFile, PrivateKeyFacts
from certwizard.domain.options import PasswordSource
from certwizard.probe.bounded_file import read_bounded
from certwizard.probe.containers import Contents, open_pkcs7, open_pkcs12
from certwizard.probe.foreign import name_blocks, name_foreign
from certwizard.probe.pem import PemBlock, PemText, bare_base64, find_blocks
from certwizard.probe.private_key import is_key_block, key_of_block
from certwizard.probe.shapes import Shape, shape_of

MAX_CERTIFICATES = 1000


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file that was read, and the key that stood in it beside the certificates."""

    file: InputFile
    key: PrivateKeyFacts | None = None


def read_file(path: str, password: PasswordSource | None = None) -> FileReading:
    """Return the certificates of a file in their order, or what the file is instead."""
    data = read_bounded(path)
    if isinstance(data, Failure):
        return FileReading(InputFile(path, FileContent.UNKNOWN, failure=data))
    return _bounded(read_bytes(data, path, password))


def read_bytes(data: bytes, path: str, password: PasswordSource | None = None) -> FileReading:
    """Return the certificates in bytes that came from a path or an address."""
    reading = _plain(data, path, password)
    if reading is not None:
        return reading
    unpacked = bare_base64(data)
    reading = _plain(unpacked, path, password) if unpacked else None
    if reading is not None:
        notes = ("base64 without BEGIN and END lines", *reading.file.notes)
        return replace(reading, file=replace(reading.file, notes=notes))
    foreign = name_foreign(data)
    return FileReading(InputFile(path, foreign.content, failure=foreign.failure))


def _plain(data: bytes, path: str, password: PasswordSource | None) -> FileReading | None:
    """Return what PEM or binary data holds, or None where it is neither."""
    pem = find_blocks(data)
    return _from_pem(pem, path, password) if pem.blocks else _from_der(data, path, password)


def _from_pem(pem: PemText, path: str, password: PasswordSource | None) -> FileReading:
    chain: list[bytes] = []
    notes = list(pem.notes)
    container = False
    for number, block in enumerate(pem.blocks, 1):
        if is_key_block(block) or block.label.endswith("PARAMETERS"):
            continue
        found = _certificates_of(block)
        chain += found.chain
        notes += found.notes
        container = container or (bool(found.chain) and shape_of(block.der) is Shape.PKCS7)
        if not found.chain:
            notes.append(f"block {number} ({block.label}) was left out: {_why_left_out(block)}")
    key_block = next((block for block in pem.blocks if is_key_block(block)), None)
    if not chain:
        foreign = name_blocks(pem.blocks)
        file = InputFile(path, foreign.content, failure=foreign.failure, notes=pem.notes)
        # A key given by mistake must not make anybody type its password.
        return FileReading(file, key_of_block(key_block, path, None) if key_block else None)
    content = FileContent.PKCS7 if container else FileContent.PEM
    key = key_of_block(key_block, path, password) if key_block else None
    return FileReading(InputFile(path, content, tuple(chain), notes=tuple(notes)), key)


def _certificates_of(block: PemBlock) -> Contents:
    """Return the certificates of one block, by what is in it rather than by its label."""
    shape = shape_of(block.der) if block.der else Shape.UNKNOWN
    if shape is Shape.PKCS7:
        return open_pkcs7(block.der)
    if shape is not Shape.CERTIFICATE:
        return Contents()
    # "TRUSTED CERTIFICATE" carries OpenSSL's own settings behind the certificate.
    certificate = der.read(block.der).raw
    if len(certificate) < len(block.der) and block.label != "TRUSTED CERTIFICATE":
        return Contents((certificate,), notes=("bytes after the end of a certificate",))
    return Contents((certificate,))


def _why_left_out(block: PemBlock) -> str:
    if block.problem:
        return block.problem
    shape = shape_of(block.der)
    return f"it is a {shape}" if shape not in (Shape.UNKNOWN, Shape.CERTIFICATE) else "it is no certificate"


def _from_der(data: bytes, path: str, password: PasswordSource | None) -> FileReading | None:
    """Return what binary data holds, or None where it is not a form that carries certificates."""
    match shape_of(data):
        case Shape.CERTIFICATE:
            return FileReading(_concatenated(data, path))
        case Shape.PKCS7:
            return _opened(open_pkcs7(data), path, FileContent.PKCS7)
        case Shape.PKCS12:
            return _opened(open_pkcs12(data, path, password), path, FileContent.PKCS12)
    return None


def _opened(contents: Contents, path: str, content: FileContent) -> FileReading:
    file = InputFile(path, content, contents.chain, contents.failure, contents.notes)
    return FileReading(file, contents.key)


def _concatenated(data: bytes, path: str) -> InputFile:
    """Read one DER certificate, or several that were joined end to end."""
    chain: list[bytes] = []
    at = 0
    while at < len(data) and len(chain) <= MAX_CERTIFICATES:
        try:
            element = der.read(data, at).raw
        except DerError:
            break
        if shape_of(element) is not Shape.CERTIFICATE:
            break
        chain.append(element)
        at += len(element)
    notes = ["several DER certificates, one after the other"] if len(chain) > 1 else []
    if data[at : at + 64].strip(b"\r\n\0 "):
        notes.append("bytes after the end of a certificate")
    return InputFile(path, FileContent.DER, tuple(chain), notes=tuple(notes))


def _bounded(reading: FileReading) -> FileReading:
    """Keep the first certificates of a file that holds far too many."""
    file = reading.file
    if len(file.chain) <= MAX_CERTIFICATES:
        return reading
    note = f"only the first {MAX_CERTIFICATES} of {len(file.chain)} certificates are judged"
    return replace(
        reading, file=replace(file, chain=file.chain[:MAX_CERTIFICATES], notes=(*file.notes, note))
    )
