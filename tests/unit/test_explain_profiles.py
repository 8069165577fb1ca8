"""What the client profiles say of a cause is understood when a user pastes it."""

import re
from collections import defaultdict

import pytest

from certwizard.domain.vocabulary import CauseId
from certwizard.explain.engine import explain
from certwizard.explain.speakers import hands_on
from certwizard.knowledge.clients import ClientProfile, profiles
from certwizard.knowledge.profile_words import speaker_of
from tests.unit.explain_texts import filled

APART = {
    CauseId.DNS_FAILURE: ("name-not-found", "not-reached"),
    CauseId.CONNECTION_REFUSED: ("connection-refused", "not-reached"),
    CauseId.TIMEOUT: ("timeout", "not-reached"),
    CauseId.CONNECTION_RESET: ("connection-reset", "unreachable"),
}
SEVERAL = 3
FEW_UNKNOWN = 0.04
"""Share of a client's texts that may wait for a row of their own in error_catalogue/."""
FEW_MISSED = 0.12
"""Share of a client's texts whose cause is among many others: a page that says "invalid" and no more."""
NO_MESSAGES = re.compile(r"^CONNECTED\(|^Connecting to '|error:reason$")
"""What a client prints before it waits in vain, or before whatever reason there may be."""


def rows(profile: ClientProfile) -> dict[str, set[CauseId]]:
    """Return each text a client prints, as a user sees it, with the causes it prints it for."""
    found: defaultdict[str, set[CauseId]] = defaultdict(set)
    messages = [
        *profile.messages.items(),
        *((cause, words) for (cause, _), words in profile.variants.items()),
    ]
    for cause, words in messages:
        shown = f"{filled(words.text)}\n{words.code}" if profile.headline else filled(words.text)
        if not NO_MESSAGES.search(shown):
            found[shown].add(cause)
    return found


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.id)
def test_every_row_is_understood_as_its_client_and_its_cause(profile: ClientProfile) -> None:
    client = speaker_of(profile)
    missed: dict[str, str] = {}
    for text, causes in rows(profile).items():
        explanation = explain(text)
        if any(explanation.told_apart in APART.get(cause, ()) for cause in causes):
            continue
        named = [guess.id for guess in explanation.guesses]
        if not causes & set(named[:SEVERAL]):
            missed[text] = "later" if causes & set(named) else "never"
        speaker = explanation.client
        assert speaker in ("", client) or client in hands_on(speaker) or speaker in hands_on(client), text
    never = [text for text, when in missed.items() if when == "never"]
    assert len(never) <= len(rows(profile)) * FEW_UNKNOWN, never
    assert len(missed) <= len(rows(profile)) * FEW_MISSED, missed
