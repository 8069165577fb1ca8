"""The practice lab: opens scenarios by their ids, serves them, and leaves nothing behind."""

import tempfile
import threading
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from certwizard.lab.bench import Bench
from certwizard.lab.catalogue import find_scenario
from certwizard.lab.network import Network
from certwizard.lab.pem import pem_block, pem_chain
from certwizard.lab.pki import Pki
from certwizard.lab.recipes.builders import BUILDERS
from certwizard.lab.responder import Responder
from certwizard.lab.scenario import OpenScenario


class Lab:
    """Loopback servers, each broken in one way; a context manager that stops them all."""

    def __init__(self, now: datetime | None = None) -> None:
        """Prepare the lab; keys and servers are made when first asked for.

        Args:
            now: The time certificates are made relative to; None: this machine's clock.
        """
        self._now = (now or datetime.now(UTC)).replace(microsecond=0)
        # TemporaryDirectory makes its folder with mode 0700.
        self._folder = tempfile.TemporaryDirectory(prefix="certwizard-lab-")
        self._network = Network()
        self._opened: dict[str, OpenScenario] = {}
        self._lock = threading.RLock()
        self._closed = False

    def __enter__(self) -> Self:
        """Return the lab."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the lab."""
        self.close()

    @cached_property
    def ca_file(self) -> str:
        """The path of the lab's root as PEM; removed on close."""
        path = Path(self._folder.name) / "practice-root.pem"
        path.write_bytes(pem_chain([self._pki.root.issued.der]))
        return str(path)

    @cached_property
    def vendor_roots(self) -> str:
        """The path of the "public" roots and logs as PEM, in place of what vendors ship."""
        path = Path(self._folder.name) / "practice-vendor-roots.pem"
        logs = [pem_block("PUBLIC KEY", log.public_key) for log in self._pki.public_logs]
        path.write_bytes(pem_chain(each.issued.der for each in self._pki.vendor_roots) + b"".join(logs))
        return str(path)

    def open(self, scenario_id: str) -> OpenScenario:
        """Serve a scenario, or return it where it is served already.

        Raises:
            KeyError: There is no scenario of that id.
            RuntimeError: The lab is closed.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the practice lab is closed")
            opened = self._opened.get(scenario_id)
            if opened is None:
                opened = self._opened[scenario_id] = self._build(scenario_id)
            return opened

    def close(self) -> None:
        """Stop every server and remove every file; a second call does nothing."""
        with self._lock:
            self._closed = True
            self._network.close()
            self._folder.cleanup()

    @cached_property
    def _pki(self) -> Pki:
        return Pki(Responder(self._network, self._now), self._now)

    def _build(self, scenario_id: str) -> OpenScenario:
        scenario = find_scenario(scenario_id)
        if scenario is None:
            raise KeyError(scenario_id)
        # The second file is written only for the scenarios that ask for it.
        bench = Bench(
            scenario,
            self._network,
            self._pki,
            Path(self._folder.name),
            self.ca_file,
            lambda: self.vendor_roots,
        )
        return BUILDERS[scenario_id](bench)
