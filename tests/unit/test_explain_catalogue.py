"""The catalogue of error messages: whole, in the one vocabulary, and each row recognised by its own words."""

import re
from functools import cache

import pytest

from certwizard.domain.vocabulary import CauseId, CheckId
from certwizard.explain.engine import explain
from certwizard.explain.normal import normal
from certwizard.explain.speakers import hands_on
from certwizard.knowledge.clients import profiles
from certwizard.knowledge.error_messages import catalogue, cause_questions
from certwizard.knowledge.messages import Message, Says
from certwizard.knowledge.profile_words import speaker_of
from tests.unit.explain_texts import filled

CLIENTS = tuple(sorted({row.client for row in catalogue().messages}))


def rows_of(client: str) -> list[Message]:
    return [row for row in catalogue().messages if row.client == client and row.causes]


@cache
def first_three(text: str) -> tuple[str, tuple[CauseId, ...]]:
    explanation = explain(text)
    return explanation.client, tuple(guess.id for guess in explanation.guesses[:3])


def test_each_cause_has_a_step_a_reason_and_a_question() -> None:
    assert set(cause_questions()) == set(CauseId)
    for question in cause_questions().values():
        assert question.step in set(CheckId)
        assert question.why.endswith(".")
        assert question.ask


def test_each_client_has_a_title_a_store_and_marks_in_lower_case() -> None:
    for client in catalogue().clients.values():
        assert client.title
        assert client.store
        assert all(mark == mark.lower() and len(mark) > 2 for mark in client.marks), client.id
        assert set(client.passes_on) <= set(catalogue().clients)


def test_each_row_belongs_to_a_client_and_has_words_or_a_code() -> None:
    for row in catalogue().messages:
        assert row.client in catalogue().clients
        assert row.text or row.codes
        assert bool(row.causes) is not (row.says is Says.NOTHING)


def test_each_shape_of_a_code_is_an_expression_with_one_group() -> None:
    for client in catalogue().clients.values():
        for shape in client.shapes:
            assert re.compile(shape.find).groups == 1
            assert shape.near == shape.near.lower()


def test_clients_that_certwizard_judges_for_are_among_those_it_understands() -> None:
    # Several versions of one client (python-3.11) print alike.
    assert {speaker_of(profile) for profile in profiles()} <= set(catalogue().clients)


@pytest.mark.parametrize("client", CLIENTS)
def test_each_row_is_recognised_by_its_own_words(client: str) -> None:
    for row in rows_of(client):
        if row.text:
            speaker, causes = first_three(filled(row.text))
            assert set(row.causes) & set(causes), row
            shared = {
                other.client for other in catalogue().messages if normal(other.text) == normal(row.text)
            }
            assert speaker in ("", *shared) or client in hands_on(speaker) or speaker in hands_on(client), row


@pytest.mark.parametrize("client", CLIENTS)
def test_each_row_is_recognised_by_the_name_of_its_code(client: str) -> None:
    for row in rows_of(client):
        for code in row.codes:
            if re.fullmatch(r"(NET::)?[A-Za-z][A-Za-z0-9_]{9,}", code):
                assert row.causes[0] in first_three(code)[1], row
