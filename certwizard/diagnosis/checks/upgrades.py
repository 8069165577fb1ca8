"""Which services begin in the clear and come to TLS by an upgrade (STARTTLS), by their speech or their usual port."""

from certwizard.domain.target import Starttls

_BY_SPEECH = {
    "SMTP": Starttls.SMTP,
    "IMAP": Starttls.IMAP,
    "POP3": Starttls.POP3,
    "FTP": Starttls.FTP,
    "NNTP": Starttls.NNTP,
    "ManageSieve": Starttls.SIEVE,
    "XMPP": Starttls.XMPP,
    "LDAP": Starttls.LDAP,
    "MySQL": Starttls.MYSQL,
    "PostgreSQL": Starttls.POSTGRES,
}
_BY_PORT = {
    21: Starttls.FTP,
    25: Starttls.SMTP,
    110: Starttls.POP3,
    119: Starttls.NNTP,
    143: Starttls.IMAP,
    389: Starttls.LDAP,
    587: Starttls.SMTP,
    3306: Starttls.MYSQL,
    4190: Starttls.SIEVE,
    5222: Starttls.XMPP,
    5269: Starttls.XMPP_SERVER,
    5432: Starttls.POSTGRES,
}
_UNSURE = frozenset({"", "SMTP or FTP", "something unknown", "something else"})


def upgrade_of(spoke: str, port: int) -> Starttls | None:
    """Return the upgrade to ask for; None where the service has none.

    Args:
        spoke: What it was heard to speak; this counts, whatever the port.
        port: Tells where its speech does not.
    """
    return _BY_SPEECH.get(spoke, _BY_PORT.get(port) if spoke in _UNSURE else None)
