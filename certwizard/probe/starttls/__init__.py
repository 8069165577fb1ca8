"""How each protocol asks for TLS on a plain connection, one small function per protocol."""

import dataclasses
from collections.abc import Callable

from certwizard.domain.observation import Failure, FailureReason
from certwizard.domain.target import Starttls
from certwizard.probe.starttls.binary import ldap, mysql, postgres
from certwizard.probe.starttls.lines import ftp, imap, lmtp, nntp, pop3, sieve, smtp
from certwizard.probe.starttls.xmpp import xmpp, xmpp_server
from certwizard.probe.stream import BoundedStream, StepFailed

_DIALOGS: dict[Starttls, Callable[[BoundedStream, str], None]] = {
    Starttls.SMTP: smtp,
    Starttls.LMTP: lmtp,
    Starttls.IMAP: imap,
    Starttls.POP3: pop3,
    Starttls.FTP: ftp,
    Starttls.LDAP: ldap,
    Starttls.XMPP: xmpp,
    Starttls.XMPP_SERVER: xmpp_server,
    Starttls.POSTGRES: postgres,
    Starttls.MYSQL: mysql,
    Starttls.SIEVE: sieve,
    Starttls.NNTP: nntp,
}

# Replies of three digits look alike, so that they name no other protocol where one of these was asked for.
_DIGITS = {"SMTP or FTP", "NNTP"}
_OWN_NAMES: dict[Starttls, set[str]] = {
    Starttls.SMTP: _DIGITS | {"SMTP"},
    Starttls.LMTP: _DIGITS | {"SMTP"},
    Starttls.FTP: _DIGITS | {"FTP"},
    Starttls.NNTP: _DIGITS,
    Starttls.IMAP: {"IMAP"},
    Starttls.POP3: {"POP3"},
    Starttls.SIEVE: {"ManageSieve"},
    Starttls.LDAP: {"LDAP"},
    Starttls.XMPP: {"XMPP"},
    Starttls.XMPP_SERVER: {"XMPP"},
    Starttls.POSTGRES: {"PostgreSQL"},
    Starttls.MYSQL: {"MySQL"},
}


def upgrade(stream: BoundedStream, protocol: Starttls, host: str) -> None:
    """Bring a plain connection to the point where TLS begins.

    Raises:
        StepFailed: STARTTLS_REFUSED with the server's words, or what the stream met.
    """
    try:
        _DIALOGS[protocol](stream, host)
    except StepFailed as failed:
        raise StepFailed(_as_refusal(failed.failure, _OWN_NAMES.get(protocol, set()))) from failed
    # What came ahead of TLS is unprotected; taking it for TLS data was a flaw of many (CVE-2011-0411).
    stream.discard_pending()


def _as_refusal(failure: Failure, own: set[str]) -> Failure:
    """Tell an endless answer as a refusal, and name what is spoken only where it is something else."""
    if failure.reason is FailureReason.TOO_LARGE:
        return dataclasses.replace(failure, reason=FailureReason.STARTTLS_REFUSED)
    return dataclasses.replace(failure, spoke=None) if failure.spoke in own else failure
