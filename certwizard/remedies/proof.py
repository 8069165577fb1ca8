"""The commands that prove a repair against this very target: openssl s_client and certwizard itself."""

from dataclasses import replace

from certwizard.diagnosis.checks.upgrades import upgrade_of
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.situation import Situation
from certwizard.remedies.validation import (
    host_and_port,
    valid_address,
    valid_host,
    valid_host_name,
    valid_path,
    valid_port,
)

_NEW_CHAIN, _NEW_KEY, _NEW_ROOT = "new-fullchain.pem", ".new.key", "private-ca.crt"
_XMPP = frozenset({Starttls.XMPP, Starttls.XMPP_SERVER})


def connect_address(situation: Situation) -> str | None:
    """Return ``host:port`` to connect to, as --connect or the target says; None where files were read."""
    target = situation.diagnosis.target
    if target.kind is TargetKind.FILES:
        return None
    host = valid_host(target.connect_host) or valid_host(target.host) or "YOUR-HOST"
    port = valid_port(target.connect_port) or valid_port(target.port) or "443"
    return host_and_port(host, port)


def connect_host(situation: Situation) -> str | None:
    """Return the host or address that is connected to, without a port; None where files were read."""
    target = situation.diagnosis.target
    if target.kind is TargetKind.FILES:
        return None
    return valid_host(target.connect_host) or valid_host(target.host)


def upgrade(situation: Situation) -> str | None:
    """Return the STARTTLS protocol to try where it was not: by what the server spoke, else by its port."""
    target, cause = situation.diagnosis.target, situation.cause
    if target.kind is TargetKind.FILES or target.starttls is not None:
        return None
    spoken = cause.seen if cause is not None and cause.id is CauseId.NOT_TLS else ""
    found = upgrade_of(spoken, target.port or 0)
    return found.value if found else None


def s_client(situation: Situation) -> tuple[str, ...] | None:
    """Return ``openssl s_client`` with what leads to this server: address, SNI and STARTTLS."""
    address = connect_address(situation)
    if address is None:
        return None
    target = situation.diagnosis.target
    words = ["openssl", "s_client", "-connect", address]
    name = valid_host_name(situation.asked_name)
    if name is not None:
        words += ["-servername", name]
    if target.starttls is not None:
        words += ["-starttls", target.starttls.value]
    if target.starttls in _XMPP and name is not None:
        words += ["-name", name]
    return tuple(words)


def s_client_proof(situation: Situation) -> tuple[str, ...] | None:
    """Return the s_client line that fails unless chain, dates and name are right."""
    words = s_client(situation)
    if words is None:
        return None
    ca_file = valid_path(situation.ca_files[0]) if situation.ca_files else None
    trust = ("-CAfile", ca_file) if ca_file else ()
    return (*words, *trust, "-verify_return_error", *_expected_name(situation))


def _expected_name(situation: Situation) -> tuple[str, ...]:
    address = valid_address(situation.asked_name)
    if address:
        return ("-verify_ip", address)
    name = valid_host_name(situation.asked_name)
    return ("-verify_hostname", name) if name else ()


def certwizard_check(situation: Situation) -> tuple[str, ...]:
    """Return ``certwizard check`` for the same target with the same options; of files, for those made anew."""
    target = _repaired(situation)
    words = _file_words(target) if target.kind is TargetKind.FILES else _server_words(target)
    if target.kind is TargetKind.SERVER:
        words += [word for path in filter(None, map(valid_path, target.files)) for word in ("--file", path)]
    for ca_file in filter(None, map(valid_path, situation.ca_files)):
        words += ["--ca-file", ca_file]
    if target.kind is TargetKind.FILES and _NEW_ROOT in situation.made:
        words += ["--ca-file", _NEW_ROOT]
    return ("certwizard", "check", *words)


def _repaired(situation: Situation) -> Target:
    """Return the target with the chain and the key that the steps made in place of the faulty files."""
    target = situation.diagnosis.target
    if target.kind is not TargetKind.FILES or _NEW_CHAIN not in situation.made:
        return target
    new_key = next((path for path in situation.made if path.endswith(_NEW_KEY)), None)
    key_file = new_key if new_key and target.key_file else target.key_file
    return replace(target, files=(_NEW_CHAIN,), key_file=key_file)


def _file_words(target: Target) -> list[str]:
    words: list[str] = []
    for path in filter(None, map(valid_path, target.files)):
        words += ["--file", path]
    key_file = valid_path(target.key_file)
    if key_file:
        words += ["--key", key_file]
    name = valid_host(target.server_name)
    if name:
        words += ["--name", name]
    return words


def _server_words(target: Target) -> list[str]:
    host = valid_host(target.host) or "YOUR-HOST"
    words = [host_and_port(host, valid_port(target.port) or "443")]
    name = valid_host(target.server_name)
    if name and name != host:
        words += ["--sni", name]
    if target.starttls is not None:
        words += ["--starttls", target.starttls.value]
    connect = valid_host(target.connect_host)
    if connect:
        port = valid_port(target.connect_port)
        bracketed = f"[{connect}]" if ":" in connect else connect
        words += ["--connect", f"{bracketed}:{port}" if port else bracketed]
    return words
