"""Fetches the issuers that a server should have sent, from the addresses in its certificates."""

from hashlib import sha256

from certwizard.domain.observation import Fetch, FetchPurpose
from certwizard.domain.parsing import parse_certificate
from certwizard.probe.cancel import CancelToken
from certwizard.probe.fetch import Fetcher
from certwizard.probe.files import read_bytes
from certwizard.probe.http_exchange import Question
from certwizard.probe.links import Links
from certwizard.probe.outline import Outline, outline_of

MAX_STEPS = 6
MAX_URLS = 4
MAX_FOUND = 20
_QUESTION = Question(limit=1 << 20)


def fetch_missing(links: Links, fetcher: Fetcher, cancel: CancelToken) -> tuple[Fetch, ...]:
    """Follow caIssuers addresses (RFC 5280 4.2.2.1) until a trusted root is reached or nothing new comes.

    What is found is added to the links.
    """
    fetches: list[Fetch] = []
    asked: set[str] = set()
    for _ in range(MAX_STEPS):
        ends = [end for end in links.loose_ends() if not end.is_self_issued]
        new = [(end, url) for end in ends for url in _urls(end) if url not in asked]
        if not new or cancel.cancelled:
            break
        for end, url in new:
            if links.issuers(end) or url in asked or cancel.cancelled:
                continue
            asked.add(url)
            fetches.append(_fetch(end, url, links, fetcher))
    return tuple(fetches)


def _urls(end: Outline) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parse_certificate(end.der).ca_issuer_urls))[:MAX_URLS]


def _fetch(end: Outline, url: str, links: Links, fetcher: Fetcher) -> Fetch:
    got = fetcher.fetch(url, _QUESTION)
    if got.failure is None:
        chain = read_bytes(got.body, url).file.chain[:MAX_FOUND]
        links.add(outline for der in chain if (outline := outline_of(der)) is not None)
    name = sha256(end.der).hexdigest()
    return Fetch(FetchPurpose.AIA, url, name, body=got.body, failure=got.failure, ms=got.ms)
