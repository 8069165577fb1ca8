"""Which signature algorithms our side offers: what pyOpenSSL wraps no function for."""

from typing import Any

from cryptography.hazmat.bindings.openssl.binding import Binding
from OpenSSL import SSL

_choose: Any = getattr(Binding.lib, "SSL_CTX_set1_sigalgs_list", None)


def can_choose_signatures() -> bool:
    """Whether this build of the bindings can be told which signatures to offer."""
    return _choose is not None and hasattr(SSL.Context(SSL.TLS_CLIENT_METHOD), "_context")


def choose_signatures(context: SSL.Context, algorithms: str) -> None:
    """Offer these signature algorithms alone, the preferred one first; ask `can_choose_signatures` before."""
    # pyOpenSSL hands out its context nowhere; both come from one project and share the very library.
    if _choose(context._context, algorithms.encode("ascii")) != 1:
        raise ValueError(f"OpenSSL knows no signature algorithms {algorithms}")
