"""What a scenario of the practice lab is: one fault, what shows it, and what must be found."""

from dataclasses import dataclass

from certwizard.domain.options import ProbeOptions
from certwizard.domain.target import Target
from certwizard.domain.vocabulary import CauseId, Verdict


@dataclass(frozen=True, slots=True)
class Scenario:
    """One server (or set of files) broken on purpose."""

    id: str
    """``expired`` ...: unique, kebab-case; the cause's id where there is one scenario for it."""
    title: str
    """One line for lists, without the answer's term: what happens to the user."""
    story: str
    """One or two sentences: how servers get into this state."""
    verdict: Verdict
    root_cause: CauseId | None
    causes: frozenset[CauseId]
    """Every cause of severity error or warning that must be found, and no other."""


@dataclass(frozen=True, slots=True)
class OpenScenario:
    """A scenario that is being served (or whose files are written)."""

    scenario: Scenario
    target: Target
    options: ProbeOptions
    address: str
    """What to tell other programs: ``127.0.0.1:PORT`` or the file's path."""

    @property
    def trust_file(self) -> str:
        """The file of roots that another program has to be given to judge alike."""
        return self.options.vendor_roots or self.options.ca_files[0]
