"""Asks for the SCTs of the handshake (RFC 6962 section 3.3.1), which pyOpenSSL itself cannot.

OpenSSL takes the extension into its ClientHello when it is registered as a custom one, and then lets the
server's answer pass; the answer is read from the bytes, in every version of TLS (see `records`).
"""

from OpenSSL import SSL

_SIGNED_CERTIFICATE_TIMESTAMP = 18


def ask_for_scts(context: SSL.Context) -> bool:
    """Make the handshakes of a context ask for SCTs; returns whether that could be done."""
    try:
        # The binding is public, but the way from a Context to its pointer is not: where either is
        # missing nothing is asked, and the diagnosis says that it does not know.
        from cryptography.hazmat.bindings.openssl.binding import Binding

        lib, pointer = Binding.lib, context._context
        null = Binding.ffi.NULL
        return bool(
            lib.SSL_CTX_add_client_custom_ext(
                pointer, _SIGNED_CERTIFICATE_TIMESTAMP, null, null, null, null, null
            )
        )
    except (ImportError, AttributeError, TypeError):
        return False
