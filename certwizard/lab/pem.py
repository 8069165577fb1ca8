"""Certificates as PEM text, without parsing them: the broken ones must come through."""

import base64
import textwrap
from collections.abc import Iterable


def pem_chain(chain: Iterable[bytes]) -> bytes:
    """Return certificates as PEM blocks in their order (RFC 7468)."""
    return "".join(_block(der) for der in chain).encode("ascii")


def _block(der: bytes) -> str:
    lines = textwrap.wrap(base64.b64encode(der).decode("ascii"), 64)
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])
