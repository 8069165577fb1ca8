"""Clients in groups: who refuses first, alike ones together, nobody lost."""

from __future__ import annotations

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import ClientAction, ClientOutcome
from certwizard.domain.vocabulary import CauseId
from certwizard.reports.client_groups import grouped, sides
from tests import factory as f

REFUSES, ACCEPTS, UNKNOWN = ClientAction.REJECTS, ClientAction.ACCEPTS, ClientAction.UNKNOWN


def outcome(
    client: str, action: ClientAction, cause: CauseId | None = None, words: str = "", **more: str
) -> ClientOutcome:
    return ClientOutcome(client, client.title(), action, cause, words, **{"basis": "measured", **more})


def test_refusals_come_first_by_cause_then_what_is_not_known_then_those_who_accept() -> None:
    groups = grouped(
        [
            outcome("a", ACCEPTS),
            outcome("b", REFUSES, CauseId.EXPIRED, "old"),
            outcome("c", UNKNOWN, note="no store"),
            outcome("d", REFUSES, CauseId.NO_SAN, "no name"),
            outcome("e", REFUSES, CauseId.NO_SAN, "no names"),
        ]
    )
    assert [(group.action, group.cause, group.count) for group in groups] == [
        (REFUSES, CauseId.NO_SAN, 2),
        (REFUSES, CauseId.EXPIRED, 1),
        (UNKNOWN, None, 1),
        (ACCEPTS, None, 1),
    ]


def test_those_who_say_the_same_share_a_row_and_the_same_number_is_not_the_same() -> None:
    row = CauseId.EXPIRED
    group = grouped(
        [
            outcome("a", REFUSES, row, "ERR_DATE old", code="ERR_DATE"),
            outcome("b", REFUSES, row, "ERR_DATE gone", code="ERR_DATE"),
            outcome("c", REFUSES, row, "60 old", code="60"),
            outcome("d", REFUSES, row, "60 gone", code="60"),
            outcome("e", REFUSES, row, "ERR_DATE old", code="ERR_DATE", basis="documented"),
        ]
    )[0]
    assert [[each.client for each in part.outcomes] for part in group.rows] == [
        ["a", "b"],
        ["c"],
        ["d"],
        ["e"],
    ]
    assert [part.measured for part in group.rows] == [True, True, True, False]


def test_names_without_room_are_counted() -> None:
    row = grouped([outcome(name, ACCEPTS) for name in ("alpha", "beta", "gamma")])[0].rows[0]
    assert row.titles(40) == "Alpha, Beta, Gamma"
    assert row.titles(12) == "Alpha +2"
    assert row.titles(2) == "Alpha"


def test_no_client_is_lost_and_what_is_not_known_is_never_among_those_who_accept() -> None:
    observation = f.observation(f.pki().chain, anchors=[f.pki().root], anchor_stores=("system",))
    clients = diagnose(observation).clients
    groups = grouped(clients)
    assert sum(group.count for group in groups) == len(clients)
    for group in groups:
        assert {each.action for row in group.rows for each in row.outcomes} == {group.action}
    assert UNKNOWN in {group.action for group in groups}


def test_who_refuses_and_who_accepts_is_told_in_names_whatever_the_cause() -> None:
    found = sides(
        [
            outcome("a", ACCEPTS),
            outcome("b", REFUSES, CauseId.EXPIRED, "old"),
            outcome("c", REFUSES, CauseId.NO_SAN, "no name", basis="documented"),
            outcome("d", UNKNOWN, note="no store"),
            outcome("e", UNKNOWN, note="no store", basis="documented"),
        ]
    )
    assert [(side.title, side.measured, side.documented) for side in found] == [
        ("refuse (2)", ("B",), ("C",)),
        ("unknown (2)", ("D", "E"), ()),
        ("accept (1)", ("A",), ()),
    ]


def test_a_name_loses_its_brackets_only_where_no_other_client_is_called_so() -> None:
    titles = ("curl (OpenSSL)", "wget (GnuTLS)", "wget (OpenSSL)", "git (GnuTLS)", "git")
    side = sides([ClientOutcome(title, title, ACCEPTS, basis="measured") for title in titles])[0]
    assert side.measured == ("curl", *titles[1:])


def test_every_client_is_on_one_side() -> None:
    clients = diagnose(f.observation(f.pki().chain)).clients
    names = [name for side in sides(clients) for name in (*side.measured, *side.documented)]
    assert len(set(names)) == len(clients)
