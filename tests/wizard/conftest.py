"""Fixtures of the wizard's tests."""

import os

import pytest

from certwizard.wizard import preparing

SNAPSHOT_FOLDER = "TEXTUAL_SNAPSHOT_TEMPDIR"


@pytest.fixture(scope="session")
def snapshot_folder() -> str | None:
    """The folder of the snapshot plugin, read before a test's environment is cleaned."""
    return os.environ.get(SNAPSHOT_FOLDER)


@pytest.fixture(autouse=True)
def preparation_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the other steps' screens unmade while a test runs, which costs more than most tests do themselves.

    A module about the preparation has a fixture of this name that does nothing.
    """
    monkeypatch.setattr(preparing, "QUIET", 3600.0)


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A clipboard of this machine that takes everything."""
    taken: list[str] = []
    monkeypatch.setattr("pyperclip.copy", taken.append)
    return taken


@pytest.fixture
def no_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any clipboard."""
    import pyperclip  # type: ignore[import-untyped] # the package has no types

    def refuse(text: str) -> None:
        raise pyperclip.PyperclipException("there is none")

    monkeypatch.setattr("pyperclip.copy", refuse)
