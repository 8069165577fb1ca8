"""STARTTLS of the protocols that speak in packets."""

from certwizard.probe.starttls.refusal import refused
from certwizard.probe.stream import BoundedStream

_LDAP_START_TLS = b"1.3.6.1.4.1.1466.20037"
_LDAP_LIMIT = 16 * 1024
_LDAP_EXTENDED_RESPONSE = 0x78
_SEQUENCE, _ENUMERATED, _OCTET_STRING = 0x30, 0x0A, 0x04
_FOREIGN_LIMIT = 1024

_POSTGRES_SSL_REQUEST = (80877103).to_bytes(4)

_MYSQL_PROTOCOL_41 = 0x0200
_MYSQL_SSL = 0x0800
_MYSQL_SECURE_CONNECTION = 0x8000
_MYSQL_MAX_PACKET = 16 * 1024
_MYSQL_UTF8 = 33
_MYSQL_ERROR = 0xFF


def postgres(stream: BoundedStream, _: str) -> None:
    """Ask a PostgreSQL server for TLS with an SSLRequest packet."""
    stream.send((8).to_bytes(4) + _POSTGRES_SSL_REQUEST)
    answer = stream.receive(1)
    if answer == b"S":
        return
    if answer == b"N":
        raise refused(b"N: the server does not do TLS")
    raise refused(answer + stream.receive(_FOREIGN_LIMIT) if answer else b"the server closed the connection")


def mysql(stream: BoundedStream, _: str) -> None:
    """Ask a MySQL or MariaDB server for TLS, after its greeting says that it can."""
    header = stream.receive_exactly(4)
    size = int.from_bytes(header[:3], "little")
    if not 0 < size <= _MYSQL_MAX_PACKET:
        raise refused(header + stream.receive(_FOREIGN_LIMIT))
    greeting = stream.receive_exactly(size)
    if greeting[0] == _MYSQL_ERROR:
        raise refused(greeting[3:])
    version, _end, rest = greeting[1:].partition(b"\x00")
    # Connection id, eight bytes of salt, one filler, then the lower half of what the server can do.
    abilities = int.from_bytes(rest[13:15], "little")
    if not abilities & _MYSQL_SSL:
        raise refused(b"the server " + version + b" does not offer TLS")
    wanted = _MYSQL_PROTOCOL_41 | _MYSQL_SSL | _MYSQL_SECURE_CONNECTION
    body = wanted.to_bytes(4, "little") + (1 << 24).to_bytes(4, "little") + bytes([_MYSQL_UTF8]) + bytes(23)
    stream.send(len(body).to_bytes(3, "little") + bytes([header[3] + 1 & 0xFF]) + body)


def ldap(stream: BoundedStream, _: str) -> None:
    """Ask an LDAP server for TLS with the StartTLS extended operation (RFC 4511 section 4.14)."""
    request = _der(0x77, _der(0x80, _LDAP_START_TLS))
    stream.send(_der(0x30, b"\x02\x01\x01" + request))
    parts = _split_der(_read_message(stream))
    if len(parts) < 2 or parts[1][0] != _LDAP_EXTENDED_RESPONSE:
        raise refused(b"the answer is no extended response")
    answer = _split_der(parts[1][1])
    code = answer[0][1] if answer and answer[0][0] == _ENUMERATED else b""
    if code != b"\x00":
        words = b" ".join(content for tag, content in answer[1:3] if tag == _OCTET_STRING and content)
        raise refused(b"result code %d " % int.from_bytes(code) + words)


def _der(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content


def _read_message(stream: BoundedStream) -> bytes:
    """Read one LDAP message: a BER sequence with a definite length."""
    tag, size = head = stream.receive_exactly(2)
    if tag != _SEQUENCE:
        raise refused(head + stream.receive(_FOREIGN_LIMIT))
    if size & 0x80:
        width = size & 0x7F
        if not 1 <= width <= 4:
            raise refused(bytes([tag, size]))
        size = int.from_bytes(stream.receive_exactly(width))
    if size > _LDAP_LIMIT:
        raise refused(b"an answer of %d bytes" % size)
    return stream.receive_exactly(size)


def _split_der(content: bytes) -> list[tuple[int, bytes]]:
    """Split the elements that stand side by side; stops at the first broken one."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at + 2 <= len(content):
        tag, size = content[at], content[at + 1]
        at += 2
        if size & 0x80:
            width = size & 0x7F
            size = int.from_bytes(content[at : at + width])
            at += width
        found.append((tag, content[at : at + size]))
        at += size
    return found
