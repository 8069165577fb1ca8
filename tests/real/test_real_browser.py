"""``certwizard serve`` in a real browser: from the start to the verdict, with nothing fetched from elsewhere."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra certwizard[web] is not installed")

from tests.real.chromium import find_chromium, opened

F2 = 113


@pytest.fixture
def served() -> Iterator[str]:
    """A server of the wizard; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "certwizard", "serve", "--port", "0"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1]
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.stdout.close()


async def test_start_to_verdict_works_in_chromium(served: str, tmp_path: Path) -> None:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium is installed")
    async with opened(chromium, served, tmp_path / "profile", (1200, 800)) as page:
        await page.until("shall we look at?")
        await page.click(5, 5)
        await page.key("F2", F2)
        await page.until("servers broken on purpose")
        for letter in "expired":
            await page.key(letter)
        await page.key("Enter", 13)
        await page.until("Is the certificate within its dates?")
        await page.key("9")
        await page.until("Root cause")
        await page.until("REJECTED")
        await page.picture(tmp_path / "verdict.png")
        assert (tmp_path / "verdict.png").stat().st_size > 20_000  # a blank page is smaller
        home = served.removeprefix("http://")
        assert {url.split("/")[2] for url in page.requests if not url.startswith("data:")} == {home}
