"""Whatever text comes, what is shown is harmless and nothing crashes."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certwizard.domain.certificate import SubjectAltNames
from certwizard.domain.cleantext import clean, clean_block, escape
from certwizard.domain.errors import SavedFileError, TargetError
from certwizard.domain.hostname import is_ip, match_names, to_alabel, to_ulabel
from certwizard.domain.saved import decode_observation
from certwizard.domain.target import Target
from certwizard.domain.target_parsing import files_target, parse_target

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\x00\x07\x1b\x7f\x85\x9b\u200b\u200e\u202e\u2028\u2066\ufeff\ud800\ue000\u0301\U000e0041\t\n\r "
        ),
        st.characters(codec=None),
        st.sampled_from("[]/:@.*%-_#?\\$`'\"<>|&;ax1"),
    ),
    max_size=120,
)
HOSTLIKE = st.text(alphabet="ab-_.*:[]%/@1xn0é。", max_size=60)
HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def is_harmless(text: str) -> bool:
    return not any(unicodedata.category(char) in HARMFUL for char in text)


@given(NASTY)
def test_clean_gives_one_harmless_line_and_is_settled(text: str) -> None:
    cleaned = clean(text)

    assert is_harmless(cleaned)
    assert cleaned == cleaned.strip()
    assert clean(cleaned) == cleaned
    assert not cleaned or not unicodedata.combining(cleaned[0])


@given(NASTY, st.integers(min_value=1, max_value=20))
def test_clean_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(clean(text, limit)) <= limit
    assert is_harmless(clean(text, limit))
    assert len(escape(text, limit)) <= limit


@given(NASTY)
def test_escape_is_harmless_and_is_settled(text: str) -> None:
    assert is_harmless(escape(text))
    assert escape(escape(text)) == escape(text)


@given(NASTY, st.integers(min_value=1, max_value=5), st.integers(min_value=2, max_value=30))
def test_a_clean_block_is_harmless_and_bounded(text: str, lines: int, limit: int) -> None:
    rows = clean_block(text, lines=lines, limit=limit).split("\n")

    assert len(rows) <= lines + 1
    assert all(is_harmless(row) and len(row) <= limit for row in rows)


@given(
    st.one_of(NASTY, HOSTLIKE), st.one_of(st.none(), HOSTLIKE), st.one_of(st.none(), HOSTLIKE), st.booleans()
)
def test_a_target_is_understood_or_refused_in_a_clean_line(
    text: str, sni: str | None, connect: str | None, there: bool
) -> None:
    target, words = understood(
        lambda: parse_target(text, is_file=lambda path: there, sni=sni, connect=connect)
    )

    assert is_harmless(words)
    if target is not None:
        assert is_harmless(f"{target.host} {target.server_name} {target.connect_host}")
        assert target.port is None or 1 <= target.port <= 65535


@given(st.lists(NASTY, max_size=3), st.one_of(st.none(), HOSTLIKE))
def test_files_are_a_target_or_refused(files: list[str], name: str | None) -> None:
    assert is_harmless(understood(lambda: files_target(files, None, name))[1])


def understood(ask: Callable[[], Target]) -> tuple[Target | None, str]:
    """Return the target, if it is one, and the words to show."""
    try:
        target = ask()
    except TargetError as error:
        return None, str(error)
    return target, target.input


@given(st.one_of(NASTY, HOSTLIKE), st.lists(st.one_of(NASTY, HOSTLIKE), max_size=8))
def test_matching_never_fails_and_only_one_entry_in_two_forms_matches(asked: str, entries: list[str]) -> None:
    san = SubjectAltNames(dns=tuple(entries), ips=tuple(entries), others=tuple(entries))

    for match in match_names(asked, san):
        assert is_harmless(match.note)
        if match.kind != "dns":
            continue
        if not is_ip(asked):
            assert len(match.label_ok) == max(len(match.asked_labels), len(match.entry_labels))
        if match.matches:
            assert (
                match.entry.lower() == to_alabel(asked)
                or match.entry.startswith("*.")
                or not to_alabel(asked)
            )


@given(st.one_of(NASTY, HOSTLIKE))
def test_names_are_turned_both_ways_without_failing(name: str) -> None:
    encoded = to_alabel(name)

    assert is_harmless(to_ulabel(name))
    assert is_ip(name) in (True, False)
    if encoded is not None:
        assert encoded.isascii()
        assert to_alabel(encoded) == encoded


NEARLY_SAVED = st.from_regex(r'\{"schema":"certwizard\.observation/1",.{0,80}', fullmatch=True).map(
    str.encode
)


@given(st.one_of(st.binary(max_size=200), NEARLY_SAVED))
def test_a_saved_file_of_any_bytes_is_refused_cleanly(data: bytes) -> None:
    with pytest.raises(SavedFileError) as caught:
        decode_observation(data)

    assert is_harmless(str(caught.value))
