"""What the remedies are shown for: who asks, on which platform, by which way, in which shell."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from certwizard.domain.vocabulary import Role
from certwizard.remedies.model import Remedy, Shell
from certwizard.remedies.platforms import platforms_of
from certwizard.remedies.ways import TITLES as WAYS
from certwizard.remedies.ways import ways_of
from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.platforms import platform_title
from certwizard.wizard.roles import ROLES
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.choices import draw_choice

_SHELL_TITLES = {Shell.POSIX: "bash", Shell.POWERSHELL: "PowerShell", Shell.CMD: "cmd"}
SHELL_WIDTH = 36
WAY_WIDTH = 42


@dataclass(frozen=True, slots=True)
class ChoiceKeys:
    """The keys that take the next of each, as they are now."""

    role: str
    platform: str
    way: str
    shell: str


def next_shell(shell: Shell | None) -> Shell:
    """Return the shell after this one, in a ring that begins with bash.

    Args:
        shell: The one chosen; None: none yet.
    """
    every = list(Shell)
    return every[(every.index(shell or Shell.POSIX) + 1) % len(every)]


def draw_choices(
    role: Role | None,
    remedies: Sequence[Remedy],
    platform: str,
    way: str,
    shell: Shell | None,
    keys: ChoiceKeys,
    width: int,
) -> list[Content]:
    """Draw one row for who asks and by which way, and one for platform and shell.

    Args:
        role: Who asks; None where that changes nothing.
        remedies: What is shown.
        platform: The platform shown.
        way: The way to certificates shown; empty where there is no choice.
        shell: The shell chosen, if any.
        keys: The keys to name.
        width: Cells there are.
    """
    rows = []
    if role is not None:
        roles = [(words.role.value, words.short) for words in ROLES]
        ways = _ways(way, ways_of(remedies), keys.way, width)
        room = width - (ways.cell_length + 4 if ways else 0)
        asking = draw_choice("for", roles, role.value, keys.role, "screen.role", room)
        rows.append(line(asking, "    " if ways else "", ways))
    platforms = [(each, platform_title(each)) for each in platforms_of(remedies)]
    has_commands = any(step.command or step.verify for remedy in remedies for step in remedy.steps)
    shells = _shells(shell, keys.shell, width) if has_commands else line()
    if len(platforms) > 1:
        room = width - (shells.cell_length + 4 if has_commands else 0)
        choice = draw_choice("on ", platforms, platform, keys.platform, "screen.platform", room)
        rows.append(line(choice, "    " if has_commands else "", shells))
    elif has_commands:
        rows.append(shells)
    return rows


def _ways(way: str, known: Sequence[str], key: str, width: int) -> Content:
    """Draw the ways to certificates, on a narrow screen the one shown alone."""
    if not way:
        return line()
    if width >= 2 * WAY_WIDTH + 20:
        options = [(each, WAYS[each]) for each in known]
        return draw_choice("with", options, way, key, "screen.way", WAY_WIDTH)
    words = line(("with  ", QUIET), (WAYS[way], f"bold {HERE} underline"), (f"  {key}", f"bold {HERE}"))
    return clickable(words, "screen.way('')")


def _shells(shell: Shell | None, key: str, width: int) -> Content:
    chosen = shell or Shell.POSIX
    if width >= 2 * SHELL_WIDTH + 20:
        options = [(each.value, _SHELL_TITLES[each]) for each in Shell]
        return draw_choice("in ", options, chosen.value, key, "screen.shell", SHELL_WIDTH)
    words = line(
        ("in  ", QUIET), (_SHELL_TITLES[chosen], f"bold {HERE} underline"), (f"  {key}", f"bold {HERE}")
    )
    return clickable(words, "screen.shell('')")
