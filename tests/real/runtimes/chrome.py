"""Chromium without a screen, driven over the DevTools protocol; it stands for Chrome."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.real.clients.visit import Action, Outcome, Visit, in_groups
from tests.real.runtimes.devtools import DevTools
from tests.real.runtimes.nss import cannot_add_roots, make_store

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
)  # fmt: skip
AT_A_TIME = 12
"""Tabs; each error page first looks for a captive portal for three seconds."""
PAGE = """(() => {
  const details = document.querySelector('#details');
  const behind = details ? details.textContent : '';
  return `${document.body.innerText} ${behind}`.replace(/\\s+/g, ' ').trim();
})()"""
"""Reads the words of an error page, those behind its button included."""
WAIT_FOR_PAGE = 5.0


class Chrome:
    """Debian's Chromium, with the roots that the user added to NSS's store."""

    id = "chrome"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return cannot_add_roots() if shutil.which("chromium") else "Chromium is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server, with one start of the browser for each set of roots and address."""
        return in_groups(visits, lambda visit: (visit.ca_file, visit.connect), _browse)


def _browse(visits: Sequence[Visit]) -> list[Outcome]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        home = Path(name)
        make_store(home / ".pki" / "nssdb", visits[0].ca_file)
        command = [
            shutil.which("chromium") or "",
            *FLAGS,
            f"--user-data-dir={home / 'data'}",
            f"--host-resolver-rules={_rules(visits)}",
            "about:blank",
        ]
        with DevTools(command, {**os.environ, "HOME": name, "LANG": "en_US.UTF-8"}) as browser:
            return [
                outcome
                for start in range(0, len(visits), AT_A_TIME)
                for outcome in _go(browser, visits[start : start + AT_A_TIME])
            ]


def _rules(visits: Sequence[Visit]) -> str:
    """Return where every name leads, those that the browser asks for on its own account too."""
    where = visits[0].connect
    return f"MAP * {f'[{where}]' if ':' in where else where}" if where else "MAP * ~NOTFOUND"


def _go(browser: DevTools, visits: Sequence[Visit]) -> list[Outcome]:
    """Go to several servers at once, each in a tab of its own."""
    tabs = [browser.call("Target.createTarget", url="about:blank")["targetId"] for _ in visits]
    sessions = [
        browser.call("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"] for tab in tabs
    ]
    for session in sessions:
        browser.call("Page.enable", session)
    asked = [
        browser.send("Page.navigate", session, url=visit.url)
        for session, visit in zip(sessions, visits, strict=True)
    ]
    until = time.monotonic() + max(visit.patience for visit in visits)
    done = [
        _outcome(browser, number, session, until) for number, session in zip(asked, sessions, strict=True)
    ]
    for tab in tabs:
        browser.call("Target.closeTarget", targetId=tab)
    return done


def _outcome(browser: DevTools, number: int, session: str, until: float) -> Outcome:
    try:
        code = browser.result(number, max(0.1, until - time.monotonic())).get("errorText", "")
    except TimeoutError:
        return Outcome(Action.UNKNOWN, "no answer in time")
    if not code:
        return Outcome(Action.ACCEPTS)
    return Outcome(Action.REJECTS, f"{_shown(code)} {_page(browser, session, _shown(code))}")


def _shown(code: str) -> str:
    """Return a code as the page shows it: NET::ERR_CERT_..., and others without the prefix."""
    name = code.removeprefix("net::")
    return f"NET::{name}" if name.startswith("ERR_CERT") else name


def _page(browser: DevTools, session: str, code: str) -> str:
    """Return what an error page says; it is complete when it shows its code."""
    until = time.monotonic() + WAIT_FOR_PAGE
    words = ""
    while code not in words and time.monotonic() < until:
        answer = browser.call("Runtime.evaluate", session, expression=PAGE, returnByValue=True)
        words = str(answer.get("result", {}).get("value", ""))
        time.sleep(0.05)
    return words.replace("Chromium", "Chrome")


DRIVER = Chrome()
