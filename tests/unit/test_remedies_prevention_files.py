"""What prevention writes is read by the parsers of its own kinds."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import icalendar
import pytest
import yaml
from markdown_it import MarkdownIt

from certwizard.remedies.model import Snippet, Step
from certwizard.remedies.prevention import prevention_for
from certwizard.remedies.quoting import render
from tests.factory import leaf, pki
from tests.unit.remedies_cases import FILES, TARGETS, diagnosis, sent

BEGIN, END = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
LEAF = leaf(pki().intermediate, not_before=BEGIN, not_after=END)


def steps(title: str = "web", platform: str = "any") -> list[Step]:
    found = prevention_for(diagnosis(TARGETS[title], sent=sent(LEAF)))
    return [step for remedy in found for step in remedy.steps if step.platform == platform]


def snippet(language: str, platform: str = "any", title: str = "web") -> Snippet:
    return next(
        step.snippet
        for step in steps(title, platform)
        if step.snippet is not None and step.snippet.language == language
    )


def test_the_calendar_holds_renewal_and_end_to_the_second_with_an_alarm_the_day_before() -> None:
    calendar = icalendar.Calendar.from_ical(snippet("calendar").text.replace("\n", "\r\n"))
    events = list(calendar.walk("VEVENT"))
    renewal = datetime(2026, 10, 30, 23, 59, 59, tzinfo=UTC)
    assert [event.decoded("DTSTART").replace(microsecond=0) for event in events] == [renewal, END]
    assert len({event["UID"] for event in events}) == 2
    assert all(alarm["TRIGGER"].to_ical() == b"-P1D" for alarm in calendar.walk("VALARM"))
    assert "www.example.com" in str(events[0]["SUMMARY"])


def test_calendar_lines_are_folded_at_75_octets() -> None:
    assert all(len(line.encode()) <= 75 for line in snippet("calendar").text.splitlines())


def test_the_inventory_row_has_a_value_for_each_column_of_its_head() -> None:
    head, row = csv.reader(io.StringIO(snippet("csv").text))
    entry = dict(zip(head, row, strict=True))
    assert entry["target"] == "www.example.com:443"
    assert entry["ends"] == "2026-11-30"
    assert entry["renew_from"] == "2026-10-30"
    table = next(
        step.snippet.text for step in steps() if step.snippet and step.snippet.text.startswith("| target")
    )
    assert MarkdownIt("commonmark").enable("table").render(table).count("<td>") == len(head)


def test_the_policy_is_filled_in_with_what_was_seen() -> None:
    page = next(
        step.snippet.text for step in steps() if step.snippet and "# Certificate policy" in step.snippet.text
    )
    assert "issued by\n  Test Intermediate, living 90 days" in page
    assert "`certwizard check www.example.com:443`" in page
    assert "{" not in page


@pytest.mark.parametrize("platform", ["prometheus", "github", "gitlab", "cert-manager"])
def test_yaml_is_read(platform: str) -> None:
    assert yaml.safe_load(snippet("yaml", platform).text)


def test_alert_rules_watch_this_target_and_its_watcher() -> None:
    rules = yaml.safe_load(snippet("yaml", "prometheus").text)["groups"][0]["rules"]
    assert [rule["alert"] for rule in rules] == [
        "CertificateRefused", "CertificateRenewalOverdue", "CertificateWatchSilent",
    ]  # fmt: skip
    assert all('target="www.example.com:443"' in rule["expr"] for rule in rules)
    assert "{{ $labels.target }}" in rules[0]["annotations"]["summary"]


def test_ci_jobs_run_the_very_check() -> None:
    job = yaml.safe_load(snippet("yaml", "gitlab").text)["certificate"]
    assert "certwizard check www.example.com:443 --format junit --output certificate.xml" in job["script"][1]
    workflow = yaml.safe_load(snippet("yaml", "github").text)
    assert "certwizard check www.example.com:443" in workflow["jobs"]["check"]["steps"][-1]["run"]


def test_nagios_and_icinga_name_the_host_and_the_limits_by_share() -> None:
    nagios = snippet("nagios", "nagios").text
    assert "command_line    /usr/bin/env certwizard check www.example.com:443 --format nagios" in nagios
    icinga = snippet("icinga", "icinga").text
    assert '"www.example.com:443", "--format", "nagios", "--warning", "33%", "--critical", "10%"' in icinga


def test_limits_are_told_as_shares_of_this_very_life() -> None:
    (step,) = [step for step in steps() if step.text.startswith("This certificate lives")]
    assert "lives 90 days" in step.text
    assert "with 33% of that left" in step.text
    assert step.command is not None
    assert render(step.command) == "certwizard check www.example.com:443 --warning 33% --critical 10%"


def test_private_names_renew_from_a_private_ca() -> None:
    found = prevention_for(diagnosis(TARGETS["private name"], sent=sent(LEAF)))
    commands = [render(step.command) for remedy in found for step in remedy.steps if step.command]
    assert any("--server https://YOUR-CA/" in command for command in commands)
    assert not any("acme.sh" in command for command in commands)


def test_files_get_neither_a_host_in_nagios_nor_a_target_in_prometheus() -> None:
    found = prevention_for(diagnosis(FILES, sent=sent(LEAF)))
    platforms = {step.platform for remedy in found for step in remedy.steps}
    assert not platforms & {"nagios", "icinga", "prometheus", "github", "gitlab"}
