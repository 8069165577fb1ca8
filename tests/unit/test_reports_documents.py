"""Reports for other programs: each is read by a parser of its own kind, and nothing hostile breaks out."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from markdown_it import MarkdownIt
from prometheus_client.parser import text_string_to_metric_families

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS, thresholds_of
from certwizard.domain.observation import Failure, FailureReason, Resolution
from certwizard.domain.vocabulary import CheckId
from certwizard.remedies.catalogue import remedies_for
from certwizard.reports import html, junit, markdown, nagios, prometheus
from certwizard.reports.judged import Judged
from tests import factory as f

P = f.pki()
HOSTILE = '|`c</title><script>x</script>\n*b* [l](http://x) \\ "q" | x=1;2'
Render = Callable[[tuple[Judged, ...]], str]


def judged(*chain: f.Issued, host: str = f.HOST, **changes: object) -> Judged:
    observation = f.observation(chain, host, anchors=(P.root,), **changes)  # type: ignore[arg-type] # as the factory's
    diagnosis = diagnose(observation)
    return Judged(diagnosis, remedies_for(diagnosis))


GOOD = judged(*P.chain)
EXPIRED = judged(f.leaf(P.intermediate, days=(-90, -3)), P.intermediate)
UNREACHED = judged(
    handshakes=(), resolution=Resolution(f.HOST, failure=Failure(FailureReason.DNS, "no such name"))
)
ODD = judged(
    f.leaf(
        P.intermediate,
        subject=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOSTILE)]),
        days=(-90, -3),
    ),
    P.intermediate,
)
ALL = (GOOD, EXPIRED, UNREACHED, ODD)


def nagios_of(results: tuple[Judged, ...]) -> str:
    return nagios.render(results, DEFAULT_THRESHOLDS)


def test_nagios_says_the_state_first_and_the_days_left_as_performance_data() -> None:
    assert nagios_of((GOOD,)) == (
        "CERTWIZARD OK - www.example.com:443: Clients accept this certificate; there is nothing to do."
        " | days_left=60.0;13.5:;0.0:\n"
    )
    line = nagios_of((EXPIRED,)).splitlines()[0]
    assert line.startswith("CERTWIZARD CRITICAL - www.example.com:443: ")
    assert line.endswith("[expired] | days_left=-3.0;13.1:;0.0:")


def test_nagios_limits_are_those_that_were_asked_for() -> None:
    line = nagios.render((GOOD,), thresholds_of("20d", "5d"))
    assert "days_left=60.0;20.0:;5.0:" in line


def test_nagios_knows_nothing_without_a_certificate_and_gives_no_number() -> None:
    assert re.fullmatch(r"CERTWIZARD UNKNOWN - [^|]+\[dns-failure\]\n", nagios_of((UNREACHED,)))


def test_nagios_with_several_targets_counts_and_lists_the_worst_first() -> None:
    lines = nagios_of((GOOD, UNREACHED, EXPIRED)).splitlines()
    assert lines[0].startswith(
        "CERTWIZARD CRITICAL - 3 targets: 1 rejected, 1 undetermined, 0 warned, 1 accepted | "
    )
    assert [line.split("]")[0] for line in lines[1:]] == ["[CRITICAL", "[UNKNOWN", "[OK"]


def test_nagios_has_one_bar_in_all_however_hostile_the_names() -> None:
    assert nagios_of((ODD,)).count("|") == 1


def test_prometheus_is_read_by_its_own_parser_and_every_metric_is_there_for_a_failed_check() -> None:
    families = list(text_string_to_metric_families(prometheus.render(ALL)))
    assert all(family.documentation and family.type == "gauge" for family in families)
    codes = {
        sample.labels["target"]: sample.value
        for family in families
        if family.name == "certwizard_exit_code"
        for sample in family.samples
    }
    assert codes
    (alone,) = (
        family.samples
        for family in text_string_to_metric_families(prometheus.render((UNREACHED,)))
        if family.name == "certwizard_exit_code"
    )
    assert [sample.value for sample in alone] == [3.0]


def test_prometheus_gives_the_end_to_the_second_and_the_share_left() -> None:
    found = {
        family.name: family.samples for family in text_string_to_metric_families(prometheus.render((GOOD,)))
    }
    end = P.leaf.certificate.not_valid_after_utc.timestamp()
    assert [sample.value for sample in found["certwizard_first_end_timestamp_seconds"]] == [end]
    assert found["certwizard_lifetime_left_ratio"][0].value == pytest.approx(60 / 90, abs=0.001)
    assert len(found["certwizard_certificate_end_timestamp_seconds"]) == 2


def test_prometheus_names_the_cause_and_which_is_the_root() -> None:
    samples = next(
        family.samples
        for family in text_string_to_metric_families(prometheus.render((EXPIRED,)))
        if family.name == "certwizard_cause"
    )
    assert samples[0].labels == {
        "target": "www.example.com:443", "cause": "expired", "severity": "error", "root": "true",
    }  # fmt: skip


def test_junit_has_a_suite_a_target_and_a_case_a_check() -> None:
    root = ElementTree.fromstring(junit.render(ALL))  # noqa: S314 - the project's own report
    suites = root.findall("testsuite")
    assert len(suites) == len(ALL)
    for suite in suites:
        assert [case.get("name") for case in suite.findall("testcase")] == [check.value for check in CheckId]
        for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{kind}")))
    failure = suites[1].find("testcase[@name='dates']/failure")
    assert failure is not None
    assert failure.get("type") == "expired"


class Page(HTMLParser):
    """Collects tags, and complains of what is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_closed_properly_and_holds_no_script_and_no_address() -> None:
    page = Page()
    text = html.render(ALL)
    page.feed(text)
    assert page.open == []
    assert "script" not in page.tags
    assert "&lt;script&gt;" in text
    assert not re.search(r"""(src|href)=["'](?!#)""", text)
    assert "Root cause" in text


def test_markdown_shows_hostile_names_as_they_are() -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(markdown.render((ODD,)))
    assert "<script>" not in rendered
    assert 'href="http://x"' not in rendered
    assert "<em>b</em>" not in rendered
    assert "&lt;script&gt;" in rendered


def test_markdown_has_every_part() -> None:
    text = markdown.render((EXPIRED,))
    for part in (
        "# ✘ www.example.com:443",
        "## Root cause: expired (error)",
        "## Clients",
        "## Fix: ",
        "## Chain",
    ):
        assert part in text
    tables = MarkdownIt("commonmark").enable("table").render(text).count("<table>")
    assert tables == 3


@pytest.mark.parametrize("render", [nagios_of, prometheus.render, junit.render, html.render, markdown.render])
def test_no_control_character_reaches_a_report(render: Render) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", render(ALL))
