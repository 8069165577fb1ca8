"""Signature algorithms and groups that our side offers: what pyOpenSSL wraps no function for."""

from typing import Any

from cryptography.hazmat.bindings.openssl.binding import Binding
from OpenSSL import SSL

_signatures: Any = getattr(Binding.lib, "SSL_CTX_set1_sigalgs_list", None)
_groups: Any = getattr(Binding.lib, "SSL_CTX_set1_curves_list", None)
_late_requests: Any = getattr(Binding.lib, "SSL_CTX_set_post_handshake_auth", None)


def can_choose() -> bool:
    """Whether this build of the bindings can be told which signatures and groups to offer."""
    # pyOpenSSL hands out its context nowhere; both come from one project and share the very library.
    has_context = hasattr(SSL.Context(SSL.TLS_CLIENT_METHOD), "_context")
    return _signatures is not None and _groups is not None and has_context


def choose_signatures(context: SSL.Context, algorithms: str) -> None:
    """Offer these signature algorithms alone, the preferred one first; ask `can_choose` before."""
    if _signatures(context._context, algorithms.encode("ascii")) != 1:
        raise ValueError(f"OpenSSL knows no signature algorithms {algorithms}")


def choose_groups(context: SSL.Context, groups: str) -> None:
    """Offer these groups alone, the preferred one first; ask `can_choose` before."""
    if _groups(context._context, groups.encode("ascii")) != 1:
        raise ValueError(f"OpenSSL knows no groups {groups}")


def allow_late_requests(context: SSL.Context) -> None:
    """Let the server ask for a client certificate once it knows the path (RFC 8446 section 4.6.2)."""
    if _late_requests is not None and hasattr(context, "_context"):
        _late_requests(context._context, 1)
