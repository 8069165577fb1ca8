"""The bench a recipe works at: it names the host, issues, serves, and says what to ask for."""

import socket
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.lab.authority import Authority, Issued
from certwizard.lab.conversations import After, Before, http_page
from certwizard.lab.network import Handler, Network
from certwizard.lab.other_servers import linger
from certwizard.lab.pem import pem_chain
from certwizard.lab.pki import Pki
from certwizard.lab.plan import Plan, SigningKey, leaf_plan
from certwizard.lab.scenario import OpenScenario, Scenario
from certwizard.lab.tls_server import Identity, TlsSettings, TlsStream, server_context
from certwizard.lab.transparency import logged

LOOPBACK = "127.0.0.1"
HOUR = timedelta(hours=1)


class Bench:
    """Everything one scenario needs; made by the lab for each scenario it opens."""

    def __init__(
        self,
        scenario: Scenario,
        network: Network,
        pki: Pki,
        folder: Path,
        ca_file: str,
        vendor_roots: Callable[[], str],
    ) -> None:
        """Take the lab's parts; the file of the "public" root is written when it is first asked for."""
        self.scenario = scenario
        self.network = network
        self.pki = pki
        self.folder = folder
        self.ca_file = ca_file
        self._vendor_roots = vendor_roots

    @property
    def now(self) -> datetime:
        """The time certificates are made relative to."""
        return self.pki.now

    @property
    def host(self) -> str:
        """The scenario's name; everything below localhost is loopback (RFC 6761 6.3)."""
        return f"{self.scenario.id}.lab.localhost"

    @property
    def options(self) -> ProbeOptions:
        """The options that make a client trust the lab's root."""
        return ProbeOptions(ca_files=(self.ca_file,), disk=None)

    def leaf(self, *names: str) -> Plan:
        """Plan a good certificate for names, the scenario's host if none is given."""
        return leaf_plan(self.now, names or (self.host,))

    def issue(
        self, plan: Plan | None = None, by: Authority | None = None, key: SigningKey | None = None
    ) -> Issued:
        """Issue a certificate, by the lab's intermediate unless said otherwise."""
        return (by or self.pki.intermediate).issue(plan or self.leaf(), key)

    def issue_publicly(
        self,
        plan: Plan | None = None,
        by: Authority | None = None,
        key: SigningKey | None = None,
        logged_at: datetime | None = None,
    ) -> Issued:
        """Issue a certificate as public CAs do, logged; serve it with `publicly`.

        Args:
            plan: What goes into it; None: a good certificate for the scenario's host.
            by: A CA below the "public" root; None: its intermediate.
            key: The certificate's key; None makes a new one.
            logged_at: When the logs sign; None: an hour after it begins, or now.
        """
        made = plan or self.leaf()
        authority = by or self.pki.public_intermediate
        when = logged_at or min(made.not_before + HOUR, self.now)
        return logged(authority, made, self.pki.public_logs, when, key)

    def publicly(self, opened: OpenScenario) -> OpenScenario:
        """Return an open scenario as asked by clients that ship the "public" practice root themselves."""
        # The machine's own variables would mix with what is practised.
        return replace(
            opened, options=ProbeOptions(vendor_roots=self._vendor_roots(), environment=(), disk=None)
        )

    def on_a_machine(self, opened: OpenScenario, roots: Iterable[bytes] | None) -> OpenScenario:
        """Return a public scenario as seen on a machine whose own list of roots is another.

        Args:
            opened: The scenario.
            roots: The machine's roots; None: their file is not there.
        """
        places = {
            "SSL_CERT_FILE": self._path("machine-roots.pem"),
            "SSL_CERT_DIR": self._path("no-such-folder"),
        }
        if roots is not None:
            self._write("machine-roots.pem", pem_chain(roots))
        public = self.publicly(opened)
        return replace(public, options=replace(public.options, environment=tuple(places.items())))

    def authority(
        self, slug: str, plan: Plan, of: Authority | None = None, *, delegated: bool = False
    ) -> Authority:
        """Make a CA of this scenario's own, below the lab's root unless said otherwise."""
        return self.pki.subordinate(f"{self.scenario.id}-{slug}", plan, of=of, delegated=delegated)

    def serve(self, issued: Issued, *, chain: Iterable[bytes] | None = None) -> OpenScenario:
        """Serve a page with a certificate over HTTPS.

        Args:
            issued: The certificate and its key.
            chain: What is sent; None: the certificate and the intermediates above it.
        """
        sent = issued.chain if chain is None else tuple(chain)
        return self.serve_tls(TlsSettings(Identity(sent, issued.key)))

    def serve_tls(self, settings: TlsSettings, after: After | None = None) -> OpenScenario:
        """Serve TLS from the first byte."""
        return self.serve_handler(_tls_handler(settings, after or http_page()))

    def serve_starttls(
        self, issued: Issued, starttls: Starttls, before: Before, after: After
    ) -> OpenScenario:
        """Serve a dialogue that upgrades to TLS."""
        settings = TlsSettings(Identity(issued.chain, issued.key))
        opened = self.serve_handler(_tls_handler(settings, after, before))
        return self.with_starttls(opened, starttls)

    def with_starttls(self, opened: OpenScenario, starttls: Starttls) -> OpenScenario:
        """Return the scenario asked for through STARTTLS."""
        target = opened.target
        asked = replace(target, input=f"{starttls.value}://{target.input}", starttls=starttls)
        return replace(opened, target=asked)

    def tls_handler(self, issued: Issued) -> Handler:
        """Return what serves a page with a certificate, for recipes that choose between several."""
        return _tls_handler(TlsSettings(Identity(issued.chain, issued.key)), http_page())

    def serve_handler(self, handler: Handler) -> OpenScenario:
        """Serve anything on a port of its own."""
        return self.at_port(self.network.listen(handler))

    def at_port(self, port: int, host: str | None = None) -> OpenScenario:
        """Return the scenario as asked for at a loopback port, under the scenario's name or another."""
        name = host or self.host
        target = Target(
            input=f"{name}:{port}",
            kind=TargetKind.SERVER,
            host=name,
            port=port,
            server_name=name,
            connect_host=None if name == LOOPBACK else LOOPBACK,
        )
        return OpenScenario(self.scenario, target, self.options, f"{LOOPBACK}:{port}")

    def asked_as(self, opened: OpenScenario, host: str) -> OpenScenario:
        """Return an open scenario as asked for under another name."""
        return replace(self.at_port(opened.target.port or 0, host), options=opened.options)

    def files(self, chain: Iterable[bytes], key: SigningKey | None = None) -> OpenScenario:
        """Write a chain, and a key where given, in place of a server."""
        path = self._write("chain.pem", pem_chain(chain))
        key_path = self._write("key.pem", _encode_key(key)) if key else None
        target = Target(path, TargetKind.FILES, server_name=self.host, files=(path,), key_file=key_path)
        return OpenScenario(self.scenario, target, self.options, path)

    def beside_file(self, opened: OpenScenario, chain: Iterable[bytes]) -> OpenScenario:
        """Write the chain that a server is meant to serve, to be compared with what it does."""
        path = self._write("fullchain.pem", pem_chain(chain))
        return replace(opened, target=replace(opened.target, files=(path,)))

    def _path(self, name: str) -> str:
        folder = self.folder / self.scenario.id
        folder.mkdir(mode=0o700, exist_ok=True)
        return str(folder / name)

    def _write(self, name: str, data: bytes) -> str:
        path = self._path(name)
        Path(path).write_bytes(data)
        return path


def _tls_handler(settings: TlsSettings, after: After, before: Before | None = None) -> Handler:
    context = server_context(settings)

    def serve(connection: socket.socket) -> None:
        if before is not None and not before(connection):
            return
        stream = TlsStream(context, connection)
        try:
            stream.handshake()
        except ConnectionError:
            # The client is still to read why: a close with something of its unread would take that away.
            linger(connection)
            raise
        after(stream)

    return serve


def _encode_key(key: SigningKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
