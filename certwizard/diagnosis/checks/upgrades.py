"""Which services begin in the clear and come to TLS by an upgrade (STARTTLS), by their speech or their usual port."""

_BY_SPEECH = {
    "SMTP": "smtp",
    "IMAP": "imap",
    "POP3": "pop3",
    "FTP": "ftp",
    "NNTP": "nntp",
    "ManageSieve": "sieve",
    "XMPP": "xmpp",
    "LDAP": "ldap",
    "MySQL": "mysql",
    "PostgreSQL": "postgres",
}
_BY_PORT = {
    25: "smtp",
    587: "smtp",
    143: "imap",
    110: "pop3",
    21: "ftp",
    389: "ldap",
    5222: "xmpp",
    5432: "postgres",
    3306: "mysql",
}
_UNSURE = frozenset({"", "SMTP or FTP", "something unknown"})


def upgrade_of(spoke: str, port: int) -> str | None:
    """Return the scheme that asks for the upgrade; None where the service has none.

    Args:
        spoke: What it was heard to speak; this counts, whatever the port.
        port: Tells where its speech does not.
    """
    return _BY_SPEECH.get(spoke, _BY_PORT.get(port) if spoke in _UNSURE else None)
