"""Certificates as PEM text, without parsing them: the broken ones must come through."""

import base64
import textwrap
from collections.abc import Iterable


def pem_chain(chain: Iterable[bytes]) -> bytes:
    """Return certificates as PEM blocks in their order (RFC 7468)."""
    return b"".join(pem_block("CERTIFICATE", der) for der in chain)


def pem_block(label: str, der: bytes) -> bytes:
    """Return one PEM block."""
    lines = textwrap.wrap(base64.b64encode(der).decode("ascii"), 64)
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode("ascii")
