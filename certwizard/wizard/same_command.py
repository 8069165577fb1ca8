"""The command that asks the same without the wizard: ``certwizard check`` with every option of a look."""

from collections.abc import Iterator
from datetime import UTC
from urllib.parse import urlsplit

from certwizard.domain.options import DEFAULT_TIMEOUT, ProbeOptions
from certwizard.domain.target import Target, TargetKind
from certwizard.remedies.model import Command

SAME = "the same without the wizard"
VENDOR_ROOTS = "CERTWIZARD_VENDOR_ROOTS"


def command_line(target: Target, options: ProbeOptions) -> Command:
    """Return the command that looks at a target in the same way.

    Args:
        target: What is looked at.
        options: How.
    """
    words = ["certwizard", "check", *_target_words(target), *_option_words(options)]
    if options.vendor_roots is not None:
        words = ["env", f"{VENDOR_ROOTS}={options.vendor_roots}", *words]
    return Command((tuple(words),))


def _target_words(target: Target) -> Iterator[str]:
    if target.kind is TargetKind.SERVER:
        yield target.display_name
        yield from _server_words(target)
    for path in target.files:
        yield from ("--file", path)
    if target.key_file is not None:
        yield from ("--key", target.key_file)
    if target.kind is TargetKind.FILES and target.server_name is not None:
        yield from ("--name", target.server_name)


def _server_words(target: Target) -> Iterator[str]:
    if target.server_name not in (None, target.host):
        yield from ("--sni", str(target.server_name))
    if target.connect_host is not None:
        yield from ("--connect", _with_port(target.connect_host, target.connect_port))
    if target.starttls is not None:
        yield from ("--starttls", target.starttls.value)


def _with_port(host: str, port: int | None) -> str:
    if port is None:
        return host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _option_words(options: ProbeOptions) -> Iterator[str]:
    if options.family is not None:
        yield f"-{options.family}"
    if options.proxy is not None:
        yield from ("--proxy", without_password(options.proxy))
    for path in options.ca_files:
        yield from ("--ca-file", path)
    if options.only_ca_file:
        yield "--only-ca-file"
    for path in options.crl_files:
        yield from ("--crl", path)
    if options.at is not None:
        yield from ("--at", options.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"))
    if options.offline:
        yield "--offline"
    if options.timeout != DEFAULT_TIMEOUT:
        yield from ("--timeout", f"{options.timeout:g}")


def without_password(url: str) -> str:
    """Return a proxy's URL without the password in it, which belongs on no screen and in no history.

    Args:
        url: The URL as given.
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return url.rpartition("@")[2]
    if parts.password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{parts.username}@{host}"
