"""Texts to explain: the catalogue's messages with values in their placeholders."""

import re

VALUES = {
    "host": "shop.example.com",
    "n": "20",
    "cn": "old.example.net",
    "name": "www.example.org",
    "names": "a.example.org, b.example.org",
    "file": "/etc/ssl/certs/ca.pem",
    "url": "https://shop.example.com/repo.git",
    "hex": "0A0FFFFF",
    "date": "Tue Nov 10 09:12:00 2026",
    "t": "2026-11-23T10:00:00Z",
    "ip": "192.0.2.7",
    "port": "443",
    "issuer": "CN=R11",
    "path": "/x",
    "version": "3.0.19",
    "browser": "Firefox",
    "peer": "mx.example.com[192.0.2.1]:25",
    "function": "tls_process_server_certificate",
}


def filled(text: str) -> str:
    """Return a message of the catalogue as a program might print it.

    Args:
        text: With placeholders in angle brackets.
    """
    return re.sub(r"<([A-Za-z][^<>]*)>", lambda found: VALUES.get(found[1], found[1]), text)
