"""Looking again with other options: the fields of the form, and what their words mean."""

import os.path
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from certwizard.domain.authority import parse_authority, parse_name
from certwizard.domain.cleantext import clean
from certwizard.domain.errors import CertwizardError, TargetError
from certwizard.domain.options import DEFAULT_TIMEOUT, ProbeOptions
from certwizard.domain.schemes import starttls_named
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.probe.proxy import check_proxy_url

LONGEST_WAIT = 3600.0
HIGHEST_PORT = 65535
Asked = tuple[Target, ProbeOptions]


class FieldError(CertwizardError):
    """The words of one field cannot be understood."""

    def __init__(self, field: "Field", words: str) -> None:
        """Say which field, and what is expected in it.

        Args:
            field: The field.
            words: One clean line.
        """
        super().__init__(f"{field.label}: {words}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Field:
    """One option of a look."""

    id: str
    label: str
    hint: str
    """What may stand there; shown where nothing does."""
    write: Callable[[Target, ProbeOptions], str]
    read: Callable[[str, Asked], Asked]
    """Gives the look with this option; raises `CertwizardError` or ValueError."""
    of_files: bool = False
    """Whether it has a meaning for files too."""
    short: str = ""
    """What the empty field shows, where the hint is too long for it."""

    @property
    def placeholder(self) -> str:
        """What the empty field shows."""
        return self.short or self.hint


def fields_for(target: Target) -> tuple[Field, ...]:
    """Return the fields that have a meaning for a target.

    Args:
        target: What is looked at.
    """
    return tuple(field for field in FIELDS if field.of_files or target.kind is TargetKind.SERVER)


def understand(words: Mapping[str, str], target: Target, options: ProbeOptions) -> Asked:
    """Return the look that the words in the fields ask for.

    Args:
        words: What stands in each field, by its id.
        target: What was looked at.
        options: How.

    Raises:
        FieldError: Where a field cannot be understood.
    """
    asked = target, options
    for field in fields_for(target):
        try:
            asked = field.read(words.get(field.id, "").strip(), asked)
        except TargetError as error:
            raise FieldError(field, f"{error.understood}; expected {error.expected}") from error
        except CertwizardError as error:
            raise FieldError(field, str(error)) from error
        except (ValueError, OverflowError):
            shown = clean(words.get(field.id, ""), 60)
            raise FieldError(field, f"“{shown}” was understood; expected {field.hint}") from None
    return asked


def _connect(words: str, asked: Asked) -> Asked:
    via = parse_authority(words, "the address") if words else None
    target = replace(asked[0], connect_host=via.host if via else None, connect_port=via.port if via else None)
    return target, asked[1]


def _connect_words(target: Target, _: ProbeOptions) -> str:
    host, port = target.connect_host or "", target.connect_port
    return f"[{host}]:{port}" if port and ":" in host else f"{host}:{port}" if port else host


def _port(words: str, asked: Asked) -> Asked:
    port = int(words)
    if not (words.isascii() and 0 < port <= HIGHEST_PORT):
        raise ValueError(words)
    return replace(asked[0], port=port), asked[1]


def _name(words: str, asked: Asked) -> Asked:
    found = parse_name(words, "the name").server_name if words else asked[0].host
    return replace(asked[0], server_name=found), asked[1]


def _starttls(words: str, asked: Asked) -> Asked:
    if not words:
        return replace(asked[0], starttls=None), asked[1]
    scheme = starttls_named(words)
    if scheme is None:
        raise ValueError(words)
    return replace(asked[0], starttls=scheme.starttls), asked[1]


def _proxy(words: str, asked: Asked) -> Asked:
    return asked[0], replace(asked[1], proxy=check_proxy_url(words) if words else None)


def _ca_files(words: str, asked: Asked) -> Asked:
    paths = tuple(os.path.expanduser(each.strip()) for each in words.split(",") if each.strip())
    for path in paths:
        if not os.path.isfile(path):
            raise TargetError(f"no such file: {clean(path, 120)}", "PEM files, with a comma between them")
    return asked[0], replace(asked[1], ca_files=paths, only_ca_file=asked[1].only_ca_file and bool(paths))


def _family(words: str, asked: Asked) -> Asked:
    chosen = {"": None, "any": None, "both": None, "4": 4, "ipv4": 4, "6": 6, "ipv6": 6}
    if words.lower() not in chosen:
        raise ValueError(words)
    return asked[0], replace(asked[1], family=chosen[words.lower()])


def _timeout(words: str, asked: Asked) -> Asked:
    seconds = float(words or DEFAULT_TIMEOUT)
    if not 0 < seconds <= LONGEST_WAIT:
        raise ValueError(words)
    return asked[0], replace(asked[1], timeout=seconds)


def _at(words: str, asked: Asked) -> Asked:
    if words.lower() in ("", "now"):
        return asked[0], replace(asked[1], at=None)
    moment = datetime.fromisoformat(words)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return asked[0], replace(asked[1], at=moment)


def _offline(words: str, asked: Asked) -> Asked:
    chosen = {"": False, "no": False, "n": False, "yes": True, "y": True}
    return asked[0], replace(asked[1], offline=_one_of(chosen, words))


def _one_of(chosen: Mapping[str, bool], words: str) -> bool:
    if words.lower() not in chosen:
        raise ValueError(words)
    return chosen[words.lower()]


def _at_words(_: Target, options: ProbeOptions) -> str:
    return options.at.isoformat(timespec="seconds").replace("+00:00", "Z") if options.at else ""


FIELDS = (
    Field("connect", "Connect to", "an address, not the name's own", _connect_words, _connect),
    Field("port", "Port", "a number from 1 to 65535", lambda t, _: str(t.port or ""), _port),
    Field("sni", "Name (SNI)", "a host name or an IP address", lambda t, _: t.server_name or "", _name, True),
    Field(
        "starttls", "STARTTLS", "nothing, or " + " ".join(each.value for each in Starttls),
        lambda t, _: t.starttls.value if t.starttls else "", _starttls, short="none, or smtp, imap; ? lists all",
    ),
    Field("proxy", "Proxy", "http:// or socks5://host:port", lambda _, o: o.proxy or "", _proxy),
    Field("ca-file", "CA file", "a PEM file of your own roots", lambda _, o: ", ".join(o.ca_files), _ca_files, True),
    Field("family", "Addresses", "any, 4 or 6", lambda _, o: str(o.family or ""), _family),
    Field("timeout", "Time limit", "seconds, at most 3600", lambda _, o: f"{o.timeout:g}", _timeout, True),
    Field("at", "As of", "now, or 2026-12-31T23:59:59Z", _at_words, _at, True),
    Field(
        "offline", "Offline", "no, or yes: the server alone", lambda _, o: "yes" if o.offline else "",
        _offline, True,
    ),
)  # fmt: skip
"""In the order of what helps most often."""
