"""Reads a private key for one purpose: to compare its public half; nothing else of it is kept."""

import re
import warnings
from typing import TYPE_CHECKING

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, FailureReason, PrivateKeyFacts
from certwizard.domain.options import PasswordSource
from certwizard.probe.bounded_file import read_bounded
from certwizard.probe.foreign import name_foreign
from certwizard.probe.lock_work import TOO_MUCH_WORK, too_much_work
from certwizard.probe.pem import PemBlock, bare_base64, find_blocks
from certwizard.probe.public_half import public_half
from certwizard.probe.shapes import Shape, shape_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

_KEY_SHAPES = {Shape.KEY, Shape.ENCRYPTED_KEY}
_DEK_INFO = re.compile(r"DEK-Info: ?([A-Z0-9-]+),([0-9A-Fa-f]+)(?![0-9A-Za-z])")


def read_private_key(path: str, password: PasswordSource | None = None) -> PrivateKeyFacts:
    """Return the public half of the key in a file, or why there is none."""
    data = read_bounded(path)
    if isinstance(data, Failure):
        return PrivateKeyFacts(path, failure=data)
    plain = bare_base64(data) or data
    block = next((block for block in find_blocks(plain).blocks if is_key_block(block)), None)
    if block is not None:
        return key_of_block(block, path, password)
    shape = shape_of(plain)
    if shape in _KEY_SHAPES:
        return _load(plain, plain, path, password, encrypted=shape is Shape.ENCRYPTED_KEY)
    if shape is Shape.PKCS12:
        return _key_of_pkcs12(plain, path, password)
    return PrivateKeyFacts(path, failure=_not_a_key(data))


def is_key_block(block: PemBlock) -> bool:
    """Return whether a PEM block says that it is a private key."""
    return block.label.endswith("PRIVATE KEY")


def is_encrypted(block: PemBlock) -> bool:
    """Return whether a PEM key block needs a password (PKCS#8, or the old header lines)."""
    return block.label == "ENCRYPTED PRIVATE KEY" or "ENCRYPTED" in block.headers


def key_of_block(block: PemBlock, path: str, password: PasswordSource | None) -> PrivateKeyFacts:
    """Return the public half of the key in a PEM block."""
    problem = block.problem or _bad_lock(block)
    if problem:
        return _failed(path, f"its {block.label} block is damaged: {problem}")
    text = block.text.encode("latin-1", "replace")
    return _load(text, block.der, path, password, encrypted=is_encrypted(block))


def _bad_lock(block: PemBlock) -> str:
    """Return what is wrong with the DEK-Info line of an old locked key (RFC 1421 4.6.1.3).

    The library gives up on a vector of the wrong length in a way that cannot be caught decently.
    """
    if block.label == "ENCRYPTED PRIVATE KEY" or "DEK-Info" not in block.headers:
        return ""
    found = _DEK_INFO.search(block.headers)
    if found is None:
        return "its DEK-Info line cannot be read"
    wanted = 32 if found[1].startswith("AES") else 16
    return "" if len(found[2]) == wanted else "its DEK-Info line is cut"


def _load(
    data: bytes, der: bytes, path: str, password: PasswordSource | None, *, encrypted: bool
) -> PrivateKeyFacts:
    from cryptography.exceptions import UnsupportedAlgorithm

    if encrypted:
        if too_much_work(der):
            return _failed(path, TOO_MUCH_WORK, "an encrypted private key")
        given = password(path) if password is not None else None
        if not given:
            return _failed(path, "its password is needed to read it", "an encrypted private key")
        # Old locks were made of bytes in any encoding; the environment carries such bytes as surrogates.
        secret: bytes | None = given.encode("utf-8", "surrogateescape")
    else:
        secret = None
    try:
        return public_half(_parse(data, secret), path)
    except UnsupportedAlgorithm as error:
        return _failed(path, f"its algorithm cannot be read here: {clean(str(error), 120)}")
    except TypeError:
        # The library's way to say that an OpenSSH key is locked.
        return (
            _load(data, der, path, password, encrypted=True)
            if not encrypted
            else _failed(path, "it is damaged")
        )
    except ValueError:
        return _failed(
            path, "the password is wrong or the key is damaged" if encrypted else "the key is damaged"
        )


def _parse(data: bytes, secret: bytes | None) -> "PrivateKeyTypes":
    from cryptography.hazmat.primitives import serialization

    with warnings.catch_warnings():
        # A weak or old kind of key is judged elsewhere; the library's remarks on it are not for users.
        warnings.simplefilter("ignore")
        if b"BEGIN OPENSSH" in data[:64]:
            return serialization.load_ssh_private_key(data, secret)
        if data.startswith(b"-----"):
            return serialization.load_pem_private_key(data, secret)
        return serialization.load_der_private_key(data, secret)


def _key_of_pkcs12(data: bytes, path: str, password: PasswordSource | None) -> PrivateKeyFacts:
    from certwizard.probe.containers import open_pkcs12

    opened = open_pkcs12(data, path, password)
    if opened.key is not None:
        return opened.key
    failure = opened.failure or Failure(FailureReason.WRONG_KIND, "it holds no private key", spoke="PKCS#12")
    return PrivateKeyFacts(path, failure=failure)


def _not_a_key(data: bytes) -> Failure:
    """Name what was given in place of a key."""
    foreign = name_foreign(data)
    return Failure(FailureReason.WRONG_KIND, "give the private key that belongs to it", spoke=foreign.spoke)


def _failed(path: str, detail: str, spoke: str = "a private key") -> PrivateKeyFacts:
    return PrivateKeyFacts(path, failure=Failure(FailureReason.UNREADABLE, detail, spoke=spoke))
