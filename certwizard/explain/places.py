"""Finds the server a text speaks of; what is found is hostile and goes through the parsing of targets."""

import re
from collections.abc import Iterator

from certwizard.domain.errors import TargetError
from certwizard.domain.schemes import SCHEMES
from certwizard.domain.target import Target
from certwizard.domain.target_parsing import parse_target
from certwizard.explain.edges import Edges, is_known_ending
from certwizard.explain.matching import Match
from certwizard.explain.normal import CUT
from certwizard.explain.reading import Reading

_HOST = r"(?:\[[0-9a-f:.]+\]|[^\x00-,/:-@\[-^`{-\xa0]{1,253})"
"""Letters of any script, digits, dots, hyphens and underscores; what it comes to is for the parsing of targets."""
_PORT = r"(?P<port>\d{1,5})"
_SCHEMES = "|".join(sorted(map(re.escape, SCHEMES), key=len, reverse=True))
_URL = rf"\b(?P<scheme>{_SCHEMES})://(?:[^\s/@'\"<>]*@)?(?P<host>{_HOST})(?::{_PORT})?"
_SAID = (
    ("connection to server at", rf"connection to server at \"(?P<host>{_HOST})\"[^\n]{{0,60}}?port {_PORT}"),
    ("host='", rf"host='(?P<host>{_HOST})', port={_PORT}"),
    ("connect", rf"connect(?:ed|ing)? to (?P<host>{_HOST})(?: \([^)\n]*\))? port {_PORT}"),
    ("in connection to", rf"in connection to (?P<host>{_HOST}):{_PORT}"),
    ("connect to host", rf"cannot connect to host (?P<host>{_HOST}):{_PORT}"),
    ("ssl", rf"ssl (?:certificate|validation)[^\n]{{0,20}} for (?P<host>{_HOST}):{_PORT}"),
    ("-connect", rf"-connect (?P<host>{_HOST}):{_PORT}"),
    ("host", rf"host ?name '(?P<host>{_HOST})'"),
    ('hostname "', rf"hostname \"(?P<host>{_HOST})\" does not match"),
    ("not valid for", rf"not valid for (?:name )?['\"](?P<host>{_HOST})['\"]"),
    ("certificate for <", rf"certificate for <(?P<host>{_HOST})>"),
    ("host: ", rf"host: (?P<host>{_HOST})\. is not"),
    ("matching", rf"(?:dns name|name|ip address) matching (?:ip address )?(?P<host>{_HOST}) found"),
    ("not verified", rf"hostname (?P<host>{_HOST}) not verified"),
    ("certificate is valid for", rf"certificate is valid for [^\n]{{1,2000}}?, not (?P<host>{_HOST})"),
    ("wanted to match", rf"wanted to match (?P<host>{_HOST})"),
    ("validate certificate for", rf"validate certificate for (?P<host>{_HOST}) because"),
    ("requested host name", rf"requested host name (?P<host>{_HOST})"),
    ("cannot verify", rf"cannot verify (?P<host>{_HOST})'s certificate"),
    ("certificate of '", rf"certificate of '(?P<host>{_HOST})'"),
    ("match host name", rf"does not match host name \"(?P<host>{_HOST})\""),
    ("prove that it is", rf"could not prove that it is (?P<host>{_HOST})[;,]"),
    ("attempted to reach", rf"attempted to reach (?P<host>{_HOST})[,;]"),
    ("(for example", rf"from (?P<host>{_HOST}) \(for example"),
    ("pretending to be", rf"pretending to be \"(?P<host>{_HOST})\""),
    ("invalid security certificate", rf"(?P<host>{_HOST}) uses an invalid security certificate"),
    ("during a connection", rf"during a connection to (?P<host>{_HOST})(?::{_PORT})?"),
    ("ip: ", r"ip: (?P<host>[0-9a-f:.]{3,45}) is not"),
    ("verification failed for", rf"verification failed for (?P<host>{_HOST})\[[^\]]*\](?::{_PORT})?"),
    ("server", rf"\bserver[_ ]?name[=: ]+\"?(?P<host>{_HOST})"),
    ("sni", rf"\b(?:tls_)?sni[=: ]+\"?(?P<host>{_HOST})"),
    ("for ", rf"\bfor (?:host |server |domain )(?P<host>{_HOST})"),
)
"""What must stand in the text, and how a program names the server it spoke to."""
_HOST_PORT = rf"(?<![\w.@/-])(?P<host>{_HOST}):(?P<port>\d{{2,5}})(?![\w.]|:\d)"
_PEER = re.compile(r"(?:client:?|from|remote|rip=|peer|\[pid|local)\s*\[?$")
_SOURCE_FILES = frozenset(
    (
        *(
            "c",
            "cc",
            "cpp",
            "h",
            "hpp",
            "py",
            "pyx",
            "js",
            "mjs",
            "cjs",
            "ts",
            "tsx",
            "jsx",
            "go",
            "java",
            "kt",
        ),
        *(
            "scala",
            "rs",
            "rb",
            "php",
            "pl",
            "pm",
            "sh",
            "cs",
            "vb",
            "swift",
            "m",
            "mm",
            "erl",
            "ex",
            "exs",
            "lua",
        ),
    )
)
"""Endings that are top-level domains as well, or look like one, with a line number behind them."""
_DOCUMENTATION = re.compile(
    r"(?:^|\.)(?:curl\.se|curl\.haxx\.se|stackoverflow\.com|readthedocs\.io|docs\.[a-z0-9-]+\.[a-z]+|go\.dev|golang\.org|nodejs\.org"
    r"|support\.mozilla\.org|support\.google\.com|aka\.ms|learn\.microsoft\.com|docs\.rs|openssl\.org|bugs\.[a-z0-9-]+\.[a-z]+|w3\.org)$"
)
_NOT_SERVERS = re.compile(r"^(?:ocsp|crl|crls|crt|cacerts|aia)\d*\.")
_LONGEST = 200_000
_MOST = 60


def target_in(reading: Reading, leading: Match | None) -> Target | None:
    """Return the server a text speaks of, the one nearest to the message that decides.

    Args:
        reading: The text.
        leading: The message that decides, if any.
    """
    lower = reading.lower if len(reading.lower) <= _LONGEST else f"{reading.lower[:_LONGEST]}{CUT}"
    line = reading.words.line_at(leading.start) if leading else 0
    found = sorted(
        _places(lower), key=lambda place: (place[0], abs(lower.count("\n", 0, place[1]) - line), place[1])
    )
    for _, _, words in found[:_MOST]:
        target = _target(words)
        if target is not None:
            return target
    return None


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield rank, place and words of what names a server; what is said plainly comes first."""
    edges = Edges(text)
    urls = {found["host"]: found for found in _urls(edges)}
    for near, expression in _SAID:
        for found in re.finditer(expression, text) if near in text else ():
            host, port = found["host"], found.groupdict().get("port")
            if _is_server(host) and _is_whole(found, edges, found.start("host")):
                url = urls.get(host)
                yield (
                    0,
                    found.start(),
                    _words(url["scheme"] if url else None, host, port or (url["port"] if url else None)),
                )
    for found in urls.values():
        yield 1, found.start(), _words(found["scheme"], found["host"], found["port"])
    for found in re.finditer(_HOST_PORT, text):
        if _is_server(found["host"]) and _is_name_with_port(found, edges):
            yield 2, found.start(), _words(None, found["host"], found["port"])


def _urls(edges: Edges) -> Iterator[re.Match[str]]:
    for found in re.finditer(_URL, edges.text) if "://" in edges.text else ():
        if _is_server(found["host"]) and _is_whole(found, edges, found.start()):
            yield found


def _is_whole(found: re.Match[str], edges: Edges, start: int) -> bool:
    ported = found.groupdict().get("port") is not None
    return edges.are_whole(start, found.end("port" if ported else "host"), found["host"])


def _is_server(host: str) -> bool:
    return not (_DOCUMENTATION.search(host) or _NOT_SERVERS.search(host))


def _is_name_with_port(found: re.Match[str], edges: Edges) -> bool:
    """Whether it is a server's name with a port, not a source file with a line or the far end of a connection."""
    host = found["host"]
    if _PEER.search(edges.text[max(found.start() - 12, 0) : found.start()]):
        return False
    if not _is_whole(found, edges, found.start("host")):
        return False
    if host == "localhost":
        return True
    return is_known_ending(host) and host.rpartition(".")[2] not in _SOURCE_FILES


def _words(scheme: str | None, host: str, port: str | None) -> str:
    named = f"{host}:{port}" if port else host
    return f"{scheme}://{named}" if scheme and scheme != "http" else named


def _target(words: str) -> Target | None:
    try:
        return parse_target(words, is_file=lambda _: False)
    except TargetError:
        return None
