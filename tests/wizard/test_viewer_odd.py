"""The viewer and the comparison on certificates of every odd kind: opened, searched, copied, and never broken."""

from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest

from certwizard.wizard.case import judge
from certwizard.wizard.report_files import FORMATS
from certwizard.wizard.screens.comparison import ComparisonScreen
from certwizard.wizard.screens.viewer import ViewerScreen
from certwizard.wizard.widgets.part_tree import PartTree
from tests import factory as f
from tests.odd_certificates import ODD, times
from tests.wizard.driving import press, shown, until, wizard

P = f.pki()


@pytest.mark.parametrize("case", ODD, ids=str)
async def test_an_odd_certificate_is_walked_searched_copied_and_compared(
    case: str, clipboard: list[str]
) -> None:
    seen = f.observation([ODD[case](), P.intermediate], anchors=[P.root])
    async with wizard(*"39xpc", size=(60, 20), observe=lambda *_: seen, judge=judge) as pilot:
        assert isinstance(pilot.app.screen, ViewerScreen)
        tree = pilot.app.screen.query_one(PartTree)
        await press(pilot, "home", "right", "down", "end", "y")
        await until(pilot, lambda: bool(clipboard))
        await press(pilot, "slash", *"sha-2", "enter")
        assert tree.part is not None
        assert "Fingerprint (SHA-256)" in shown(pilot)
        await press(pilot, "escape", "=")
        assert isinstance(pilot.app.screen, ComparisonScreen)
        assert "fields differ" in shown(pilot)


@pytest.mark.parametrize("now", ["0001-01-01", "1970-01-01", "2026-11-23", "9999-12-31"])
@pytest.mark.parametrize(("begins", "ends"), list(product(("0001", "1970", "2026", "9999"), repeat=2)))
def test_dates_at_the_ends_of_the_calendar_are_judged_and_reported(begins: str, ends: str, now: str) -> None:
    data = times(f"{begins}0101000000Z".encode(), f"{ends}1231235959Z".encode())
    seen = f.observation([data, P.intermediate], anchors=[P.root])
    case = judge(replace(seen, judge_at=datetime.fromisoformat(f"{now}T00:00:00+00:00")))
    assert case.diagnosis.causes
    assert all(form.write(case) for form in FORMATS)
