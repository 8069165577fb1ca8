"""What the user asked about: a server, or local files in its place."""

from dataclasses import dataclass
from enum import StrEnum


class TargetKind(StrEnum):
    """Whether a server is contacted or files are read."""

    SERVER = "server"
    FILES = "files"


class Starttls(StrEnum):
    """Protocols that upgrade a plain connection to TLS."""

    SMTP = "smtp"
    LMTP = "lmtp"
    IMAP = "imap"
    POP3 = "pop3"
    FTP = "ftp"
    LDAP = "ldap"
    XMPP = "xmpp"
    XMPP_SERVER = "xmpp-server"
    POSTGRES = "postgres"
    MYSQL = "mysql"
    SIEVE = "sieve"
    NNTP = "nntp"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to diagnose."""

    input: str
    """The words of the user, cleaned."""
    kind: TargetKind
    host: str | None = None
    """Host as A-label (lower case, no trailing dot) or IP address without brackets; None for files."""
    port: int | None = None
    server_name: str | None = None
    """Name sent as SNI and checked against the certificate (A-label or IP).

    None where files came without --name.
    """
    starttls: Starttls | None = None
    connect_host: str | None = None
    """Address or name to connect to in place of resolving `host` (--connect)."""
    connect_port: int | None = None
    files: tuple[str, ...] = ()
    """Paths of certificate files, first certificate of the first file = leaf.

    Of a server: files that it is meant to serve, to compare with what it does.
    """
    key_file: str | None = None
    trailing_dot: bool = False
    """The user wrote the name with its trailing dot (``example.com.``)."""

    @property
    def display_name(self) -> str:
        """The short name for titles: ``host:port``, or the file's path."""
        if self.kind is TargetKind.FILES:
            return self.files[0] if self.files else self.input
        host = f"[{self.host}]" if self.host and ":" in self.host else self.host
        return f"{host}:{self.port}"
