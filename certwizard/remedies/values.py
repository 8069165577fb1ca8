"""The values that fill the places of commands and texts, taken from the diagnosis.

Each value is computed when a step asks for it. None means that this diagnosis has no such value, and the
step that needs it is left out; a value that people can fill in themselves falls back to a written
placeholder such as ``YOUR-NAME``.
"""

from collections.abc import Callable, Iterator, Mapping

from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.domain.target import TargetKind
from certwizard.remedies import proof
from certwizard.remedies.situation import Situation
from certwizard.remedies.validation import (
    host_and_port,
    valid_address,
    valid_certificate_name,
    valid_host,
    valid_host_name,
    valid_path,
    valid_port,
    valid_url,
)

Value = str | tuple[str, ...] | None
_MOST_NAMES = 100  # the bound of Let's Encrypt on names in one certificate


class SituationValues(Mapping[str, Value]):
    """The values of one situation, computed on demand."""

    def __init__(self, situation: Situation, more: Mapping[str, Value] | None = None) -> None:
        """Take the situation, and values that hold for one step alone."""
        self._situation = situation
        self._more = dict(more or {})

    def __getitem__(self, name: str) -> Value:
        """Return the value of a place; KeyError where the vocabulary has no such place."""
        return self._more[name] if name in self._more else _VALUES[name](self._situation)

    def __iter__(self) -> Iterator[str]:
        return iter({**_VALUES, **self._more})

    def __len__(self) -> int:
        return len({**_VALUES, **self._more})


def known_places() -> frozenset[str]:
    """Return the name of every place that data files may use."""
    return frozenset(_VALUES)


def _host(situation: Situation) -> str:
    return valid_host(situation.diagnosis.target.host) or "YOUR-HOST"


def _port(situation: Situation) -> str:
    return valid_port(situation.diagnosis.target.port) or "443"


def _name(situation: Situation) -> str:
    """Return the DNS name to be served."""
    return valid_host_name(situation.asked_name) or "YOUR-NAME"


def _subject(situation: Situation) -> str:
    """Return the name or address to be served."""
    return valid_host(situation.asked_name) or "YOUR-NAME"


def _lineage(situation: Situation) -> str:
    """Return the name under which certbot files the certificate: its first name, without ``*.``."""
    return _name(situation).removeprefix("*.")


def _alt_names(situation: Situation) -> str:
    """Return the subjectAltName value for openssl: the asked name and those already served beside it."""
    entries = [f"DNS:{name}" for name in _wanted_names(situation)]
    address = valid_address(situation.asked_name)
    if address:
        entries.append(f"IP:{address}")
    return ",".join(entries) or "DNS:YOUR-NAME"


def _wanted_names(situation: Situation) -> tuple[str, ...]:
    """Return the names a new certificate needs: the one asked for, then its kin of the old certificate."""
    asked = valid_certificate_name(situation.asked_name)
    leaf = situation.leaf
    served = leaf.san.dns if leaf is not None and leaf.san is not None else ()
    names = [asked] if asked else []
    names += [name for name in map(str.lower, served) if valid_certificate_name(name) and _akin(name, asked)]
    return tuple(dict.fromkeys(names))[:_MOST_NAMES]


def _akin(name: str, asked: str | None) -> bool:
    """Return whether a served name stands under the asked name's domain, so that one owner holds both."""
    if asked is None:
        return True
    from certwizard.domain.hostname import registrable_domain

    domain = registrable_domain(asked)
    plain = name.removeprefix("*.")
    return plain == domain or (domain is not None and plain.endswith(f".{domain}"))


def _each_name(option: str) -> Callable[[Situation], Value]:
    def arguments(situation: Situation) -> Value:
        names = _wanted_names(situation) or ("YOUR-NAME",)
        return tuple(word for name in names for word in (option, name))

    return arguments


def _names_text(situation: Situation) -> str:
    return ", ".join(_wanted_names(situation)) or _subject(situation)


def _certificate_file(situation: Situation) -> str:
    files = situation.diagnosis.target.files
    return (valid_path(files[0]) if files else None) or "fullchain.pem"


def _key_file(situation: Situation) -> str:
    return valid_path(situation.diagnosis.target.key_file) or "privkey.pem"


def _ca_file(situation: Situation) -> str:
    return (valid_path(situation.ca_files[0]) if situation.ca_files else None) or "root.crt"


def _docker_registry(situation: Situation) -> str | None:
    host, port = valid_host_name(situation.diagnosis.target.host), _port(situation)
    if host is None:
        return None
    return host if port == "443" else host_and_port(host, port)


def _url(situation: Situation) -> str | None:
    target = situation.diagnosis.target
    if target.kind is TargetKind.FILES:
        return None
    name = valid_host(situation.asked_name) or "YOUR-NAME"
    port = _port(situation)
    shown = f"[{name}]" if ":" in name else name
    return f"https://{shown}/" if port == "443" else f"https://{shown}:{port}/"


def _first(urls: Callable[[Certificate], tuple[str, ...]]) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        certificate = situation.concerned
        candidates = map(valid_url, urls(certificate)) if certificate is not None else ()
        return next((url for url in candidates if url is not None), None)

    return value


def _of_certificate(read: Callable[[Certificate], str]) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        certificate = situation.concerned
        return clean(read(certificate)) if certificate is not None else "the certificate"

    return value


def _moment(which: str) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        certificate = situation.concerned
        found = getattr(certificate, which) if certificate is not None else None
        return f"{found:%Y-%m-%d %H:%M} UTC" if found is not None else "an unreadable date"

    return value


def _of_cause(field: str) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        return clean(str(getattr(situation.cause, field))) if situation.cause is not None else ""

    return value


_VALUES: dict[str, Callable[[Situation], Value]] = {
    "host": _host,
    "port": _port,
    "name": _name,
    "subject": _subject,
    "lineage": _lineage,
    "connect": lambda situation: proof.connect_address(situation) or "YOUR-HOST:443",
    "alt_names": _alt_names,
    "certbot_names": _each_name("-d"),
    "names": _names_text,
    "cert_file": _certificate_file,
    "key_file": _key_file,
    "ca_file": _ca_file,
    "registry": _docker_registry,
    "url": _url,
    "s_client": proof.s_client,
    "s_client_proof": proof.s_client_proof,
    "check": proof.certwizard_check,
    "aia_url": _first(lambda certificate: certificate.ca_issuer_urls),
    "ocsp_url": _first(lambda certificate: certificate.ocsp_urls),
    "crl_url": _first(lambda certificate: certificate.crl_urls),
    "shown_subject": _of_certificate(lambda certificate: certificate.subject.short),
    "shown_issuer": _of_certificate(lambda certificate: certificate.issuer.short),
    "fingerprint": _of_certificate(lambda certificate: certificate.sha256),
    "not_before": _moment("not_before"),
    "not_after": _moment("not_after"),
    "headline": _of_cause("headline"),
    "seen": _of_cause("seen"),
    "expected": _of_cause("expected"),
    "display": lambda situation: clean(situation.diagnosis.target.display_name),
    "judged_at": lambda situation: f"{situation.diagnosis.judged_at:%Y-%m-%d %H:%M} UTC",
}
