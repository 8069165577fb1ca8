"""Observations saved and read back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from certwizard.domain.errors import SavedFileError
from certwizard.domain.observation import Failure, FailureReason, Handshake, HttpHint, Observation, Offer
from certwizard.domain.saved import MAX_BYTES, decode_observation, encode_observation
from certwizard.domain.target import Target, TargetKind
from tests import factory

OBSERVATION = Observation(
    target=factory.target(),
    observed_at=factory.NOW,
    judge_at=factory.NOW,
    handshakes=(
        Handshake("192.0.2.1", 443, factory.HOST, Offer.MODERN, chain=(b"\x30\x00", b"\xff")),
        Handshake("192.0.2.2", 443, None, Offer.PERMISSIVE, failure=Failure(FailureReason.ALERT, "no", 40)),
    ),
    http=HttpHint(200, factory.NOW, factory.NOW),
)


def test_what_was_saved_is_read_back_the_same() -> None:
    assert decode_observation(encode_observation(OBSERVATION)) == OBSERVATION


def test_the_same_observation_gives_the_same_bytes() -> None:
    data = encode_observation(OBSERVATION)

    assert encode_observation(decode_observation(data)) == data
    assert data.endswith(b"\n")


def test_times_come_back_in_utc() -> None:
    abroad = replace(OBSERVATION, judge_at=factory.NOW.astimezone(timezone(timedelta(hours=9))))
    read = decode_observation(encode_observation(abroad))

    assert read.judge_at == factory.NOW
    assert read.judge_at.tzinfo is UTC


def test_a_path_that_is_no_text_can_be_saved() -> None:
    files = Target("x", TargetKind.FILES, files=("caf\udce9.pem",))

    assert decode_observation(encode_observation(replace(OBSERVATION, target=files))).target.files == (
        "caf\\udce9.pem",
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"hello", "no JSON"),
        (b"\xff\xfe{", "no JSON"),
        (b"[]", "no saved observation"),
        (b"{}", "schema none"),
        (b'{"schema": 7}', "schema none"),
        (b'{"schema":"certwizard.diagnosis/1"}', "certwizard.diagnosis/1"),
        (b'{"schema":"certwizard.observation/9"}', "this version reads certwizard.observation/1"),
        (b'{"schema":"certwizard.observation/1"}', "damaged"),
        (encode_observation(OBSERVATION)[:-40], "cut off"),
        (encode_observation(OBSERVATION).replace(b'"port":443', b'"port":"many"'), "damaged"),
        (encode_observation(OBSERVATION).replace(b'"modern"', b'"\\u001b[31m"'), "damaged"),
        (encode_observation(OBSERVATION).replace(b"12:00:00Z", b"12:00:00"), "without its zone"),
        (encode_observation(OBSERVATION).replace(b"2026-11-23T12:00:00Z", b"0001-01-01T00:00:00+09:00"), "before"),
        (b'{"schema":' + b"[" * 50_000, "cut off"),
    ],
    ids=range(16),
)  # fmt: skip
def test_a_file_that_is_no_observation_is_refused_in_one_clean_line(data: bytes, words: str) -> None:
    with pytest.raises(SavedFileError, match=words) as caught:
        decode_observation(data)

    assert str(caught.value).isprintable()


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(SavedFileError, match="64 MiB"):
        decode_observation(b" " * (MAX_BYTES + 1))


def test_hostile_text_in_a_saved_file_is_made_harmless() -> None:
    data = encode_observation(OBSERVATION).replace(b'"detail":"no"', b'"detail":"\\u001b[2J\\u202e"')
    failure = decode_observation(data).handshakes[1].failure

    assert failure is not None
    assert failure.detail == "\\x1b[2J\\u202e"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert decode_observation(b"\xef\xbb\xbf" + encode_observation(OBSERVATION)) == OBSERVATION


def test_an_old_time_is_still_a_time() -> None:
    old = replace(OBSERVATION, judge_at=datetime(1970, 1, 1, tzinfo=UTC))

    assert decode_observation(encode_observation(old)) == old
