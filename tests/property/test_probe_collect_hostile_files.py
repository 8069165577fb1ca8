"""No bytes in a file or an answer break the readers."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from certwizard.domain.der import DerError
from certwizard.probe.ber import definite
from certwizard.probe.files import read_bytes
from certwizard.probe.foreign import name_foreign
from certwizard.probe.lock_work import too_much_work
from certwizard.probe.outline import organisation_of, outline_of
from certwizard.probe.pem import find_blocks
from certwizard.probe.shapes import shape_of
from tests import factory

LEAF = factory.pki().leaf.der
TOKENS = st.sampled_from(
    [b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----", b"-----BEGIN ", b"\n", b"\r", b"\\n", b"MIIB",
     b"\x30\x80", b"\x30\x82\xff\xff", b"\0\0", b"\xff\xfe", b"\xef\xbb\xbf", b"Proc-Type: 4,ENCRYPTED\n"]
)  # fmt: skip
PIECES = st.lists(TOKENS | st.binary(max_size=40), max_size=12).map(b"".join)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a certificate with some bytes changed and its end perhaps cut."""
    data = bytearray(LEAF)
    for _ in range(draw(st.integers(1, 6))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))])


@given(PIECES | damaged())
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_read_or_named(data: bytes) -> None:
    file = read_bytes(data, "file").file
    assert bool(file.chain) != (file.failure is not None)
    assert all(note.isprintable() for note in file.notes)
    if file.failure is not None:
        assert file.failure.detail.isprintable()
    assert name_foreign(data).spoke


@given(PIECES | damaged())
@settings(deadline=None, max_examples=300)
def test_any_bytes_have_a_shape_and_perhaps_an_outline(data: bytes) -> None:
    shape_of(data)
    too_much_work(data)
    organisation_of(data)
    outline = outline_of(data)
    assert outline is None or outline.subject in data
    with contextlib.suppress(DerError):
        assert definite(data)[:1] == data[:1]


@given(st.text(max_size=300))
def test_any_text_is_searched_for_blocks(text: str) -> None:
    for block in find_blocks(text.encode("utf-8", "surrogatepass")).blocks:
        assert block.der or block.problem
