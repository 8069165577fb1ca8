"""From the words of the user to a Target, the probe's options and the thresholds."""

import argparse
import os
from dataclasses import replace
from datetime import UTC, datetime

from certwizard.cli.given_files import VENDOR_ROOTS, refuse_no_file
from certwizard.cli.passwords import password_from
from certwizard.cli.target_list import listed_targets
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import OptionError, TargetError
from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target, TargetKind

MAX_TIMEOUT = 3600.0


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

    if namespace.file and text is None:
        _refuse_server_options(namespace)
        return files_target(_paths(namespace.file), namespace.key, _one_name(namespace))
    if text is None:
        _refuse_lonely(namespace)
        return None
    refuse_no_file(text)
    target = parse_target(
        text,
        is_file=os.path.isfile,
        sni=namespace.sni,
        connect=namespace.connect,
        starttls=namespace.starttls,
    )
    if target.kind is TargetKind.FILES:
        if namespace.file:
            raise OptionError(
                f"two files were given, {clean(text)} and the one of --file; expected a server to compare with, "
                "or --file for each"
            )
        return files_target(target.files, namespace.key, _one_name(namespace))
    if namespace.file:
        return _with_files(namespace, target)
    _refuse_lonely(namespace)
    return target


def _with_files(namespace: argparse.Namespace, target: Target) -> Target:
    """Return a server with the files that it is meant to serve, to compare with what it does."""
    if namespace.name is not None:
        raise OptionError("--name belongs to files alone; expected --sni for the name of a server")
    return replace(target, files=_paths(namespace.file), key_file=namespace.key)


def _paths(files: list[str]) -> tuple[str, ...]:
    if not all(file.strip() for file in files):
        raise OptionError("--file names no file: an empty word; expected a path")
    return tuple(files)


def _one_name(namespace: argparse.Namespace) -> str | None:
    """Return the name to check files against: --name, or --sni, which says the same of a server."""
    name: str | None = namespace.sni if namespace.name is None else namespace.name
    return name


def _refuse_server_options(namespace: argparse.Namespace) -> None:
    for option, value in (("--connect", namespace.connect), ("--starttls", namespace.starttls)):
        if value is not None:
            raise OptionError(f"{option} belongs to a server; expected it without --file")


def _refuse_lonely(namespace: argparse.Namespace) -> None:
    for option, value in (("--key", namespace.key), ("--name", namespace.name)):
        if value is not None:
            raise OptionError(
                f"{option} belongs to files; expected --file FILE with it (--sni names a server's)"
            )


def targets_from(namespace: argparse.Namespace) -> tuple[Target, ...]:
    """Return every target of ``check``, from its arguments and ``--from``.

    Raises:
        TargetError: Where one cannot be understood.
        OptionError: Where there is none, or the list cannot be read.
    """
    targets = [target_from(namespace, word) for word in namespace.targets]
    if namespace.from_file is not None:
        targets += [_listed(namespace, *line) for line in listed_targets(namespace.from_file)]
    found = targets or [target_from(namespace, None)]
    if None in found:
        raise OptionError(
            "no target was given; expected a host, a URL or --file FILE (see certwizard check --help)"
        )
    return tuple(target for target in found if target is not None)


def _listed(namespace: argparse.Namespace, number: int, word: str) -> Target | None:
    try:
        return target_from(namespace, word)
    except TargetError as error:
        where = clean(namespace.from_file, 200)
        raise OptionError(f"--from {where}, line {number}: {error}") from error


def options_from(
    namespace: argparse.Namespace, target: Target | None, *, prompt: bool = True
) -> ProbeOptions:
    """Return how to probe.

    Args:
        namespace: The parsed options.
        target: The target, since the environment's proxy depends on it.
        prompt: Whether passwords may be asked for on the terminal; the wizard asks on its own screen.

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
        vendor_roots=os.environ.get(VENDOR_ROOTS) or None,
        password=password_from(namespace.password_file, prompt=prompt),
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
        shown = clean(text, 80) or "an empty word"
        raise OptionError(f"--at {shown} is no time; expected one like 2026-12-31T23:59:59Z") from None
