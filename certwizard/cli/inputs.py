"""From the words of the user to a Target, the probe's options and the thresholds."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError
from certwizard.domain.options import PasswordSource, ProbeOptions
from certwizard.domain.target import Target, TargetKind

MAX_TARGETS = 100_000
MAX_TIMEOUT = 3600.0
MAX_PASSWORD_BYTES = 4096


def target_from(namespace: argparse.Namespace, text: str | None) -> Target | None:
    """Return the target the user named, or None where none was named.

    Args:
        namespace: The parsed options.
        text: The TARGET argument.

    Raises:
        TargetError: Where the target cannot be understood.
        OptionError: Where options contradict it.
    """
    from certwizard.domain.target_parsing import files_target, parse_target

    if namespace.file:
        if text is not None:
            raise OptionError(f"both a target ({clean(text)}) and --file were given; expected one of them")
        return files_target(tuple(namespace.file), namespace.key, namespace.name)
    if text is None:
        _refuse_lonely(namespace)
        return None
    target = parse_target(
        text,
        is_file=os.path.isfile,
        sni=namespace.sni,
        connect=namespace.connect,
        starttls=namespace.starttls,
    )
    if target.kind is TargetKind.FILES:
        return files_target(target.files, namespace.key, namespace.name or namespace.sni)
    _refuse_lonely(namespace)
    return target


def _refuse_lonely(namespace: argparse.Namespace) -> None:
    for option, value in (("--key", namespace.key), ("--name", namespace.name)):
        if value:
            raise OptionError(
                f"{option} belongs to files; expected --file FILE with it (--sni names a server's)"
            )


def targets_from(namespace: argparse.Namespace) -> tuple[Target, ...]:
    """Return every target of ``check``, from its arguments and ``--from``.

    Raises:
        TargetError: Where one cannot be understood.
        OptionError: Where there is none, or the list cannot be read.
    """
    words = [*namespace.targets, *(_listed(namespace.from_file) if namespace.from_file else ())]
    found = [target_from(namespace, word) for word in words] if words else [target_from(namespace, None)]
    targets = tuple(target for target in found if target is not None)
    if not targets:
        raise OptionError(
            "no target was given; expected a host, a URL or --file FILE (see certwizard check --help)"
        )
    return targets


def _listed(path: str) -> Iterator[str]:
    try:
        stream = sys.stdin if path == "-" else Path(path).open(encoding="utf-8", errors="replace")  # noqa: SIM115
        with stream:
            lines = stream.readlines(MAX_TARGETS * 300)
    except OSError as error:
        raise OptionError(
            f"--from {clean(path)} cannot be read: {clean(error.strerror or str(error))}"
        ) from error
    if len(lines) > MAX_TARGETS:
        raise OptionError(f"--from names more than {MAX_TARGETS} targets; expected fewer at once")
    for line in lines:
        word = line.split("#", 1)[0].strip()
        if word:
            yield word


def options_from(namespace: argparse.Namespace, target: Target | None) -> ProbeOptions:
    """Return how to probe.

    Args:
        namespace: The parsed options.
        target: The target, since the environment's proxy depends on it.

    Raises:
        OptionError: Where a value cannot be understood.
    """
    if not 0 < namespace.timeout <= MAX_TIMEOUT:
        raise OptionError(
            f"--timeout {namespace.timeout:g} was understood; expected 0 to {MAX_TIMEOUT:g} seconds"
        )
    if namespace.only_ca_file and not namespace.ca_file:
        raise OptionError("--only-ca-file was given alone; expected --ca-file FILE with it")
    return ProbeOptions(
        family=namespace.family,
        proxy=proxy_from(namespace.proxy, target),
        ca_files=tuple(namespace.ca_file),
        only_ca_file=namespace.only_ca_file,
        at=time_from(namespace.at),
        offline=namespace.offline,
        timeout=namespace.timeout,
        crl_files=tuple(namespace.crl),
        password=password_from(namespace.password_file),
    )


def proxy_from(option: str | None, target: Target | None) -> str | None:
    """Return the proxy to use: the option's, else the environment's for this target."""
    if option is None and not any(name.lower().endswith("_proxy") for name in os.environ):
        return None
    from certwizard.probe.proxy import check_proxy_url, proxy_from_environment

    if option is not None:
        return check_proxy_url(option)
    if target is None or target.host is None or target.port is None:
        return None
    return proxy_from_environment(target.connect_host or target.host, target.port, os.environ)


def time_from(text: str | None) -> datetime | None:
    """Return the time of ``--at`` in UTC, or None.

    Raises:
        OptionError: Where it is no time.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise OptionError(f"--at {clean(text)} is no time; expected one like 2026-12-31T23:59:59Z") from None


def password_from(path: str | None) -> PasswordSource:
    """Return where passwords come from: a file, the environment, else a prompt on the terminal."""
    if path is not None:
        return lambda _: _password_in(path)
    if "CERTWIZARD_PASSWORD" in os.environ:
        return lambda _: os.environ["CERTWIZARD_PASSWORD"]
    return _ask


def _password_in(path: str) -> str:
    try:
        with open(path, "rb") as stream:
            words = stream.read(MAX_PASSWORD_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(f"--password-file {clean(path)} cannot be read: {clean(str(error))}") from error
    return words.splitlines()[0] if words else ""


def _ask(file: str) -> str | None:
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(f"Password of {clean(file)}: ")
