"""Serves the wizard to browsers of this machine: pages and fonts from here, nothing from elsewhere."""

import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from aiohttp.typedefs import Middleware
from textual_serve.server import Server

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HERE = Path(__file__).parent
LAST_WORDS = 1.0
"""Seconds that open browsers have to end when the server is stopped."""


def serve(listener: socket.socket, url: str, command: str) -> None:
    """Serve until stopped with Ctrl-C or SIGTERM.

    Args:
        listener: Where to take browsers from.
        url: How they find it.
        command: Starts a wizard; one for each browser.
    """
    web.run_app(application(url, command), sock=listener, print=None, shutdown_timeout=LAST_WORDS)


def application(url: str, command: str) -> web.Application:
    """Return the web application.

    Args:
        url: How browsers find it.
        command: Starts a wizard.
    """
    port = url.rpartition(":")[2]
    hosts = tuple(
        dict.fromkeys((url.partition("//")[2], *(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))))
    )
    server = Server(command, title="certwizard", public_url=url)
    app = web.Application(middlewares=[_guard(hosts)])
    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(HERE))
    app.add_routes(
        [
            web.get("/", server.handle_index, name="index"),
            web.get("/ws", server.handle_websocket, name="websocket"),
            web.get("/download/{key}", server.handle_download, name="download"),
            web.static("/static", server.statics_path, name="static"),
        ]
    )
    return app


def _guard(hosts: tuple[str, ...]) -> Middleware:
    """Return what refuses other sites, which a browser would let in over loopback, and forbids their content."""
    places = " ".join(f"http://{host} ws://{host}" for host in hosts)
    policy = f"default-src 'self' {places}; style-src 'self' 'unsafe-inline' {places}; img-src 'self' data: {places}"

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.host not in hosts or (
            origin is not None and origin not in {f"http://{each}" for each in hosts}
        ):
            raise web.HTTPForbidden(text="certwizard serves this machine alone.")
        if request.path == "/ws" and origin is None:
            raise web.HTTPForbidden(text="certwizard serves browsers alone.")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = policy
        return response

    return guard
