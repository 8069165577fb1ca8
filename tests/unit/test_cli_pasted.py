"""What comes through a pipe: any encoding, any length, within bounds, and never binary."""

import io
from typing import BinaryIO, cast

import pytest

from certwizard.cli.pasted import MOST_BYTES, read_pasted
from certwizard.domain.errors import OptionError
from certwizard.explain.engine import explain
from certwizard.explain.reading import MOST_LINES, read
from certwizard.explain.undressing import LONGEST

MESSAGE = "curl: (60) SSL certificate problem: certificate has expired\r\n"
NOISE = b"2026-11-25T08:00:00Z GET /index.html 200 0.003\n"


class Endless:
    """A stream without end that counts what is taken from it."""

    def __init__(self, line: bytes) -> None:
        self._block = line * (1 + (1 << 20) // len(line))
        self.taken = 0

    def read(self, size: int) -> bytes:
        self.taken += size
        return self._block[:size]


def text_of(data: bytes) -> str:
    return read_pasted(io.BytesIO(data)).text


@pytest.mark.parametrize(
    "data",
    [
        MESSAGE.encode("utf-16"),
        b"\xfe\xff" + MESSAGE.encode("utf-16-be"),
        MESSAGE.encode("utf-16-le"),
        MESSAGE.encode("utf-16-be"),
        MESSAGE.encode("utf-32"),
        MESSAGE.encode("utf-8-sig"),
        f"Größe\r\n{MESSAGE}".encode("cp1252"),
        b"log started\r\n" + MESSAGE.encode("utf-16-le"),
        b"log began\r\n\r\n" + MESSAGE.encode("utf-16-le"),
        ("log\r\n" * 5 + MESSAGE + "x").encode("utf-16")[:-1],
        b"\xff\xfe\xfd\x80\xc3" + MESSAGE.encode(),
        b"\xc3\x28" + MESSAGE.encode() + b"\xe2\x28\xa1",
    ],
    ids=range(12),
)
def test_a_message_is_read_in_whatever_encoding_a_shell_wrote_it(data: bytes) -> None:
    assert MESSAGE.strip() in text_of(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x30\x82\x04\x12" + bytes(range(256)) * 8, "DER.*certwizard FILE"),
        (b"\x1f\x8b\x08" + bytes(range(256)) * 8, "no text; expected a message"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 9 + bytes(range(256)) * 8, "no text"),
    ],
)
def test_binary_input_is_refused_in_one_line_that_says_what_is_expected(data: bytes, words: str) -> None:
    with pytest.raises(OptionError, match=words) as raised:
        text_of(data)
    assert "\n" not in str(raised.value)


def test_colours_and_a_stray_control_character_are_no_binary() -> None:
    assert "expired" in text_of(b"\x1b[31mERROR\x1b[0m \x07 " + MESSAGE.encode())


def test_of_a_stream_without_end_a_bounded_part_is_read_and_it_is_said_so() -> None:
    stream = Endless(NOISE)
    pasted = read_pasted(cast(BinaryIO, stream))
    assert stream.taken <= MOST_BYTES + (1 << 20)
    assert len(pasted.text) <= LONGEST
    assert "64 MiB" in pasted.left_out
    assert pasted.left_out in explain(pasted.text[:100], pasted.left_out).left_out


@pytest.mark.parametrize("place", [0, 1, 25, 49, 50])
def test_the_telling_line_of_a_log_of_50_mb_is_found_wherever_it_stands(place: int) -> None:
    megabyte = NOISE * ((1 << 20) // len(NOISE))
    data = megabyte * place + MESSAGE.encode() + megabyte * (50 - place)
    pasted = read_pasted(io.BytesIO(data))
    assert MESSAGE.strip() in pasted.text
    assert len(pasted.text) <= LONGEST
    assert "first and last MiB" in pasted.left_out


def test_a_text_that_fits_is_read_whole_and_nothing_is_said() -> None:
    data = NOISE * ((3 << 20) // len(NOISE))
    pasted = read_pasted(io.BytesIO(data))
    assert (len(pasted.text), pasted.left_out) == (len(data), "")


def test_lines_of_one_kind_are_searched_once_however_many_there_are() -> None:
    log = "\n".join(f"{n} web{n % 9}: ssl error {n} for client 10.0.0.{n % 250}" for n in range(10_000))
    assert len(read(log).lines) < 20


def test_of_a_log_no_more_than_a_bounded_number_of_lines_is_searched() -> None:
    letters = "abcdefghij"
    log = "\n".join(f"ssl {''.join(letters[int(d)] for d in str(n))}" for n in range(10_000))
    assert len(read(log).lines) <= MOST_LINES


def test_a_log_of_which_no_line_speaks_of_tls_is_not_searched_at_all() -> None:
    assert read("GET /page 200\n" * 10_000).lines == ()
