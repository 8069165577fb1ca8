"""What browsers show to visitors: complete for every cause and browser, dated, and honest where nothing is known."""

from datetime import date

import pytest

from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.safety import is_it_safe
from certwizard.knowledge.visitors import (
    Way,
    about_hsts,
    browsers,
    danger_of,
    page_for,
    pages_of,
    sources,
)


@pytest.mark.parametrize("cause", CauseId)
def test_every_cause_has_a_page_of_every_browser_or_a_word_on_why_there_is_none(cause: CauseId) -> None:
    pages = pages_of(cause)
    assert [page.browser for page in pages] == list(browsers()) == ["chrome", "firefox", "safari", "edge"]
    for page in pages:
        if page.way is Way.NO_PAGE:
            assert page.says.endswith(".")
            assert (page.title, page.code) == ("", "")
        else:
            assert page.title


@pytest.mark.parametrize("cause", CauseId)
def test_every_cause_says_whether_it_is_safe_what_is_at_risk_and_what_never_to_do(cause: CauseId) -> None:
    danger = danger_of(cause)
    assert is_it_safe(cause).endswith(".")
    assert danger.risk.endswith(".")
    assert danger.never.endswith(".")


@pytest.mark.parametrize(
    ("cause", "ways"),
    [
        (CauseId.EXPIRED, {"chrome": "offered", "firefox": "offered", "safari": "offered", "edge": "offered"}),
        (CauseId.REVOKED, {"chrome": "none", "firefox": "none", "safari": "unknown", "edge": "none"}),
        (CauseId.BAD_SIGNATURE, {"chrome": "offered", "firefox": "none", "safari": "unknown", "edge": "offered"}),
        (CauseId.CT_MISSING, {"chrome": "offered", "firefox": "none", "safari": "unknown", "edge": "offered"}),
        (CauseId.NOT_TLS, {"chrome": "none", "firefox": "none", "safari": "none", "edge": "none"}),
        (CauseId.WRONG_ORDER, dict.fromkeys(["chrome", "firefox", "safari", "edge"], "no-page")),
        (CauseId.MUST_STAPLE, {"chrome": "no-page", "firefox": "none", "safari": "no-page", "edge": "no-page"}),
    ],
)  # fmt: skip
def test_a_way_on_is_told_as_each_browser_has_it(cause: CauseId, ways: dict[str, str]) -> None:
    assert {page.browser: page.way.value for page in pages_of(cause)} == ways


def test_firefox_has_another_title_where_it_offers_no_way_on() -> None:
    assert page_for("firefox", "SEC_ERROR_REVOKED_CERTIFICATE", "").title == "Secure Connection Failed"
    assert page_for("firefox", "SEC_ERROR_UNKNOWN_ISSUER", "").title.startswith("Warning: Potential")


def test_without_a_code_it_is_not_claimed_that_there_is_no_way_on() -> None:
    assert page_for("chrome", "", "Something new").way is Way.UNKNOWN


def test_every_row_has_its_source_and_was_looked_at_lately() -> None:
    for _, checked, source in sources():
        assert source
        assert date(2026, 11, 1) <= checked <= date(2027, 11, 1)
    assert "RFC 6797" in about_hsts()
