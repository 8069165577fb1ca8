"""A visitor on the verdict: is it safe, what is at risk, what browsers show, and a text to copy or save."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.domain.options import ProbeOptions
from certwizard.domain.vocabulary import Role
from certwizard.lab.lab import Lab
from certwizard.reports.paper import Paper
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.plain.pages import visit_lines
from tests.wizard import canned
from tests.wizard.driving import press, settle, shown, until

TO_VISITOR = ("9", "o", "o")


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab() as opened:
        yield opened


async def test_a_visitor_is_told_whether_it_is_safe_and_what_browsers_show(lab: Lab) -> None:
    app = CertwizardApp(None, ProbeOptions(), lab=lab, scenario="expired")
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_VISITOR)
        assert app.role is Role.VISITOR
        text = shown(pilot)
        for words in (
            "Is it safe to go on?",
            "What is at risk",
            "What never to do",
            "Your connection is not private",
            "SEC_ERROR_EXPIRED_CERTIFICATE · lets you go on",
            "HSTS",
            "Tell the people who run the site",
        ):
            assert words in text
        await press(pilot, "o")
        assert "What never to do" not in shown(pilot)


async def test_y_copies_and_w_saves_the_text_for_the_owner(
    lab: Lab, clipboard: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = CertwizardApp(None, ProbeOptions(), lab=lab, scenario="revoked")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_VISITOR, "y")
        await until(pilot, lambda: bool(clipboard))
        await press(pilot, "w")
        await until(pilot, lambda: any(tmp_path.iterdir()))
    assert app.walk.case is not None
    (saved,) = tmp_path.iterdir()
    assert saved.read_text().strip() == clipboard[0].strip()
    leaf = app.walk.case.diagnosis.sent[0].certificate
    for evidence in ("revoked.lab.localhost", "UTC", leaf.sha256, "Firefox", "certwizard check"):
        assert evidence in clipboard[0]


async def test_where_the_network_is_at_fault_there_is_no_text_that_blames_the_site(
    lab: Lab, clipboard: list[str]
) -> None:
    app = CertwizardApp(None, ProbeOptions(), lab=lab, scenario="interception")
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_VISITOR)
        assert "Tell the people who run the site" not in shown(pilot)
        await press(pilot, "w", "y")
        await until(pilot, lambda: bool(clipboard))
    assert "Subject:" not in clipboard[0]


def test_line_by_line_a_visitor_is_told_the_same() -> None:
    text = " ".join(visit_lines(canned.case(), Paper()))
    assert "At risk:" in text
    assert "Never:" in text
    assert "Chrome: Your connection is not private" in text
