"""Firefox ESR without a screen, driven over Marionette."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.real.clients.visit import Action, Outcome, Visit, in_groups
from tests.real.runtimes.marionette import Marionette, MarionetteError
from tests.real.runtimes.nss import cannot_add_roots, make_store

START = 60.0
"""Seconds that the browser may take to start."""
QUIET = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.trr.mode": 5,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
}
"""Settings that keep it from asking anybody but the server; none of them is about certificates."""
LOAD = """
const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
gBrowser.fixupAndLoadURIString(arguments[0], { triggeringPrincipal });
"""
STATE = """
const at = document.documentURI;
const failed = at.startsWith('about:');
const asked = failed ? new URLSearchParams(at.split('?')[1]).get('u') : at;
if (asked !== new URL(arguments[0]).href) return '';
return failed ? 'failed' : document.readyState === 'complete' ? 'loaded' : '';
"""
"""Reads what became of an address; an error page names the one it is about in its own."""
PAGE = """
const elements = root => [...root.querySelectorAll('*')].flatMap(each =>
  each.shadowRoot ? [each, ...elements(each.shadowRoot)] : [each]);
const text = node => [...node.childNodes].map(child =>
  child.nodeType === Node.TEXT_NODE ? child.data :
  child.nodeType !== Node.ELEMENT_NODE || ['STYLE', 'SCRIPT', 'TEMPLATE'].includes(child.tagName) ? '' :
  ` ${text(child.shadowRoot ?? child)} `).join('');
const page = window.wrappedJSObject?.document ?? document;
const codes = ['getFailedCertSecurityInfo', 'getNetErrorInfo'].map(name => {
  try { return page[name]().errorCodeString; } catch { return ''; }
});
const words = () => text(document.body).replace(/\\s+/g, ' ').trim();
return new Promise(done => {
  const read = tries => {
    if (!tries || words().includes('Error Code')) {
      done(`${codes.find(Boolean) || new URLSearchParams(document.documentURI.split('?')[1]).get('e')} ${words()}`);
      return;
    }
    // The button does nothing before its part of the page is set up.
    if (tries % 5 === 0) elements(document).find(each => each.id === 'advanced-button')?.click();
    setTimeout(read, 20, tries - 1);
  };
  read(50);
});
"""
"""Reads code and words of an error page, those behind its button included; its parts are web components."""


class Firefox:
    """Debian's Firefox ESR, with the roots that the user added to its profile."""

    id = "firefox"
    starttls: frozenset[str] = frozenset()

    def available(self) -> str:
        """Return why it cannot run here."""
        return cannot_add_roots() if shutil.which("firefox-esr") else "Firefox ESR is not installed"

    def visit(self, visits: Sequence[Visit]) -> Sequence[Outcome]:
        """Go to every server, with one start of the browser for each set of roots and address."""
        return in_groups(visits, lambda visit: (visit.ca_file, visit.connect), _browse)


def _browse(visits: Sequence[Visit]) -> list[Outcome]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        profile = Path(home) / "profile"
        make_store(profile, visits[0].ca_file)
        where = visits[0].connect
        settings = {**QUIET, **({"network.dns.forceResolve": where} if where else {})}
        lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in settings.items())
        (profile / "user.js").write_text("".join(lines), "utf-8")
        command = [
            "firefox-esr",
            "--headless",
            "--no-remote",
            "--marionette",
            "--remote-allow-system-access",
            "--profile",
            str(profile),
            "about:blank",
        ]
        browser = subprocess.Popen(
            command, env={**os.environ, "HOME": home, "LANG": "en_US.UTF-8"}, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return _drive(_port(profile), visits)
        finally:
            os.killpg(browser.pid, signal.SIGKILL)
            browser.wait()


def _port(profile: Path) -> int:
    """Return the port that Firefox chose, which it writes into its profile."""
    until = time.monotonic() + START
    file = profile / "MarionetteActivePort"
    while not (file.exists() and file.read_text()):
        assert time.monotonic() < until, "Firefox did not start"
        time.sleep(0.1)
    return int(file.read_text())


def _drive(port: int, visits: Sequence[Visit]) -> list[Outcome]:
    marionette = Marionette(port, START)
    try:
        wanted = {"acceptInsecureCerts": False}
        marionette.call("WebDriver:NewSession", capabilities={"alwaysMatch": wanted})
        return [_go(marionette, visit) for visit in visits]
    finally:
        marionette.close()


def _go(marionette: Marionette, visit: Visit) -> Outcome:
    # WebDriver:Navigate would wait for a server that never answers, longer than any time limit it is given.
    marionette.call("Marionette:SetContext", value="chrome")
    _ask(marionette, LOAD, visit.url)
    marionette.call("Marionette:SetContext", value="content")
    until = time.monotonic() + visit.patience
    while time.monotonic() < until:
        state = _ask(marionette, STATE, visit.url)
        if state == "loaded":
            return Outcome(Action.ACCEPTS)
        if state == "failed":
            return Outcome(Action.REJECTS, str(_ask(marionette, PAGE)))
        time.sleep(0.02)
    return Outcome(Action.UNKNOWN, "no answer in time")


def _ask(marionette: Marionette, script: str, *arguments: str) -> object:
    try:
        given = {"script": script, "args": arguments, "sandbox": "system"}
        return marionette.call("WebDriver:ExecuteScript", **given)["value"]
    except MarionetteError:
        return ""  # The page was exchanged meanwhile.


DRIVER = Firefox()
