"""Reads a JSON list of visits, goes to each with urllib, writes a JSON line for each; needs no package."""

import http.client
import json
import socket
import ssl
import sys
import urllib.error
import urllib.request
from typing import Any


class Connection(http.client.HTTPSConnection):
    """A connection to where the server is, under the name that was asked for."""

    where = ""

    def connect(self) -> None:
        """Connect, and wrap as HTTPSConnection does."""
        raw = socket.create_connection((self.where or self.host, self.port), self.timeout)
        self.sock = self._context.wrap_socket(raw, server_hostname=self.host)  # type: ignore[attr-defined]


class Handler(urllib.request.HTTPSHandler):
    """Opens https with such connections."""

    def __init__(self, context: ssl.SSLContext, where: str) -> None:
        """Remember where to connect."""
        super().__init__(context=context)
        self._settings = context
        self._where = where

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a request."""
        return self.do_open(self._made, request, context=self._settings)

    def _made(self, host: str, /, **options: Any) -> Connection:
        connection = Connection(host, **options)
        connection.where = self._where
        return connection


def context_for(roots: str) -> ssl.SSLContext:
    """Return the context that Python makes by default, with 3.13's flags where they are asked for."""
    context = ssl.create_default_context(cafile=roots)
    if "--strict" in sys.argv:
        context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def go(visit: dict[str, object]) -> dict[str, str]:
    """Make one visit."""
    host = str(visit["host"])
    url = f"https://{'[' + host + ']' if ':' in host else host}:{visit['port']}/"
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), Handler(context_for(str(visit["roots"])), str(visit["connect"]))
    )
    try:
        with opener.open(url, timeout=float(str(visit["patience"]))) as answer:
            return {"action": "accepts", "words": str(answer.status)}
    except urllib.error.HTTPError as error:
        return {"action": "accepts", "words": str(error)}
    except (http.client.HTTPException, ssl.SSLEOFError) as error:
        return {"action": "accepts", "words": repr(error)}
    except OSError as error:
        return {"action": "rejects", "words": str(error)}


for each in json.load(sys.stdin):
    print(json.dumps(go(each)), flush=True)
