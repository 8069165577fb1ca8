"""The phases of a look: nothing moves while addresses answer, and their times are found again afterwards."""

from dataclasses import replace

import pytest

from certwizard.domain.observation import Fetch, FetchPurpose
from certwizard.domain.progress import Phase, PhaseState, Progress
from certwizard.wizard.pictures.took import draw_took
from certwizard.wizard.widgets.phases import PhaseList
from tests.wizard import canned
from tests.wizard.driving import shown, wizard

V6 = "2001:db8:85a3:1234:5678:8a2e:370:7334"


def connected(address: str, ms: float) -> Progress:
    return Progress(Phase.CONNECT, PhaseState.DONE, address, ms)


@pytest.mark.parametrize("number", [0, 1, 2, 9])
def test_every_phase_keeps_its_line_however_many_addresses_answer(number: int) -> None:
    phases = PhaseList()
    before = [row.plain[2:14] for row in phases.lines(76)]
    for count in range(number):
        phases.show_progress(connected(f"{V6}{count}", 20 + count))
    rows = phases.lines(76)
    assert [row.plain[2:14] for row in rows] == before
    assert all(row.plain.strip() for row in rows)
    assert all(row.cell_length <= 76 for row in rows)


def test_addresses_stand_beside_each_other_with_their_times() -> None:
    phases = PhaseList()
    phases.show_progress(connected("192.0.2.10", 21))
    phases.show_progress(Progress(Phase.CONNECT, PhaseState.RUNNING, "2001:db8::10: refused", 23))
    assert "192.0.2.10 21 ms · 2001:db8::10: refused 23 ms" in phases.lines(76)[1].plain


def test_addresses_without_room_are_counted_and_the_last_one_is_told() -> None:
    phases = PhaseList()
    for number in range(4):
        phases.show_progress(connected(f"{V6[:-1]}{number}", 20 + number))
    row = phases.lines(76)[1].plain
    assert f"4 tried, last: {V6[:10]}" in row
    assert row.endswith("23 ms")


def test_requests_made_at_once_count_by_the_slowest_and_those_one_after_the_other_together() -> None:
    fetches = [
        Fetch(purpose, "http://ca.example/", "", ms=ms)
        for purpose, ms in (
            (FetchPurpose.AIA, 30),
            (FetchPurpose.AIA, 40),
            (FetchPurpose.OCSP, 80),
            (FetchPurpose.CRL, 90),
            (FetchPurpose.CRL_FILE, 5000),
        )
    ]
    seen = replace(canned.observation(), fetches=tuple(fetches), total_ms=1234)
    text = " ".join(row.plain for row in draw_took(seen, 200))
    assert "Missing links 70 ms · Revocation 90 ms · in all 1.2 s" in text


@pytest.mark.parametrize("width", [40, 54, 76, 200])
def test_no_time_is_parted_from_its_phase(width: int) -> None:
    rows = draw_took(replace(canned.observation(), total_ms=1234), width)
    assert all(row.cell_length <= width for row in rows)
    assert all(row.plain.removesuffix(" ·").endswith(("ms", " s")) for row in rows)


async def test_the_step_connection_tells_how_long_the_phases_took() -> None:
    async with wizard("1") as pilot:
        handshake = canned.observation().handshakes[0]
        assert f"Connect {handshake.connect_ms:.0f} ms · Handshake {handshake.handshake_ms:.0f} ms" in shown(
            pilot
        )
