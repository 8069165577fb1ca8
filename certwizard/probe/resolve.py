"""From a host to its addresses, bounded in time and number."""

import ipaddress
import queue
import socket
import threading
import time

from certwizard.domain.cleantext import clean
from certwizard.domain.observation import AddressSource, Failure, FailureReason, Resolution
from certwizard.probe.cancel import CancelToken
from certwizard.probe.stream import POLL_SECONDS

ADDRESS_LIMIT = 16

_LOOPBACK = ("127.0.0.1", "::1")
_FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}


def resolve(
    host: str, *, family: int | None, timeout: float, cancel: CancelToken, source: AddressSource | None = None
) -> Resolution:
    """Return every address of a host, each once, of the asked family; never raises."""
    started = time.monotonic()
    literal = _literal(host)
    if literal is not None:
        found: tuple[str, ...] | Failure = _of_family((literal,), family)
    elif host == "localhost" or host.endswith(".localhost"):
        # RFC 6761 section 6.3: these names mean this machine and are not asked of the DNS.
        found = _of_family(_LOOPBACK, family)
    else:
        found = _ask_system(host, family, timeout, cancel)
    ms = (time.monotonic() - started) * 1000
    kind = source or (AddressSource.DNS if literal is None else AddressSource.LITERAL)
    if isinstance(found, Failure):
        return Resolution(host, (), kind, found, ms)
    return Resolution(host, found, kind, None, ms)


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _of_family(addresses: tuple[str, ...], family: int | None) -> tuple[str, ...] | Failure:
    kept = tuple(a for a in addresses if family is None or ipaddress.ip_address(a).version == family)
    if kept:
        return kept
    return Failure(FailureReason.DNS, f"no IPv{family} address; it is IPv{10 - (family or 4)}")


def _ask_system(
    host: str, family: int | None, timeout: float, cancel: CancelToken
) -> tuple[str, ...] | Failure:
    """Ask the system's resolver in a thread of its own, since it knows neither deadline nor cancel."""
    answers: queue.SimpleQueue[tuple[str, ...] | Failure] = queue.SimpleQueue()
    asking = threading.Thread(target=lambda: answers.put(_getaddrinfo(host, family)), daemon=True)
    asking.start()
    deadline = time.monotonic() + timeout
    while not cancel.cancelled:
        left = deadline - time.monotonic()
        if left <= 0:
            return Failure(FailureReason.DNS, f"no answer from the resolver within {timeout:g} s")
        try:
            return answers.get(timeout=min(left, POLL_SECONDS))
        except queue.Empty:
            continue
    return Failure(FailureReason.CANCELLED)


def _getaddrinfo(host: str, family: int | None) -> tuple[str, ...] | Failure:
    wanted = _FAMILIES.get(family or 0, socket.AF_UNSPEC)
    try:
        rows = socket.getaddrinfo(host, None, wanted, socket.SOCK_STREAM)
    except socket.gaierror as error:
        return Failure(FailureReason.DNS, f"{_code_name(error.errno)}: {clean(error.strerror or '')}")
    except (UnicodeError, OSError, ValueError) as error:
        return Failure(FailureReason.DNS, clean(str(error)))
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))[:ADDRESS_LIMIT]


def _code_name(code: int | None) -> str:
    """Return the resolver's code by its name, such as ``EAI_NONAME``."""
    names = (name for name in dir(socket) if name.startswith("EAI_"))
    return next((name for name in names if getattr(socket, name) == code), f"resolver code {code}")
