"""The HTTP side of the lab's CAs: certificates for AIA, OCSP answers and CRLs, each at a path."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from certwizard.lab.authority import Addresses, Authority
from certwizard.lab.http import Reply, Request, read_request
from certwizard.lab.network import Network
from certwizard.lab.revocation import Signer, crl_bytes, ocsp_answer, ocsp_question

Answer = Callable[[Request], Reply]

NOT_FOUND = Reply(404, "Not Found", b"not found\n", "text/plain")
BROKEN = Reply(500, "Internal Server Error", b"the database is down\n", "text/plain")


class Responder:
    """One HTTP server on loopback that speaks for every CA of the lab."""

    def __init__(self, network: Network, now: datetime) -> None:
        """Start to serve; answers are given as of a time."""
        self._now = now
        self._answers: dict[str, Answer] = {}
        self.base = f"http://127.0.0.1:{network.listen(self._serve)}"

    def addresses(self, slug: str) -> Addresses:
        """Return where the CA of a slug publishes."""
        base = f"{self.base}/{slug}"
        return Addresses(f"{base}/ca.der", f"{base}/ocsp", f"{base}/crl.crl")

    def publish(self, slug: str, authority: Authority, delegate: Signer | None = None) -> None:
        """Answer for a CA: its certificate, OCSP questions and its CRL.

        Args:
            slug: The path under which it publishes.
            authority: The CA.
            delegate: Signs OCSP answers in its place (RFC 6960 4.2.2.2); None: it signs itself.
        """
        certificate = Reply(body=authority.issued.der, content_type="application/pkix-cert")
        self._answers[f"/{slug}/ca.der"] = lambda _: certificate
        self._answers[f"/{slug}/ocsp"] = partial(self._ocsp, authority, delegate)
        self._answers[f"/{slug}/crl.crl"] = partial(self._crl, authority)

    def replace(self, url: str, reply: Reply) -> None:
        """Answer an address with something else, such as an error."""
        self._answers[url.removeprefix(self.base)] = lambda _: reply

    def _serve(self, connection: socket.socket) -> None:
        request = read_request(connection.recv)
        if request is None:
            return
        reply = self._find(request.path)(request)
        connection.sendall(reply.encode(datetime.now(UTC), with_body=request.method != "HEAD"))

    def _find(self, path: str) -> Answer:
        exact = self._answers.get(path)
        if exact is not None:
            return exact
        # An OCSP question by GET is the rest of the path (RFC 6960 appendix A.1).
        prefix = "/".join(path.split("/", 3)[:3])
        return self._answers.get(prefix, lambda _: NOT_FOUND)

    def _ocsp(self, authority: Authority, delegate: Signer | None, request: Request) -> Reply:
        question = ocsp_question(request)
        if question is None:
            return NOT_FOUND
        body = ocsp_answer(authority, question, self._now, delegate)
        return Reply(body=body, content_type="application/ocsp-response")

    def _crl(self, authority: Authority, _: Request) -> Reply:
        return Reply(body=crl_bytes(authority, self._now), content_type="application/pkix-crl")
