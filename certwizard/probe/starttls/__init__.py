"""How each protocol asks for TLS on a plain connection, one small function per protocol."""

from collections.abc import Callable

from certwizard.domain.target import Starttls
from certwizard.probe.starttls.binary import ldap, mysql, postgres
from certwizard.probe.starttls.lines import ftp, imap, lmtp, nntp, pop3, sieve, smtp
from certwizard.probe.starttls.xmpp import xmpp, xmpp_server
from certwizard.probe.stream import BoundedStream

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


def upgrade(stream: BoundedStream, protocol: Starttls, host: str) -> None:
    """Bring a plain connection to the point where TLS begins.

    Raises:
        StepFailed: STARTTLS_REFUSED with the server's words, or what the stream met.
    """
    _DIALOGS[protocol](stream, host)
    # What came ahead of TLS is unprotected; taking it for TLS data was a flaw of many (CVE-2011-0411).
    stream.discard_pending()
