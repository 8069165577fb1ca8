"""The trust stores of this machine as plain JSON values."""

from __future__ import annotations

from certwizard.domain.trust_stores import StorePlace
from certwizard.reports.stores_model import StoreRow, StoresReport

SCHEMA = "certwizard.stores/1"


def as_dict(report: StoresReport) -> dict[str, object]:
    """Return the report; keys come, and never go or change their meaning within this schema."""
    return {
        "schema": SCHEMA,
        "target": report.target,
        "stores": [_store(row) for row in report.stores],
        "variables": [
            {
                "name": row.variable.name,
                "status": row.status.value,
                "words": row.words,
                "programs": row.programs,
                **_place(row.variable.place),
            }
            for row in report.variables
        ],
        "notices": [{"path": each.path, "words": each.words} for each in report.inventory.notices],
    }


def _store(row: StoreRow) -> dict[str, object]:
    store, verdict = row.store, row.verdict
    return {
        "id": store.id,
        "title": store.title,
        "path": store.path,
        "status": row.status.value,
        "problem": row.problem,
        "roots": store.count,
        "public": store.public,
        "used_by": row.used_by,
        "places": [_place(place) for place in store.places],
        "verdict": None if verdict is None else {"status": verdict.status.value, "words": verdict.words},
    }


def _place(place: StorePlace) -> dict[str, object]:
    return {
        "path": place.path,
        "state": place.state.value,
        "roots": place.roots,
        "public": place.public,
    }
