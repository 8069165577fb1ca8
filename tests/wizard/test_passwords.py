"""A file that needs a password is asked for on the screen, and the probe waits without the screen waiting."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from textual.widgets import Input

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target_parsing import files_target
from certwizard.wizard.app import CertwizardApp
from certwizard.wizard.screens.password import PasswordScreen
from tests import factory as f
from tests.wizard.driving import WizardPilot, shown, until


@pytest.fixture
def container(tmp_path: Path) -> Path:
    """A PKCS#12 file with a password."""
    pki = f.pki()
    path = tmp_path / "server.p12"
    locked = BestAvailableEncryption(b"open sesame")
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", pki.leaf.key, pki.leaf.certificate, None, locked)
    )
    return path


def opened(path: Path) -> CertwizardApp:
    """The wizard on that file, with the real probe."""
    return CertwizardApp(files_target((str(path),), None, None), ProbeOptions(offline=True))


async def asked(pilot: WizardPilot) -> None:
    """Wait until the password is asked for."""
    await until(pilot, lambda: isinstance(pilot.app.screen, PasswordScreen))


async def test_the_password_opens_the_file_and_is_never_shown(container: Path) -> None:
    async with opened(container).run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await until(pilot, lambda: "server.p12" in shown(pilot))
        pilot.app.screen.query_one(Input).value = "open sesame"
        await pilot.pause()
        assert "sesame" not in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: " problem" in shown(pilot))


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_without_the_right_password_the_question_stays_open(container: Path, key: str) -> None:
    async with opened(container).run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await pilot.press(key)
        await until(pilot, lambda: "COULD NOT FIND OUT" in shown(pilot))
        assert "server.p12" in shown(pilot)


async def test_leaving_while_the_password_is_asked_for_waits_for_nothing(container: Path) -> None:
    app = opened(container)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot)
    assert not app.is_running
