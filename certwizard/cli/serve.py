"""``certwizard serve``: the wizard in a browser, on loopback alone."""

import argparse
import ipaddress
import shlex
import socket
import subprocess
import sys
from importlib.util import find_spec

from certwizard.cli.arguments import parse_arguments
from certwizard.cli.option_groups import add_server_options
from certwizard.cli.streams import say
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError

MAX_PORT = 65535
INSTALL = "pip install 'certwizard[web]'"


def run_serve(namespace: argparse.Namespace) -> int:
    """Serve the wizard until stopped.

    Args:
        namespace: The parsed arguments of ``serve``.

    Raises:
        CertwizardError: Where the arguments cannot be understood, or what it needs is not installed.
    """
    host = loopback(namespace.host)
    wizard = wizard_arguments(namespace.given)
    if find_spec("textual_serve") is None:
        raise OptionError(f"serve needs a part that is not installed; expected: {INSTALL}")
    with _listen(host, namespace.port) as listener:
        from certwizard.cli.web.server import serve

        port = listener.getsockname()[1]
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        say(f"certwizard is at {url}\nServing this machine alone until stopped with Ctrl-C.\n")
        serve(listener, url, wizard_command(wizard))
    return 0


def loopback(host: str) -> str:
    """Return the loopback address that a word names.

    Raises:
        OptionError: Where it is another address: whoever reaches the wizard can read files as its user.
    """
    if host.lower() == "localhost":
        return "127.0.0.1"
    try:
        if ipaddress.ip_address(host.strip("[]")).is_loopback:
            return host.strip("[]")
    except ValueError:
        pass
    raise OptionError(
        f"--host {clean(host, 80) or 'an empty word'} is not this machine alone; expected 127.0.0.1 or ::1"
    )


def wizard_arguments(given: list[str]) -> list[str]:
    """Return the arguments of the wizard that is served: those given, without the server's own.

    Args:
        given: The arguments of ``serve``.

    Raises:
        OptionError: Where the wizard does not understand them.
    """
    own = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_server_options(own)
    served, rest = own.parse_known_args(given)
    wizard = ["demo", *rest] if served.demo else rest
    _check(wizard)
    return wizard


def _check(wizard: list[str]) -> None:
    """Refuse now what the wizard would refuse in each browser."""
    from certwizard.cli.given_files import check_judging_files
    from certwizard.cli.inputs import options_from, target_from
    from certwizard.cli.lab import scenario_named

    namespace = parse_arguments(wizard)
    if namespace.command == "demo":
        if namespace.scenario is not None:
            scenario_named(namespace.scenario)
        target = None
    else:
        target = target_from(namespace, namespace.target)
    options_from(namespace, target, prompt=False)
    check_judging_files(namespace)


def wizard_command(wizard: list[str]) -> str:
    """Return the command line that starts the wizard, for the shell of this system.

    Args:
        wizard: Its arguments.
    """
    words = [sys.executable, "-X", "utf8", "-m", "certwizard", *wizard]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _listen(host: str, port: int) -> socket.socket:
    if port > MAX_PORT:
        raise OptionError(f"--port {port} was understood; expected 0 to {MAX_PORT}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        words = clean(error.strerror or str(error))
        raise OptionError(
            f"{host} port {port} cannot be listened on: {words}; expected another --port"
        ) from error
