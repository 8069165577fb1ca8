"""What the owner and the developer are told: complete for every cause, short, and never advice to look away."""

import pytest

from certwizard.domain.vocabulary import CauseId, Role
from certwizard.knowledge.role_advice import developer_advice, named_causes, owner_advice

LONGEST = 150


@pytest.mark.parametrize("role", [Role.SERVER_OWNER, Role.CLIENT_DEVELOPER])
def test_every_cause_stands_once_in_the_table_of_each_role(role: Role) -> None:
    assert sorted(named_causes(role)) == sorted(CauseId)


@pytest.mark.parametrize("cause", CauseId)
def test_every_cause_has_short_whole_sentences_for_both_roles(cause: CauseId) -> None:
    owner, developer = owner_advice(cause), developer_advice(cause)
    for words in (owner.users, owner.never, developer.risk, developer.meanwhile):
        assert words[0].isupper()
        assert words.endswith(".")
        assert len(words) <= LONGEST


@pytest.mark.parametrize("cause", CauseId)
def test_what_to_do_meanwhile_never_switches_checking_off(cause: CauseId) -> None:
    told = developer_advice(cause).meanwhile.lower()
    for words in ("-k", "verify=", "insecure", "seclevel", "ignore", "skip", "switch", "disable"):
        assert words not in told


@pytest.mark.parametrize("cause", CauseId)
def test_what_not_to_say_is_said_as_a_prohibition(cause: CauseId) -> None:
    never = owner_advice(cause).never
    assert any(words in never.lower() for words in ("do not", "never", "no root", "nobody"))
