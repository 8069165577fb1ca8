"""After the repair: renewal by itself, and a watch over it."""

import configparser
from datetime import UTC, datetime

from certwizard.remedies.model import Snippet
from certwizard.remedies.prevention import prevention_for
from certwizard.remedies.quoting import render
from tests.factory import leaf, pki
from tests.unit.remedies_cases import FILES, TARGETS, diagnosis, sent


def snippets(title: str = "web", **changes: object) -> list[Snippet]:
    found = prevention_for(diagnosis(TARGETS[title], **changes))
    return [step.snippet for remedy in found for step in remedy.steps if step.snippet is not None]


def test_cron_and_systemd_check_this_very_target() -> None:
    texts = [snippet.text for snippet in snippets("smtp")]
    check = "certwizard check mail.example.com:25 --starttls smtp --quiet"
    assert any(text.endswith(f"  {check}") for text in texts)
    assert any(f"ExecStart=/usr/bin/env {check}" in text for text in texts)


def test_unit_files_can_be_read() -> None:
    units = [snippet.text for snippet in snippets() if "[Unit]" in snippet.text]
    assert len(units) == 2
    for unit in units:
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(unit)
        assert "Unit" in parser


def test_the_renewal_is_practised_and_the_server_reloaded_after_it() -> None:
    found = prevention_for(diagnosis(TARGETS["web"]))
    commands = [render(step.command) for remedy in found for step in remedy.steps if step.command]
    assert "sudo certbot renew --dry-run --cert-name www.example.com" in commands
    assert any("renewal-hooks/deploy" in snippet.where for snippet in snippets())


def test_the_day_to_renew_on_leaves_a_third_of_the_life() -> None:
    begin, end = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 30, 0, 0, 0, tzinfo=UTC)
    dated = leaf(pki().intermediate, not_before=begin, not_after=end)
    found = prevention_for(diagnosis(TARGETS["web"], sent=sent(dated)))
    texts = " ".join(step.text for remedy in found for step in remedy.steps)
    assert "from 2026-10-30 on" in texts


def test_a_life_of_six_days_is_renewed_at_its_half() -> None:
    begin, end = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 7, tzinfo=UTC)
    dated = leaf(pki().intermediate, not_before=begin, not_after=end)
    found = prevention_for(diagnosis(TARGETS["web"], sent=sent(dated)))
    texts = " ".join(step.text for remedy in found for step in remedy.steps)
    assert "from 2026-11-03 on" in texts


def test_files_are_watched_as_files() -> None:
    found = prevention_for(diagnosis(FILES))
    texts = [step.snippet.text for remedy in found for step in remedy.steps if step.snippet]
    assert any("certwizard check --file chain.pem --key key.pem" in text for text in texts)
