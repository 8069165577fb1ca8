"""What the tests against real server programs share."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factory import pki
from tests.real.real_servers import Material, write_material


@pytest.fixture
def material(tmp_path: Path) -> Material:
    """The good chain as files."""
    return write_material(tmp_path, pki().chain)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a server's own user can enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
