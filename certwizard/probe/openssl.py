"""The one file that drives OpenSSL: handshakes that refuse nothing, and OpenSSL's own verdict on a chain."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from OpenSSL import SSL, crypto

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import Failure, FailureReason, Offer, OpenSSLVerdict
from certwizard.probe.greeting import identify, looks_like_tls
from certwizard.probe.notes import Notes
from certwizard.probe.offers import TERMS
from certwizard.probe.plain_flight import protocol_in
from certwizard.probe.records import Flight, read_flight
from certwizard.probe.sct_request import ask_for_scts
from certwizard.probe.signatures import allow_late_requests, choose_groups, choose_signatures
from certwizard.probe.stream import READ_SIZE, BoundedStream, StepFailed, fail

HANDSHAKE_LIMIT = 1024 * 1024
"""Bytes a server may send before its handshake counts as endless."""

NAMES_LIMIT = 50
"""Authorities kept of those a server accepts client certificates from."""

_GREETING_WAIT = 0.3
_REST_WAIT = 1.0
_ILLEGAL_PARAMETER = 47
MESSAGE_LIMIT = 100 * 1024
"""Bytes of certificates that OpenSSL takes; what is larger is read all the same, and the handshake ends there."""
_CERTIFICATE_REQUIRED = 116

# SSL_OP_* bits by their numbers in the public header: not every version of the binding names them.
_LEGACY_SERVER_CONNECT, _IGNORE_UNEXPECTED_EOF = 1 << 2, 1 << 7


@dataclass(frozen=True, slots=True)
class Seen:
    """What a handshake, finished or not, has shown."""

    protocol: str | None
    cipher: str | None
    chain: tuple[bytes, ...]
    stapled_ocsp: bytes | None
    client_certificate_requested: bool
    client_ca_names: tuple[str, ...]
    tls_scts: bytes
    scts_asked: bool
    chain_bytes: int
    chain_number: int


class TLSSession:
    """The client's side of one TLS connection over a bounded stream."""

    def __init__(
        self, stream: BoundedStream, offer: Offer, sni: str | None, alpn: Sequence[str] = ()
    ) -> None:
        """Prepare a handshake; nothing is sent yet."""
        self.stream = stream
        self._notes = Notes()
        self._raw = bytearray()
        self._up = False
        self._connection = SSL.Connection(_context(offer, self._notes, alpn), None)
        self._connection.set_connect_state()
        self._connection.request_ocsp()
        if sni is not None:
            self._connection.set_tlsext_host_name(sni.encode("ascii", "replace"))

    @property
    def received(self) -> int:
        """How many bytes the server has sent."""
        return len(self._raw)

    @property
    def asked_late(self) -> bool:
        """Whether the server asked for a certificate of ours after the handshake.

        Up to TLS 1.2 it needs a second handshake for that, and nothing else is a reason for one.
        """
        if self._notes.handshakes > 1:
            return True
        told = bool(_names(self._connection)) or self._notes.alert == _CERTIFICATE_REQUIRED
        return told and not self._flight().certificate_requested

    def handshake(self) -> None:
        """Complete the handshake.

        Raises:
            StepFailed: with the alert's number, what was spoken instead of TLS, or OpenSSL's words.
        """
        while True:
            try:
                self._connection.do_handshake()
            except SSL.WantReadError:
                self._flush()
                if not self._feed():
                    raise StepFailed(self._closed()) from None
            except SSL.Error as error:
                with contextlib.suppress(StepFailed):
                    self._flush()
                    self._read_on()
                raise StepFailed(self._failure(error)) from error
            else:
                break
        self._up = True
        self._flush()

    def send(self, data: bytes) -> None:
        """Send application data.

        Raises:
            StepFailed: the connection is no longer good for it.
        """
        try:
            self._connection.sendall(data)
        except SSL.Error as error:
            raise StepFailed(self._failure(error)) from error
        self._flush()

    def receive(self) -> bytes:
        """Return some application data, or nothing at the end.

        Raises:
            StepFailed: the peer sent an alert, or the stream failed.
        """
        while True:
            try:
                return self._connection.recv(READ_SIZE)
            except SSL.WantReadError:
                # A renegotiation or a late request has an answer of ours.
                self._flush()
                if not self._feed():
                    return b""
            except SSL.ZeroReturnError:
                return b""
            except SSL.Error as error:
                raise StepFailed(self._failure(error)) from error

    def seen(self) -> Seen:
        """Return what the handshake has shown so far."""
        flight = self._flight()
        # The bytes come first: they are as sent, and there even where OpenSSL could not parse them.
        chain = flight.certificates or _dump(self._connection.get_peer_cert_chain() or [])
        return Seen(
            protocol=self._connection.get_protocol_version_name() if self._up else protocol_in(self._raw),
            cipher=self._connection.get_cipher_name() if self._up else None,
            chain=chain,
            stapled_ocsp=flight.staple or self._notes.staple,
            client_certificate_requested=flight.certificate_requested,
            client_ca_names=_names(self._connection),
            tls_scts=flight.scts,
            scts_asked=self._notes.scts_asked,
            chain_bytes=flight.chain_bytes,
            chain_number=flight.chain_number,
        )

    def close(self) -> None:
        """Say goodbye where that is still possible, and close the stream."""
        if self._up:
            with contextlib.suppress(SSL.Error, StepFailed):
                self._connection.shutdown()
                self._flush()
        self.stream.close()

    def _flight(self) -> Flight:
        return read_flight(bytes(self._raw), self._notes.secret)

    def _flush(self) -> None:
        """Send what OpenSSL has to say; a peer that is gone may have told why, so reading goes on."""
        try:
            while True:
                self.stream.send(self._connection.bio_read(READ_SIZE))
        except SSL.WantReadError:
            return
        except StepFailed as failed:
            if failed.failure.reason is not FailureReason.RESET:
                raise

    def _feed(self) -> bool:
        """Hand over what the peer sent; returns whether it sent anything or has closed."""
        data = self.stream.receive()
        if not data:
            return False
        if not self._up:
            self._raw += data
            if len(self._raw) > HANDSHAKE_LIMIT:
                raise fail(FailureReason.TOO_LARGE, f"more than {HANDSHAKE_LIMIT} bytes in the handshake")
            if not looks_like_tls(bytes(self._raw[:2])):
                raise self._not_tls()
        self._connection.bio_write(data)
        return True

    def _read_on(self) -> None:
        """Read the rest of a chain that OpenSSL gave up on: it stops at 100 KiB without taking it in."""
        flight = self._flight()
        if not flight.hello or flight.certificates or flight.alert is not None:
            return
        self.stream.begin_step(_REST_WAIT)
        while len(self._raw) < HANDSHAKE_LIMIT and (more := self.stream.receive()):
            self._raw += more

    def _closed(self) -> Failure:
        if self._notes.alert is not None:
            return Failure(FailureReason.ALERT, alert=self._notes.alert)
        words = "closed" if self.received else "closed without an answer"
        return Failure(FailureReason.RESET, words, alert_sent=self._notes.alert_sent)

    def _not_tls(self) -> StepFailed:
        """Name what is spoken, waiting a moment for the end of its first line."""
        self.stream.begin_step(_GREETING_WAIT)
        with contextlib.suppress(StepFailed):
            while b"\n" not in self._raw and len(self._raw) < READ_SIZE and (more := self.stream.receive()):
                self._raw += more
        first_line = bytes(self._raw).partition(b"\n")[0][:200].decode("latin-1")
        return fail(FailureReason.NOT_TLS, first_line, identify(bytes(self._raw)))

    def _failure(self, error: SSL.Error) -> Failure:
        alert = self._notes.alert if self._up or self._notes.alert is not None else self._flight().alert
        if (
            alert is None
            and self._notes.alert_sent == _ILLEGAL_PARAMETER
            and self._flight().chain_bytes > MESSAGE_LIMIT
        ):
            # Our library's own limit (SSL_CTX_set_max_cert_list), which the bindings cannot raise.
            return Failure(FailureReason.TOO_LARGE, _words(error), alert_sent=self._notes.alert_sent)
        reason = FailureReason.TLS if alert is None else FailureReason.ALERT
        return Failure(reason, _words(error), alert=alert, alert_sent=self._notes.alert_sent)


def openssl_version() -> str:
    """Return the version of the OpenSSL used, such as ``OpenSSL 3.5.0``."""
    return clean(SSL.SSLeay_version(SSL.SSLEAY_VERSION).decode("ascii", "replace"))


def verify(chain: Sequence[bytes], roots: Sequence[bytes], at: datetime) -> OpenSSLVerdict | None:
    """Ask OpenSSL itself whether the chain leads to one of the roots at that time.

    pyOpenSSL cannot set the purpose of the check, so the leaf's usage is not part of this verdict.

    Args:
        chain: DER, leaf first.
        roots: DER of the roots used.
        at: an aware datetime to judge as of.

    Returns:
        The verdict, or None when OpenSSL cannot even load the leaf.
    """
    sent = [_load(der) for der in chain]
    if not sent or sent[0] is None:
        return None
    store = crypto.X509Store()
    for root in filter(None, map(_load, roots)):
        with contextlib.suppress(crypto.Error):
            store.add_cert(root)
    store.set_time(at.astimezone(UTC))
    context = crypto.X509StoreContext(store, sent[0], [cert for cert in sent[1:] if cert])
    try:
        context.verify_certificate()
    except crypto.X509StoreContextError as error:
        code, depth, words = error.errors
        return OpenSSLVerdict(int(code), clean(str(words)), int(depth))
    except crypto.Error:
        return None
    return OpenSSLVerdict(0, "ok")


def _context(offer: Offer, notes: Notes, alpn: Sequence[str]) -> SSL.Context:
    context, terms = SSL.Context(SSL.TLS_CLIENT_METHOD), TERMS[offer]
    context.set_cipher_list(terms.cipher_list)
    context.set_tls13_ciphersuites(terms.ciphers13.encode("ascii"))
    context.set_min_proto_version(terms.oldest)
    context.set_max_proto_version(terms.newest)
    if terms.signatures:
        choose_signatures(context, terms.signatures)
    if terms.groups:
        choose_groups(context, terms.groups)
    allow_late_requests(context)
    # Old servers without RFC 5746 are to be seen, too.
    context.set_options(_LEGACY_SERVER_CONNECT | _IGNORE_UNEXPECTED_EOF)
    # Judging comes later and elsewhere: here every chain is let through so that it can be seen.
    context.set_verify(SSL.VERIFY_PEER, lambda *_: True)
    context.set_info_callback(notes.info)
    context.set_ocsp_client_callback(notes.ocsp)
    context.set_keylog_callback(notes.keys)
    notes.scts_asked = ask_for_scts(context)
    if alpn:
        context.set_alpn_protos([name.encode("ascii") for name in alpn])
    return context


def _load(der: bytes) -> crypto.X509 | None:
    try:
        return crypto.load_certificate(crypto.FILETYPE_ASN1, der)
    except (crypto.Error, ValueError):
        return None


def _dump(chain: Sequence[crypto.X509]) -> tuple[bytes, ...]:
    return tuple(crypto.dump_certificate(crypto.FILETYPE_ASN1, cert) for cert in chain)


def _names(connection: SSL.Connection) -> tuple[str, ...]:
    """Return the authorities a server names when it asks for a client certificate."""
    return tuple(_line(name) for name in connection.get_client_ca_list()[:NAMES_LIMIT])


def _line(name: crypto.X509Name) -> str:
    parts = (
        (key.decode("latin-1"), value.decode("utf-8", "replace")) for key, value in name.get_components()
    )
    return clean(", ".join(f"{key}={value}" for key, value in parts))


def _words(error: SSL.Error) -> str:
    """Return OpenSSL's own words as evidence; nothing is decided by them."""
    if error.args and isinstance(error.args[0], list):
        return clean("; ".join(str(entry[-1]) for entry in error.args[0]))
    return clean(" ".join(str(part) for part in error.args))
