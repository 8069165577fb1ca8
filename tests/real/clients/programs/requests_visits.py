"""Reads a JSON list of visits, goes to each with requests, writes a JSON line for each."""

import json
import socket
import sys
from typing import Any

import requests

_resolve = socket.getaddrinfo
_where: dict[str, str] = {}


def resolve(host: Any, *rest: Any, **more: Any) -> Any:
    """Resolve a name to where its server is."""
    return _resolve(_where.get(host, host), *rest, **more)


socket.getaddrinfo = resolve


def go(visit: dict[str, Any]) -> dict[str, str]:
    """Make one visit."""
    _where.clear()
    if visit["connect"]:
        _where[visit["host"]] = visit["connect"]
    host = f"[{visit['host']}]" if ":" in visit["host"] else visit["host"]
    session = requests.Session()
    session.trust_env = False
    try:
        with session.get(
            f"https://{host}:{visit['port']}/", verify=visit["roots"], timeout=visit["patience"]
        ) as answer:
            return {"action": "accepts", "words": str(answer.status_code)}
    except requests.exceptions.RequestException as error:
        return {"action": "rejects", "words": str(error)}


for each in json.load(sys.stdin):
    print(json.dumps(go(each)), flush=True)
