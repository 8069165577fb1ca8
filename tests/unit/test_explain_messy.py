"""Messages in every state in which they are pasted: the first guess is nearly always right."""

import itertools
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from certwizard.domain.vocabulary import CauseId
from certwizard.explain.engine import explain
from certwizard.knowledge.error_messages import catalogue
from certwizard.knowledge.messages import Message, Says
from tests.unit.explain_mess import CUTTING, RULES
from tests.unit.explain_texts import filled

CORPUS = Path(__file__).parent / "explain_corpus"
REAL = tomllib.loads((CORPUS / "certificates.toml").read_text(encoding="utf-8"))["text"]
LOOKALIKES = tomllib.loads((CORPUS / "lookalikes.toml").read_text(encoding="utf-8"))["text"]
FIRST, WITHIN_THREE = 0.9, 0.98
LONG_ENOUGH_TO_CUT = 45


def guesses(text: str) -> list[str]:
    return [guess.id.value for guess in explain(text).guesses[:3]]


def named(row: dict[str, str]) -> str:
    return f"{row.get('client', row.get('is', ''))}-{row['text'].strip()[:30]}"


def telling_rows() -> list[Message]:
    """Return rows that name a fault in words enough to be known without their client."""
    return [
        row
        for row in catalogue().messages
        if row.says is Says.CAUSE and len(row.text.split()) > 4 and "reason>" not in row.text
    ]


def messy() -> Iterator[tuple[str, str, Message]]:
    """Yield every fifth row in each state it can come in, another fifth for each state."""
    for number, (rule, make) in enumerate(RULES.items()):
        for row in itertools.islice(telling_rows(), number % 5, None, 5):
            text = filled(row.text)
            if rule not in CUTTING or len(text) > LONG_ENOUGH_TO_CUT:
                yield rule, make(text), row


def test_of_messages_in_every_messy_state_nearly_all_are_guessed_right() -> None:
    tried: dict[str, list[tuple[bool, bool]]] = {rule: [] for rule in RULES}
    for rule, text, row in messy():
        found, right = guesses(text), [cause.value for cause in row.causes]
        tried[rule].append((found[:1] == right[:1], bool(set(found) & set(right))))
    everything = [each for some in tried.values() for each in some]
    assert len(everything) > 2000
    assert sum(first for first, _ in everything) / len(everything) >= FIRST, {
        rule: sum(first for first, _ in some) / len(some) for rule, some in tried.items()
    }
    whole = [three for rule, some in tried.items() if rule not in CUTTING for _, three in some]
    assert sum(whole) / len(whole) >= WITHIN_THREE, {
        rule: sum(three for _, three in some) / len(some) for rule, some in tried.items()
    }


@pytest.mark.parametrize("row", REAL, ids=named)
def test_what_programs_really_print_is_guessed_right_at_once(row: dict[str, str]) -> None:
    explanation = explain(row["text"])
    assert explanation.guesses
    assert explanation.guesses[0].id.value in row["causes"].split()
    if row["client"]:
        assert explanation.client in row["client"].split()


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in CUTTING])
def test_what_programs_really_print_is_guessed_right_in_each_messy_state(rule: str) -> None:
    right = [row for row in REAL if set(guesses(RULES[rule](row["text"]))) & set(row["causes"].split())]
    assert len(right) >= len(REAL) * WITHIN_THREE, [row["text"][:60] for row in REAL if row not in right]


@pytest.mark.parametrize("row", LOOKALIKES, ids=named)
def test_of_what_is_no_certificate_error_nothing_is_claimed(row: dict[str, str]) -> None:
    explanation = explain(row["text"])
    assert explanation.guesses == ()
    assert explanation.told_apart == row["is"]
    assert explanation.hint


@pytest.mark.parametrize("row", LOOKALIKES, ids=named)
def test_of_what_is_no_certificate_error_nothing_is_claimed_in_a_messy_state_either(
    row: dict[str, str],
) -> None:
    for rule, make in RULES.items():
        if rule not in CUTTING:
            assert explain(make(row["text"])).guesses == (), rule


def test_a_certificate_error_in_company_of_others_is_found() -> None:
    others = [
        row["text"] for row in LOOKALIKES if row["is"] in ("http-status", "timeout", "file-or-program", "")
    ]
    for row, other in zip(REAL, itertools.cycle(others), strict=False):
        together = f"{other}\n\n{row['text']}\n{other}"
        assert set(guesses(together)) & set(row["causes"].split()), together


def test_two_messages_on_different_faults_are_both_told() -> None:
    first = "curl: (60) SSL certificate problem: certificate has expired"
    second = "SSL: no alternative certificate subject name matches target host name 'x.example'"
    causes = [guess.id for guess in explain(f"{first}\n{second}").guesses]
    assert {CauseId.EXPIRED, CauseId.HOSTNAME_MISMATCH} == set(causes[:2])


def test_the_same_text_always_gets_the_same_answer() -> None:
    for row in REAL[:20]:
        assert explain(row["text"]) == explain(row["text"])


def test_an_explanation_says_why_for_its_client_what_is_left_open_and_what_to_ask() -> None:
    for row in REAL:
        explanation = explain(row["text"])
        assert explanation.means.endswith(".")
        for guess in explanation.guesses:
            assert guess.why.endswith(".")
            assert "{" not in guess.why + guess.ask + explanation.means
        assert explanation.silent or len(explanation.guesses) == 1
