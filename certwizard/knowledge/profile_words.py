"""The words of the client profiles (client_messages/) as messages: asked where the catalogue itself knows none."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.clients import ClientMessage, ClientProfile, profiles
from certwizard.knowledge.messages import Message

NO_CERTIFICATE_ERRORS = (CauseId.DNS_FAILURE, CauseId.CONNECTION_REFUSED, CauseId.TIMEOUT)
"""What is told apart in not_certificates.toml."""
_RELEASE = re.compile(r"-\d.*")
_ANY_REASON = re.compile(r"<(?:reason|error)>$")
"""Words that any reason may follow say nothing by themselves."""
_HANDSHAKE = re.compile(r"ssl|tls|handshake|EPROTO|\(35\)", re.IGNORECASE)
_NAME = re.compile(r"[A-Z]{3}")


def speaker_of(profile: ClientProfile) -> str:
    """Return the client a profile's words belong to: all its releases speak as one.

    Args:
        profile: A client, or one release of it.
    """
    return profile.speaks_as or _RELEASE.sub("", profile.id)


@cache
def profile_messages() -> tuple[Message, ...]:
    """Return what the profiles say of certificates and TLS, each text of a client once with all its causes."""
    found: dict[tuple[str, str], tuple[list[str], list[CauseId]]] = {}
    for client, words, cause in _rows():
        codes, causes = found.setdefault((client, words.text), ([], []))
        codes += words.code.split() if _NAME.search(words.code) else ()
        causes.append(cause)
    return tuple(
        Message(client, tuple(dict.fromkeys(codes)), text, tuple(dict.fromkeys(causes)))
        for (client, text), (codes, causes) in found.items()
    )


def _is_telling(cause: CauseId, words: ClientMessage) -> bool:
    """Whether the words say by themselves that TLS is the matter, and what of it."""
    if cause is CauseId.CONNECTION_RESET:
        return _HANDSHAKE.search(words.text) is not None
    return cause not in NO_CERTIFICATE_ERRORS and not _ANY_REASON.search(words.text)


def _rows() -> Iterator[tuple[str, ClientMessage, CauseId]]:
    for profile in profiles():
        rows: Sequence[tuple[CauseId, ClientMessage]] = (
            *profile.messages.items(),
            *((cause, words) for (cause, _), words in profile.variants.items()),
        )
        for cause, words in rows:
            if _is_telling(cause, words):
                yield speaker_of(profile), words, cause
