"""The words that hold in a situation; data files choose between variants of a step by them."""

from certwizard.diagnosis.checks.upgrades import upgrade_of
from certwizard.diagnosis.result import Diagnosis
from certwizard.domain.target import Starttls, Target, TargetKind
from certwizard.domain.vocabulary import CauseId
from certwizard.remedies.chains import missing_files, ordered_parts
from certwizard.remedies.installed import newer_file
from certwizard.remedies.names import is_private, needs_private_ca, wanted_names
from certwizard.remedies.situation import Situation
from certwizard.remedies.validation import valid_address, valid_host, valid_url

_READING_PORTS = frozenset({110, 143, 993, 995, 4190})
_SENDING_PORTS = frozenset({24, 25, 465, 587})
_READING = frozenset({Starttls.IMAP, Starttls.POP3, Starttls.SIEVE})
_SENDING = frozenset({Starttls.SMTP, Starttls.LMTP})


def tags_of(situation: Situation) -> frozenset[str]:
    """Return every word that holds."""
    return frozenset(
        _target_tags(situation.diagnosis.target, _heard(situation))
        | _name_tags(situation)
        | _certificate_tags(situation)
        | _path_tags(situation)
    )


def fits(conditions: tuple[str, ...], tags: frozenset[str]) -> bool:
    """Return whether all conditions hold; ``!`` before a word means that it must not hold."""
    return all((word[1:] not in tags) if word.startswith("!") else word in tags for word in conditions)


def _heard(situation: Situation) -> Starttls | None:
    """Return what a port that speaks no TLS was heard to speak, where that can be upgraded to it."""
    cause = situation.cause
    if cause is None or cause.id is not CauseId.NOT_TLS:
        return None
    return upgrade_of(cause.seen, situation.diagnosis.target.port or 0)


def _target_tags(target: Target, heard: Starttls | None) -> set[str]:
    if target.kind is TargetKind.FILES:
        return {"files", "web"}
    if target.starttls is None:
        return {"server", "direct"} | (_starttls_tags(heard) if heard else _port_tags(target.port))
    return {"server", "starttls", target.starttls.value} | _starttls_tags(target.starttls)


def _port_tags(port: int | None) -> set[str]:
    if port in _SENDING_PORTS:
        return {"mail", "sending"}
    return {"mail", "reading"} if port in _READING_PORTS else {"web"}


def _starttls_tags(protocol: Starttls) -> set[str]:
    if protocol in _SENDING:
        return {"mail", "sending"}
    return {"mail", "reading"} if protocol in _READING else set()


def _name_tags(situation: Situation) -> set[str]:
    name = situation.asked_name
    if valid_host(name) is None:
        return {"no-name"}
    kind = "ip" if valid_address(name) else "name"
    return {kind, "private-name" if needs_private_ca(situation) else "public-name"}


def _certificate_tags(situation: Situation) -> set[str]:
    leaf, concerned, cause = situation.leaf, situation.concerned, situation.cause
    tags = {f"detail:{cause.detail}"} if cause is not None and cause.detail else set()
    if cause is not None and cause.detail.startswith("staple-"):
        tags.add("staple")
    if leaf is None or concerned is None:
        return tags | {"leaf"}
    tags |= {"certificate", "leaf" if concerned.der == leaf.der else "above-leaf"}
    if any(name.startswith("*.") for name in wanted_names(situation)):
        tags.add("wildcard")
    if any(valid_url(url) for url in concerned.ocsp_urls):
        tags.add("ocsp")
    return tags


def _path_tags(situation: Situation) -> set[str]:
    tags = {"missing-known"} if missing_files(situation) else set()
    if ordered_parts(situation):
        tags.add("path-sent")
    if newer_file(situation.diagnosis):
        tags.add("newer-file")
    if situation.ca_files:
        tags.add("ca-file")
    if situation.ca_files or not is_private(situation.asked_name):
        tags.add("prove-plainly")
    return tags | _kind_of_root(situation.diagnosis)


def _kind_of_root(diagnosis: Diagnosis) -> set[str]:
    """Return ``private-root`` where only the user's own file vouches for the path."""
    anchor = diagnosis.path[-1] if diagnosis.trusted and diagnosis.path else None
    return {"private-root"} if anchor is not None and set(anchor.stores) == {"ca-file"} else set()
