"""What a scheme or a port says about the port and STARTTLS, by the IANA registry of service names."""

from dataclasses import dataclass

from certwizard.domain.target import Starttls

HTTPS_PORT = 443


@dataclass(frozen=True, slots=True)
class Scheme:
    """Where a scheme's service listens and how it comes to TLS."""

    port: int
    starttls: Starttls | None = None


SCHEMES: dict[str, Scheme] = {
    "https": Scheme(HTTPS_PORT),
    "http": Scheme(HTTPS_PORT),
    "smtp": Scheme(25, Starttls.SMTP),
    "smtps": Scheme(465),
    "submission": Scheme(587, Starttls.SMTP),
    "submissions": Scheme(465),
    "lmtp": Scheme(24, Starttls.LMTP),
    "imap": Scheme(143, Starttls.IMAP),
    "imaps": Scheme(993),
    "pop3": Scheme(110, Starttls.POP3),
    "pop3s": Scheme(995),
    "sieve": Scheme(4190, Starttls.SIEVE),
    "ftp": Scheme(21, Starttls.FTP),
    "ftps": Scheme(990),
    "ldap": Scheme(389, Starttls.LDAP),
    "ldaps": Scheme(636),
    "xmpp": Scheme(5222, Starttls.XMPP),
    "xmpp-server": Scheme(5269, Starttls.XMPP_SERVER),
    "xmpps": Scheme(5223),
    "postgres": Scheme(5432, Starttls.POSTGRES),
    "postgresql": Scheme(5432, Starttls.POSTGRES),
    "mysql": Scheme(3306, Starttls.MYSQL),
    "nntp": Scheme(119, Starttls.NNTP),
    "nntps": Scheme(563),
    "wss": Scheme(HTTPS_PORT),
    "tls": Scheme(HTTPS_PORT),
    "mqtts": Scheme(8883),
    "amqps": Scheme(5671),
    "ircs": Scheme(6697),
}

_PRIVATE_MAIL_PORT = 24  # any private mail system may use it, so that it says nothing by itself

PORTS_WITH_STARTTLS: dict[int, Starttls] = {
    scheme.port: scheme.starttls
    for scheme in SCHEMES.values()
    if scheme.starttls is not None and scheme.port != _PRIVATE_MAIL_PORT
}
"""Ports by which a user who names no scheme surely means that protocol."""


def starttls_named(word: str) -> Scheme | None:
    """Return port and protocol that a word after --starttls means, or None."""
    scheme = SCHEMES.get(word.strip().lower())
    return scheme if scheme is not None and scheme.starttls is not None else None
