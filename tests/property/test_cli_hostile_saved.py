"""A saved observation changed at will is judged or refused; it never breaks the program or the screen."""

import copy
import json
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from certwizard.cli import main
from certwizard.domain.saved import encode_observation
from tests.factory import leaf, observation, pki

RAW = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
VALUES: tuple[object, ...] = (
    None, True, 0, -1, 2**31, 2**63, -(2**70), 1e308, 0.5, "", "\x1b[31mred", "\u202eevil", "a\nb\r", "\0",
    "[bold]x[/bold]", "$(touch pwned)", "-oProxyCommand=x", "\ud83d", "x" * 20_000, [], {}, [[]], "AAAA",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00",
    "timeout", "dns", "files", "smtp", "::1", "*.com", "xn--a", "/etc/passwd",
)  # fmt: skip


@cache
def _saved() -> object:
    chain = [leaf(pki().intermediate, days=(-90, -3)), pki().intermediate]
    return json.loads(encode_observation(observation(chain, anchors=(pki().root,))))


def _places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in _places(one, (*path, key)))]


def _changed(whole: object, place: tuple[str | int, ...], new: object) -> object:
    if not place:
        return new
    spot = whole = copy.deepcopy(whole)
    for key in place[:-1]:
        spot = spot[key]  # type: ignore[index]
    spot[place[-1]] = new  # type: ignore[index]
    return whole


def _replayed(data: bytes, *options: str) -> tuple[int, str, str]:
    out, error = StringIO(), StringIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seen.json")
        path.write_bytes(data)
        with redirect_stdout(out), redirect_stderr(error):
            code = main(["replay", str(path), *options])
    return code, out.getvalue(), error.getvalue()


@given(data=st.data(), form=st.sampled_from(["text", "json"]))
def test_a_changed_value_is_judged_or_refused(data: st.DataObject, form: str) -> None:
    whole = _saved()
    for _ in range(data.draw(st.integers(1, 3))):
        whole = _changed(
            whole, data.draw(st.sampled_from(_places(whole))), data.draw(st.sampled_from(VALUES))
        )
    encoded = json.dumps(whole).encode("utf-8", "surrogatepass")
    code, out, error = _replayed(encoded, "--format", form, "--explain")
    assert code in (0, 1, 2, 3, 64)
    assert not RAW.search(out + error)
    assert (error.count("\n"), out) == (1, "") if code == 64 else error == ""


@given(data=st.data(), noise=st.binary(max_size=4))
def test_a_changed_byte_is_judged_or_refused(data: st.DataObject, noise: bytes) -> None:
    encoded = json.dumps(_saved()).encode()
    at = data.draw(st.integers(0, len(encoded)))
    code, out, error = _replayed(encoded[:at] + noise + encoded[at + 1 :], "--quiet")
    assert code in (0, 1, 2, 3, 64)
    assert not RAW.search(out + error)
