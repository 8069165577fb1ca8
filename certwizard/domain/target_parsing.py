"""Understands every form in which people name a server or a file."""

import os.path
from collections.abc import Callable, Sequence

from certwizard.domain.authority import parse_authority, parse_name
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import TargetError
from certwizard.domain.schemes import HTTPS_PORT, PORTS_WITH_STARTTLS, SCHEMES, starttls_named
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.domain.typed_text import (
    looks_like_path,
    refuse_pasted_text,
    split_url,
    without_password,
)

IsFile = Callable[[str], bool]


def parse_target(
    text: str,
    *,
    is_file: IsFile,
    sni: str | None = None,
    connect: str | None = None,
    starttls: str | None = None,
) -> Target:
    """Return the target that the words of a user name.

    Raises:
        TargetError: The words name no target; says what was understood and what is expected.
    """
    typed = text.strip()
    refuse_pasted_text(typed)
    path = _existing_file(typed, is_file)
    if path is not None:
        if connect is not None or starttls is not None:
            raise TargetError(f"{clean(path, 80)} is a file", "a server for --connect and --starttls")
        return files_target((path,), None, sni)
    return _server_target(typed, sni, connect, starttls)


def files_target(files: Sequence[str], key: str | None, name: str | None) -> Target:
    """Return the target for local files in place of a server.

    Raises:
        TargetError: There is no file, or the name is no host name.
    """
    if not files:
        raise TargetError("no certificate file was given", "at least one --file")
    return Target(
        input=clean(" ".join(files)),
        kind=TargetKind.FILES,
        server_name=None if name is None else parse_name(name, "the name to check").server_name,
        files=tuple(files),
        key_file=key,
    )


def _existing_file(typed: str, is_file: IsFile) -> str | None:
    """Return the path where the words name a file.

    Raises:
        TargetError: The words can only be a path, and no file is there.
    """
    path = os.path.expanduser(typed.removeprefix("file://")) if typed[:1] in "~f" else typed
    sure = looks_like_path(typed)
    try:
        there = is_file(path) and (sure or _is_rather_a_file(path))
    except (OSError, ValueError):
        there = False
    if sure and not there:
        raise TargetError(
            f"no such file: {clean(path, 200)}", "a path to an existing file, or a server's name"
        )
    return path if there else None


def _is_rather_a_file(path: str) -> bool:
    """Whether a name that could also be a host's is no name under a known top-level domain."""
    from certwizard.domain.suffixes import is_listed

    ending = path.rpartition(".")[2].lower()
    return "://" not in path and not (path.lower() == "localhost" or ("." in path and is_listed(ending)))


def _server_target(typed: str, sni: str | None, connect: str | None, starttls: str | None) -> Target:
    scheme, rest = split_url(typed)
    where = parse_authority(rest, clean(without_password(typed), 80))
    port, protocol = _service(scheme, where.port, starttls)
    via = None if connect is None else parse_authority(connect.strip(), "the address to connect to")
    server_name = where.server_name if sni is None else parse_name(sni, "the name to send").server_name
    return Target(
        input=clean(without_password(typed)),
        kind=TargetKind.SERVER,
        host=where.host,
        port=port,
        server_name=server_name,
        starttls=protocol,
        connect_host=via.host if via else None,
        connect_port=via.port if via else None,
        trailing_dot=where.trailing_dot,
    )


def _service(scheme: str | None, port: int | None, starttls: str | None) -> tuple[int, Starttls | None]:
    """Return port and STARTTLS: the option says it, else the scheme, else a port that is known for it."""
    if starttls is not None:
        chosen = starttls_named(starttls)
        if chosen is None:
            words = ", ".join(protocol.value for protocol in Starttls)
            raise TargetError(
                f"{clean(starttls, 40) or 'an empty word'} is no STARTTLS protocol", f"one of {words}"
            )
        default = chosen if scheme is None else SCHEMES[scheme]
        return port or default.port, chosen.starttls
    if scheme is not None:
        return port or SCHEMES[scheme].port, SCHEMES[scheme].starttls
    port = port or HTTPS_PORT
    return port, PORTS_WITH_STARTTLS.get(port)
