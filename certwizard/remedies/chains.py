"""Which certificates the server must add to its chain or put in order, and where they are to be had."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from certwizard.diagnosis.result import Origin
from certwizard.domain.certificate import Certificate
from certwizard.domain.cleantext import clean
from certwizard.remedies.situation import Situation
from certwizard.remedies.validation import valid_url

Entry = Mapping[str, "str | tuple[str, ...] | None"]
_PKCS7_ENDINGS = (".p7c", ".p7b")


def entries(name: str, situation: Situation) -> tuple[Entry, ...]:
    """Return the entries of a list that data files repeat a step over."""
    return _LISTS[name](situation)


def missing_files(situation: Situation) -> tuple[str, ...]:
    """Return the files that the missing intermediates are fetched into, in the order of the chain."""
    return tuple(str(entry["missing_file"]) for entry in _missing(situation))


def ordered_parts(situation: Situation) -> tuple[str, ...]:
    """Return the files of the split chain that belong to the path, in its order and without the root."""
    leaf, path = situation.leaf, situation.diagnosis.path
    if leaf is not None and path and path[0].certificate.der == leaf.der:
        known = [(link.index, link.certificate) for link in path if link.index is not None]
    else:
        known = _by_names(situation)
    return tuple(
        f"sent-{index + 1}.pem"
        for place, (index, certificate) in enumerate(known)
        if place == 0 or not certificate.is_self_issued
    )


def _by_names(situation: Situation) -> list[tuple[int, Certificate]]:
    """Return the sent certificates from the leaf upwards, each followed by the one it names as its issuer."""
    left = {each.certificate.der: each for each in reversed(situation.diagnosis.sent)}
    found: list[tuple[int, Certificate]] = []
    current = situation.leaf
    while current is not None and current.der in left:
        found.append((left.pop(current.der).index, current))
        issuer = current.issuer.der
        above = (each.certificate for each in left.values())
        current = next((certificate for certificate in above if certificate.subject.der == issuer), None)
    return found


def _missing(situation: Situation) -> tuple[Entry, ...]:
    """Return address, file and subject of each intermediate that was not sent."""
    found: list[Entry] = []
    for child, subject in _gaps(situation):
        url = next((url for url in map(valid_url, child.ca_issuer_urls) if url is not None), None)
        if url is None:
            break
        pkcs7 = urlsplit(url).path.lower().endswith(_PKCS7_ENDINGS)
        reader = ("pkcs7", "-inform", "DER", "-print_certs") if pkcs7 else ("x509", "-inform", "DER")
        found.append(
            {
                "missing_url": url,
                "missing_file": f"intermediate-{len(found) + 1}.pem",
                "missing_subject": clean(subject),
                "missing_reader": reader,
            }
        )
    return tuple(found)


def _gaps(situation: Situation) -> list[tuple[Certificate, str]]:
    """Return each certificate whose issuer was not sent, with that issuer's name."""
    path = situation.diagnosis.path
    fetched = [
        (path[place - 1].certificate, link.certificate.subject.short)
        for place, link in enumerate(path)
        if place and link.origin is Origin.FETCHED and not link.certificate.is_self_issued
    ]
    if fetched:
        return fetched
    last = path[-1].certificate if path and not situation.diagnosis.trusted else situation.leaf
    return [] if last is None or last.is_self_issued else [(last, last.issuer.short)]


_LISTS: dict[str, Callable[[Situation], tuple[Entry, ...]]] = {"missing": _missing}
