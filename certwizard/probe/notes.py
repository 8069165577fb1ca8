"""What OpenSSL tells of one handshake while it goes on, by its callbacks."""

import contextlib
import os
from dataclasses import dataclass, field

from OpenSSL import SSL

_CLOSE_NOTIFY, _USER_CANCELED = 0, 90
_FLIGHT_SECRET = b"SERVER_HANDSHAKE_TRAFFIC_SECRET"


@dataclass(slots=True)
class Notes:
    """What the callbacks of one handshake have told."""

    alert: int | None = None
    alert_sent: int | None = None
    staple: bytes | None = None
    secret: bytes | None = None
    scts_asked: bool = False
    handshakes: int = 0
    key_log: str | None = field(default_factory=lambda: os.environ.get("SSLKEYLOGFILE"))

    def info(self, _: SSL.Connection, where: int, code: int) -> None:
        """Note each handshake begun, and a fatal alert by its number, the low byte of the code."""
        self.handshakes += bool(where & SSL.SSL_CB_HANDSHAKE_START)
        number = code & 0xFF
        if not where & SSL.SSL_CB_ALERT or number in (_CLOSE_NOTIFY, _USER_CANCELED):
            return
        if where & SSL.SSL_CB_READ:
            self.alert = number
        else:
            self.alert_sent = number

    def ocsp(self, _: SSL.Connection, answer: bytes, __: object) -> bool:
        """Note the stapled answer; never a reason to stop."""
        self.staple = answer or None
        return True

    def keys(self, _: SSL.Connection, line: bytes) -> None:
        """Note the secret of the server's flight, and log keys where the user asked for it."""
        words = line.split()
        if len(words) == 3 and words[0] == _FLIGHT_SECRET:
            self.secret = bytes.fromhex(words[2].decode("ascii"))
        if self.key_log:
            with contextlib.suppress(OSError), open(self.key_log, "ab") as log:
                log.write(line + b"\n")
