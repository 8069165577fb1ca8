"""The other paths of a chain as a drawing."""

import pytest

from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.result import Diagnosis
from certwizard.wizard.pictures.other_paths import draw_other_paths
from tests import factory as f
from tests.unit.test_diagnosis_paths import cross_signed


def cross(old_days: tuple[float, float] = (-900, 900)) -> Diagnosis:
    """A chain that ends at a new root, or goes on to an old one over a cross certificate."""
    old, new = f.root("Old Root"), f.root("New Root")
    issuer = f.intermediate(new, "CA")
    chain = [f.leaf(issuer), issuer, cross_signed(old, new, old_days)]
    return diagnose(f.observation(chain, anchors=[old, new]))


def drawn(diagnosis: Diagnosis, width: int) -> list[str]:
    """The drawing as text."""
    return [row.plain for row in draw_other_paths(diagnosis, width)]


@pytest.mark.parametrize("width", [40, 54, 74, 94, 220])
def test_each_other_path_stands_from_where_it_parts_and_no_line_is_too_wide(width: int) -> None:
    rows = drawn(cross(), width)
    assert rows[0] == "Other paths that clients may take"
    assert all(len(row) <= width for row in rows)
    words = " ".join(" ".join(rows[1:]).split())
    assert words.startswith("✔ good … → CA (sent) → New Root (sent) → Old Root (in Mozilla, this system)")


def test_what_stands_against_a_path_is_named_with_its_certificate() -> None:
    rows = drawn(cross(old_days=(-900, -2)), 94)
    assert rows[1].startswith("! faulty")
    assert any("expired at New Root" in row for row in rows)


def test_a_path_that_breaks_off_says_so() -> None:
    known, unknown = f.root("Known Root"), f.root("Unknown Root")
    issuer = f.intermediate(known, "CA")
    chain = [f.leaf(issuer), issuer, cross_signed(unknown, known)]
    rows = drawn(diagnose(f.observation(chain, anchors=[known])), 94)
    assert rows[1].startswith("✘ broken")
    assert any("ends before a root that is trusted" in row or "untrusted" in row for row in rows)


def test_with_one_path_nothing_is_drawn() -> None:
    p = f.pki()
    assert drawn(diagnose(f.observation([p.leaf, p.intermediate], anchors=[p.root])), 94) == []
