"""What the words around a message change in the causes it can stand for."""

import re
from collections.abc import Sequence

from certwizard.domain.vocabulary import CauseId
from certwizard.explain.matching import Match
from certwizard.explain.phrases import TLS_ALERT
from certwizard.explain.reading import Reading
from certwizard.explain.speakers import hands_on
from certwizard.knowledge.error_messages import catalogue
from certwizard.knowledge.messages import Says

_ISSUER_UNKNOWN = frozenset({"20", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY"})
_DEPTH = re.compile(r"\bdepth\s*[=:]?\s*(\d{1,2})\b")
_AT_A_SERVER = re.compile(
    r"ssl_accept|handshake error from|smtpd|imap-login|pop3-login|managesieve|while ssl handshaking, client|client:|"
    r"\baccept\b|from unknown\[|received client alert"
    r"|generated client alert|server ssl|tls server|remote client|ssl_do_handshake\(\) failed"
)
_AT_A_CLIENT = re.compile(
    r"ssl_connect|\bget \"|\bpost \"|\bhead \"|max retries|urlopen|curl: \(|unable to access|fetch|s_client|"
    r"received server alert|tls client|could not connect|failed to connect|write eproto|connect\(\)|dial tcp|ssl_read"
)


def causes_of(match: Match, reading: Reading) -> tuple[CauseId, ...]:
    """Return the causes a message stands for where it was found.

    Args:
        match: The message in its place.
        reading: The text.
    """
    message = match.message
    speaker = catalogue().clients.get(match.speaker)
    if speaker is not None:
        table = speaker.means.get(message.client, {})
        for code in message.codes:
            if code in table:
                return table[code]
    if message.client == TLS_ALERT or message.says is Says.ALERT:
        return _by_side(message.causes, match, reading)
    if message.client == "openssl" and _ISSUER_UNKNOWN & set(message.codes):
        return _by_depth(message.causes, match, reading)
    return message.causes


def _by_depth(causes: tuple[CauseId, ...], match: Match, reading: Reading) -> tuple[CauseId, ...]:
    """Where OpenSSL got beyond the server's own certificate, it is the root that is unknown."""
    line = reading.words.line_at(match.start)
    around = "\n".join(reading.lines[max(line - 2, 0) : line + 1]).lower()
    depths = _DEPTH.findall(around)
    if depths and int(depths[-1]) > 0:
        return _first(causes, CauseId.UNTRUSTED_ROOT)
    return causes


def _by_side(causes: tuple[CauseId, ...], match: Match, reading: Reading) -> tuple[CauseId, ...]:
    """An alert blames what its sender received: at a server that is the server's certificate, else the client's."""
    if CauseId.CLIENT_CERT_REQUIRED not in causes or CauseId.CIPHER_MISMATCH in causes:
        return causes
    side = _side(match, reading)
    if side > 0:
        return (
            *(cause for cause in causes if cause is not CauseId.CLIENT_CERT_REQUIRED),
            CauseId.CLIENT_CERT_REQUIRED,
        )
    return _first(causes, CauseId.CLIENT_CERT_REQUIRED) if side < 0 else causes


def _side(match: Match, reading: Reading) -> int:
    """Return 1 where a server writes, -1 where a client does, 0 where nothing shows it."""
    line = reading.words.line_at(match.start)
    around = "\n".join(reading.lines[max(line - 3, 0) : line + 4]).lower()
    speaker = catalogue().clients.get(match.speaker)
    if (speaker is not None and speaker.server) or _AT_A_SERVER.search(around):
        return 1
    return -1 if _AT_A_CLIENT.search(around) or "curl" in hands_on(match.speaker) else 0


def _first(causes: Sequence[CauseId], cause: CauseId) -> tuple[CauseId, ...]:
    return (cause, *(one for one in causes if one is not cause))
