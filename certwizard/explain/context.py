"""Whether words stand where TLS or certificates are spoken of."""

import re

_NEAR = 260
_SPEAKS = re.compile(
    r" (?:(?:open|gnu|wolf|libre|boring|mbed)?ssl\w*|(?:rus|gnu)?tls\w*|starttls|mtls|x509\w*|x 509|certs?"
    r"|certificates?\w*|\w*certificate\w*|pkix|ocsp\w*|schannel|err ssl|handshake|sslhandshake\w*) "
)


def speaks_of_tls(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether the words around a place speak of TLS or certificates.

    Args:
        text: Words in normal form.
        start: Where the words in question begin.
        end: Where they end; None: the whole text is asked about.
    """
    if end is None:
        return _SPEAKS.search(text) is not None
    before = text[max(start - _NEAR, 0) : start]
    return (
        _SPEAKS.search(f" {before}") is not None or _SPEAKS.search(f"{text[end : end + _NEAR]} ") is not None
    )
