"""The values that fill the places of commands and texts, taken from the diagnosis.

Each value is computed when a step asks for it. None means that this diagnosis has no such value, and the
step that needs it is left out; a value that people can fill in themselves falls back to a written
placeholder such as ``YOUR-NAME``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from certwizard.diagnosis.result import ClientAction
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.remedies import names, proof, watching
from certwizard.remedies.artefacts.calendar import calendar
from certwizard.remedies.artefacts.inventory import inventory_csv, inventory_markdown
from certwizard.remedies.artefacts.policy import policy
from certwizard.remedies.chains import missing_files, ordered_parts
from certwizard.remedies.installed import file_read_instead, newer_file
from certwizard.remedies.situation import Situation
from certwizard.remedies.validation import valid_path, valid_url

_MOST_CLIENTS = 8

Value = str | tuple[str, ...] | None


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


def _certificate_file(situation: Situation) -> str:
    files = situation.diagnosis.target.files
    return (valid_path(files[0]) if files else None) or "fullchain.pem"


def _certificate_files(situation: Situation) -> Value:
    found = tuple(filter(None, map(valid_path, situation.diagnosis.target.files)))
    return found or ("fullchain.pem",)


def _key_file(situation: Situation) -> str:
    return valid_path(situation.diagnosis.target.key_file) or "privkey.pem"


def _ca_file(situation: Situation) -> str:
    return (valid_path(situation.ca_files[0]) if situation.ca_files else None) or "root.crt"


def _ca_option(situation: Situation) -> Value:
    return ("-CAfile", _ca_file(situation)) if situation.ca_files else ()


def _starttls(situation: Situation) -> Value:
    protocol = situation.diagnosis.target.starttls
    return ("-starttls", protocol.value) if protocol is not None else ()


def _haproxy_mode(situation: Situation) -> str:
    return "http" if situation.diagnosis.target.port in (None, 80, 443, 8080, 8443) else "tcp"


def _first(urls: Callable[[Certificate], tuple[str, ...]]) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        certificate = situation.concerned
        candidates = map(valid_url, urls(certificate)) if certificate is not None else ()
        return next((url for url in candidates if url is not None), None)

    return value


def _of_certificate(read: Callable[[Certificate], str]) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        certificate = situation.concerned
        return clean(read(certificate)) if certificate is not None else "not seen"

    return value


def _on_disk(field: str, *, loaded: bool) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        row = newer_file(situation.diagnosis) if loaded else file_read_instead(situation.diagnosis)
        return valid_path(str(row.get(field) or "")) if row else None

    return value


def _moment(which: str) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        certificate = situation.concerned
        found = getattr(certificate, which) if certificate is not None else None
        return f"{found:%Y-%m-%d %H:%M} UTC" if found is not None else "not seen"

    return value


def _refused_by(situation: Situation) -> str:
    refusing = [
        client.title for client in situation.diagnosis.clients if client.action is ClientAction.REJECTS
    ]
    more = f" and {len(refusing) - _MOST_CLIENTS} more" if len(refusing) > _MOST_CLIENTS else ""
    return clean(", ".join(refusing[:_MOST_CLIENTS]) + more) or "no current program that was judged"


def _of_cause(field: str) -> Callable[[Situation], Value]:
    def value(situation: Situation) -> Value:
        return clean(str(getattr(situation.cause, field))) if situation.cause is not None else ""

    return value


_VALUES: dict[str, Callable[[Situation], Value]] = {
    "host": names.host,
    "port": names.port,
    "name": names.name,
    "subject": names.subject,
    # certbot files a certificate under its first name.
    "lineage": names.name,
    "live": names.live_folder,
    "connect": lambda situation: proof.connect_address(situation) or "YOUR-HOST:443",
    "alt_names": names.alt_names,
    "certbot_names": names.certbot_names,
    "names": names.names_text,
    "cert_file": _certificate_file,
    "cert_files": _certificate_files,
    "key_file": _key_file,
    "ca_file": _ca_file,
    "ca_option": _ca_option,
    "starttls": _starttls,
    "missing_files": lambda situation: missing_files(situation) or ("intermediate-1.pem",),
    "ordered_parts": ordered_parts,
    "haproxy_mode": _haproxy_mode,
    # What others are told to run carries no path of this machine.
    "check_line": lambda situation: watching.plain_line(replace(situation, ca_files=())),
    "check_line_cron": watching.cron_line,
    "check_line_systemd": watching.unit_line,
    "check_line_nagios": watching.nagios_line,
    "check_words_icinga": watching.icinga_words,
    "renew_from": watching.renew_from,
    "alarm_from": watching.alarm_from,
    "lifetime": watching.lifetime,
    "third_of_life": watching.third_of_life,
    "thirty_days_means": watching.thirty_days_means,
    "calendar": calendar,
    "inventory_csv": inventory_csv,
    "inventory_markdown": inventory_markdown,
    "policy": policy,
    "target_label": names.target_label,
    "resource_name": names.resource_name,
    "registry": names.docker_registry,
    "url": names.url,
    "s_client": proof.s_client,
    "s_client_proof": proof.s_client_proof,
    "check": proof.certwizard_check,
    "upgrade": proof.upgrade,
    "connect_address": proof.connect_host,
    "aia_url": _first(lambda certificate: certificate.ca_issuer_urls),
    "ocsp_url": _first(lambda certificate: certificate.ocsp_urls),
    "crl_url": _first(lambda certificate: certificate.crl_urls),
    "shown_subject": _of_certificate(lambda certificate: certificate.subject.short),
    "shown_issuer": _of_certificate(lambda certificate: certificate.issuer.short),
    "fingerprint": _of_certificate(lambda certificate: certificate.sha256),
    "newer_file": _on_disk("path", loaded=True),
    "read_file": _on_disk("path", loaded=False),
    "named_in": _on_disk("named_in", loaded=False),
    "not_before": _moment("not_before"),
    "not_after": _moment("not_after"),
    "headline": _of_cause("headline"),
    "seen": _of_cause("seen"),
    "expected": _of_cause("expected"),
    "refused_by": _refused_by,
    "display": lambda situation: clean(situation.diagnosis.target.display_name),
    "judged_at": lambda situation: f"{situation.diagnosis.judged_at:%Y-%m-%d %H:%M} UTC",
}
