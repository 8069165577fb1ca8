"""What was seen, as plain JSON values for reports and raw views."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from certwizard.diagnosis.case import Case
from certwizard.diagnosis.checks.clock_witnesses import clock_offset
from certwizard.diagnosis.checks.holders import holders
from certwizard.diagnosis.reload import Reload
from certwizard.domain.observation import Failure, Fetch, Handshake, InputFile, TrustStore
from certwizard.domain.trust_stores import StorePlace

MAX_ROWS = 64


def evidence_of(case: Case) -> dict[str, object]:
    """Return the evidence of one case."""
    observation, judged = case.observation, case.handshake
    resolution, offset = observation.resolution, clock_offset(case)
    return {
        "addresses": list(resolution.addresses) if resolution else [],
        "results": [_handshake(each) for each in observation.handshakes[:MAX_ROWS]],
        "served": _served(observation.handshakes),
        "made_up_name": _handshake(observation.made_up) if observation.made_up else None,
        "protocol": judged.protocol if judged else None,
        "cipher": judged.cipher if judged else None,
        "http_status": observation.http.status if observation.http else None,
        "public_key_pins": observation.http.public_key_pins or None if observation.http else None,
        "http_server": observation.http.server if observation.http else None,
        "stapled_ocsp": bool(judged and judged.stapled_ocsp),
        "timings_ms": {
            "resolve": round(resolution.ms, 1) if resolution else None,
            "connect": round(judged.connect_ms, 1) if judged else None,
            "handshake": round(judged.handshake_ms, 1) if judged else None,
            "total": round(observation.total_ms, 1),
        },
        "clock_offset_seconds": None if offset is None else offset.total_seconds(),
        "openssl": _openssl(case),
        "stores": [_store(each, holders(case)) for each in observation.stores],
        "trust_variables": [
            {"name": each.name, **_place(each.place)} for each in observation.trust_variables
        ],
        "fetches": [_fetch(each) for each in observation.fetches[:MAX_ROWS]],
        "files": [_file(each) for each in observation.files],
        "observed_at": observation.observed_at.isoformat().replace("+00:00", "Z"),
        "offline": observation.offline,
        "path_search_stopped": case.choice.stopped or None,
    }


def disk_rows(reload: Reload) -> list[dict[str, object]]:
    """Return the files of the server's machine with how each stands to what is served."""
    return [
        {
            "path": each.file.path,
            "standing": each.standing.value,
            "given": each.file.given,
            "software": each.file.software,
            "named_in": each.file.named_in,
            "certificate": each.leaf.sha256 if each.leaf else None,
            "modified": each.file.modified.isoformat().replace("+00:00", "Z") if each.file.modified else None,
            "to_load": each == reload.newer,
            "failure": _failure(each.file.failure),
        }
        for each in reload.disk.files[:MAX_ROWS]
    ]


def _store(store: TrustStore, holding: tuple[str, ...]) -> dict[str, object]:
    return {
        "id": store.id,
        "title": store.title,
        "path": store.path,
        "count": store.count,
        "failure": _failure(store.failure),
        "public": store.public,
        "holds_root": store.id in holding,
        "places": [_place(each) for each in store.places],
        "excluded": list(store.excluded),
    }


def _place(place: StorePlace) -> dict[str, object]:
    return {
        "path": place.path,
        "state": place.state.value,
        "roots": place.roots,
        "public": place.public,
        "words": place.words,
    }


def _fetch(fetch: Fetch) -> dict[str, object]:
    return {
        "purpose": fetch.purpose.value,
        "url": fetch.url,
        "certificate": fetch.certificate,
        "bytes": len(fetch.body),
        "failure": _failure(fetch.failure),
        "ms": round(fetch.ms, 1),
    }


def _file(file: InputFile) -> dict[str, object]:
    return {
        "path": file.path,
        "content": file.content.value,
        "certificates": len(file.chain),
        "notes": list(file.notes),
        "failure": _failure(file.failure),
    }


def _handshake(handshake: Handshake) -> dict[str, object]:
    return {
        "address": handshake.address,
        "port": handshake.port,
        "server_name": handshake.sni,
        "offer": handshake.offer.value,
        "protocol": handshake.protocol,
        "cipher": handshake.cipher,
        "certificates": len(handshake.chain),
        "leaf": _fingerprint(handshake),
        "repeat": handshake.repeat,
        "client_certificate_requested": handshake.client_certificate_requested,
        "failure": _failure(handshake.failure),
        "connect_ms": round(handshake.connect_ms, 1),
        "handshake_ms": round(handshake.handshake_ms, 1),
    }


def _served(handshakes: tuple[Handshake, ...]) -> list[dict[str, object]]:
    """Return which certificate each address showed how often, by what was offered and the name sent."""
    asked: Counter[tuple[str, str | None, str]] = Counter()
    shown: Counter[tuple[str, str | None, str, str]] = Counter()
    for each in handshakes:
        key = (each.address, each.sni, each.offer.value)
        asked[key] += 1
        if each.chain:
            shown[*key, sha256(each.chain[0]).hexdigest()] += 1
    return [
        {
            "address": address,
            "server_name": sni,
            "offer": offer,
            "leaf": leaf,
            "times": times,
            "of": asked[address, sni, offer],
        }
        for (address, sni, offer, leaf), times in list(shown.items())[:MAX_ROWS]
    ]


def _fingerprint(handshake: Handshake) -> str | None:
    return sha256(handshake.chain[0]).hexdigest() if handshake.chain else None


def _failure(failure: Failure | None) -> dict[str, object] | None:
    if failure is None:
        return None
    return {
        "reason": failure.reason.value,
        "detail": failure.detail,
        "alert": failure.alert,
        "alert_sent": failure.alert_sent,
        "spoke": failure.spoke,
    }


def _openssl(case: Case) -> dict[str, object] | None:
    verdict = case.observation.openssl
    if verdict is None:
        return None
    return {
        "code": verdict.code,
        "words": verdict.words,
        "depth": verdict.depth,
        "version": case.observation.openssl_version,
    }
