"""The rows on clients: complete, readable, and in the one vocabulary."""

import subprocess
import sys
from datetime import date
from importlib.resources import files

import pytest

from certwizard.domain.cleantext import clean
from certwizard.domain.vocabulary import CauseId
from certwizard.knowledge.client_traits import Asks, CommonName, traits_of
from certwizard.knowledge.clients import (
    Basis,
    ClientMessage,
    ClientProfile,
    MessageAction,
    find_profile,
    profiles,
)

MAINSTREAM = ("chrome", "edge", "firefox", "safari", "curl", "openssl", "python", "java", "go", "nodejs")
BROWSERS = ("chrome", "edge", "firefox", "safari", "safari-ios")
EVERYBODY_REFUSES = (
    CauseId.EXPIRED,
    CauseId.NOT_YET_VALID,
    CauseId.HOSTNAME_MISMATCH,
    CauseId.SELF_SIGNED,
    CauseId.UNTRUSTED_ROOT,
    CauseId.BAD_SIGNATURE,
    CauseId.NOT_A_CA,
    CauseId.PATH_LENGTH,
    CauseId.NAME_CONSTRAINTS,
    CauseId.UNKNOWN_CRITICAL_EXTENSION,
    CauseId.MALFORMED,
    CauseId.CLIENT_CERT_REQUIRED,
    CauseId.NOT_TLS,
    CauseId.DNS_FAILURE,
    CauseId.CONNECTION_REFUSED,
    CauseId.TIMEOUT,
    CauseId.CONNECTION_RESET,
    CauseId.CIPHER_MISMATCH,
)
NOBODY_MINDS = (
    CauseId.EXPIRING_SOON,
    CauseId.EXTRA_CERTIFICATES,
    CauseId.DUPLICATE_CERTIFICATES,
    CauseId.REVOCATION_UNKNOWN,
)
ALL = tuple(pytest.param(profile, id=profile.id) for profile in profiles())


def words(profile: ClientProfile) -> tuple[ClientMessage, ...]:
    return (*profile.messages.values(), *profile.variants.values())


def of(client: str) -> ClientProfile:
    profile = find_profile(client)
    assert profile is not None
    return profile


def test_every_mainstream_client_is_there_and_only_they_are_mainstream() -> None:
    assert tuple(profile.id for profile in profiles() if profile.mainstream) == tuple(
        sorted(MAINSTREAM, key=[profile.id for profile in profiles()].index)
    )
    assert {profile.id for profile in profiles() if profile.mainstream} == set(MAINSTREAM)


def test_every_file_of_messages_belongs_to_a_client() -> None:
    folder = files("certwizard.knowledge").joinpath("client_messages")
    assert {entry.name for entry in folder.iterdir()} == {f"{profile.id}.toml" for profile in profiles()}


@pytest.mark.parametrize("profile", ALL)
def test_each_message_is_one_clean_line_with_an_action_and_a_basis(profile: ClientProfile) -> None:
    for message in words(profile):
        assert message.text
        assert clean(message.text, 1000) == message.text
        assert clean(message.code) == message.code
        assert isinstance(message.action, MessageAction)
        assert isinstance(message.basis, Basis)
        if message.action is MessageAction.UNKNOWN:
            assert message.note or message.basis is Basis.DOCUMENTED


@pytest.mark.parametrize("profile", ALL)
def test_each_client_has_known_stores_a_version_a_source_and_a_day(profile: ClientProfile) -> None:
    assert profile.roots
    assert set(profile.roots) <= {"mozilla", "microsoft", "java", "system"}
    assert profile.version
    assert profile.source
    assert date(2026, 11, 1) <= profile.checked
    assert not profile.like or find_profile(profile.like) is not None


@pytest.mark.parametrize("profile", ALL)
def test_what_a_client_refuses_by_its_traits_has_words(profile: ClientProfile) -> None:
    traits = profile.traits
    refused = {
        CauseId.NO_SAN: traits.names.common_name is CommonName.NEVER,
        CauseId.REVOKED: traits.revocation.asks is not Asks.NOBODY,
        CauseId.MUST_STAPLE: traits.revocation.must_staple,
        CauseId.CT_MISSING: traits.limits.ct_public,
        CauseId.VALIDITY_TOO_LONG: bool(traits.limits.max_days_public or traits.limits.max_days_private),
        CauseId.WEAK_KEY: bool(traits.limits.rsa_bits or traits.limits.curves or traits.limits.ec_bits),
        CauseId.WEAK_SIGNATURE: bool(traits.limits.refused_hashes),
    }
    for cause, minds in refused.items():
        assert (profile.message(cause) is not None) is minds, cause


@pytest.mark.parametrize("profile", ALL)
def test_what_everybody_refuses_has_words_of_each_client(profile: ClientProfile) -> None:
    for cause in EVERYBODY_REFUSES:
        message = profile.message(cause)
        assert message is not None
        assert message.action is MessageAction.REJECTS


@pytest.mark.parametrize("profile", ALL)
def test_what_nobody_minds_has_no_words(profile: ClientProfile) -> None:
    assert not [cause for cause in NOBODY_MINDS if profile.message(cause)]


def test_a_missing_intermediate_is_refused_by_those_who_cannot_complete_the_chain() -> None:
    for profile in profiles():
        completes = profile.traits.path.fetches_aia or profile.traits.path.preloads_intermediates
        assert (profile.message(CauseId.MISSING_INTERMEDIATE) is None) is completes


def test_browsers_have_words_for_an_intermediate_that_cannot_be_found() -> None:
    for client in BROWSERS:
        assert of(client).message(CauseId.MISSING_INTERMEDIATE, "unrecoverable") is not None


def test_a_certificate_without_names_is_refused_by_browsers_android_go_requests_and_rustls_alone() -> None:
    refusing = {profile.id for profile in profiles() if profile.message(CauseId.NO_SAN)}
    assert refusing == {*BROWSERS, "android", "go", "requests", "rustls"}


def test_browsers_react_to_revocation_and_gnutls_to_a_stapled_one_alone() -> None:
    reacting = {profile.id: profile.message(CauseId.REVOKED) for profile in profiles()}
    sure = {client for client, found in reacting.items() if found and found.action is MessageAction.REJECTS}
    stapled = {profile.id for profile in profiles() if profile.traits.revocation.asks is Asks.STAPLE}
    assert {client for client, found in reacting.items() if found} == {*BROWSERS, *stapled}
    assert sure == {"firefox", "safari", "safari-ios", *stapled}
    assert stapled == {"wget", "git", "gnutls"}


def test_a_long_lifetime_is_refused_by_chromium_below_public_roots_and_by_apple_below_any() -> None:
    limits = {
        profile.id: (profile.traits.limits.max_days_public, profile.traits.limits.max_days_private)
        for profile in profiles()
        if profile.message(CauseId.VALIDITY_TOO_LONG)
    }
    assert limits["chrome"] == limits["edge"] == (398, 0)
    assert limits["safari"] == (398, 825)


def test_a_trait_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(TypeError):
        traits_of({"path": {"fetches": True}})
    with pytest.raises(ValueError, match="sometimes"):
        traits_of({"names": {"common_name": "sometimes"}})


def test_a_clients_own_trait_wins_over_its_verifiers() -> None:
    found = traits_of({"path": {"strict": True, "max_sent": 9}}, {"path": {"strict": False}})
    assert (found.path.strict, found.path.max_sent) == (False, 9)


def test_a_special_case_has_its_own_words_and_an_unknown_one_the_general_words() -> None:
    curl = of("curl")
    assert curl.message(CauseId.UNTRUSTED_ROOT, "root-sent") != curl.message(CauseId.UNTRUSTED_ROOT)
    assert curl.message(CauseId.UNTRUSTED_ROOT, "else") == curl.message(CauseId.UNTRUSTED_ROOT)


@pytest.mark.parametrize(
    ("client", "present", "first"),
    [
        ("curl", (CauseId.EXPIRED, CauseId.SELF_SIGNED), CauseId.SELF_SIGNED),
        ("curl", (CauseId.HOSTNAME_MISMATCH, CauseId.EXPIRED), CauseId.EXPIRED),
        ("python", (CauseId.EXPIRED, CauseId.HOSTNAME_MISMATCH), CauseId.HOSTNAME_MISMATCH),
        ("nodejs", (CauseId.SELF_SIGNED, CauseId.EXPIRED), CauseId.EXPIRED),
        ("java", (CauseId.EXPIRED, CauseId.HOSTNAME_MISMATCH), CauseId.EXPIRED),
        ("chrome", (CauseId.EXPIRED, CauseId.HOSTNAME_MISMATCH), CauseId.HOSTNAME_MISMATCH),
        ("go", (CauseId.UNTRUSTED_ROOT, CauseId.EXPIRED), CauseId.EXPIRED),
    ],
)
def test_of_several_causes_each_client_reports_the_one_it_meets_first(
    client: str, present: tuple[CauseId, ...], first: CauseId
) -> None:
    assert of(client).first(present) is first


def test_a_cause_nobody_minds_is_reported_by_nobody() -> None:
    assert of("curl").first(NOBODY_MINDS) is None


def test_an_unknown_client_is_none() -> None:
    assert find_profile("netscape") is None


def test_importing_the_profiles_reads_no_file_and_loads_only_the_domain() -> None:
    program = (
        "import sys, certwizard.knowledge.clients as c;"
        "assert c.profiles.cache_info().currsize == 0;"
        "rooms = {m.split('.')[1] for m in sys.modules if m.startswith('certwizard.')};"
        "print(sorted(rooms))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['domain', 'knowledge']"
