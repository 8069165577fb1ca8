"""What the remedies are shown for: who asks, on which platform, in which shell."""

from collections.abc import Sequence

from textual.content import Content

from certwizard.domain.vocabulary import Role
from certwizard.remedies.model import Remedy, Shell
from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.platforms import platform_title, platforms_of
from certwizard.wizard.roles import ROLES
from certwizard.wizard.styles import HERE, QUIET
from certwizard.wizard.widgets.choices import draw_choice

_SHELL_TITLES = {Shell.POSIX: "bash", Shell.POWERSHELL: "PowerShell", Shell.CMD: "cmd"}
SHELL_WIDTH = 34


def next_shell(shell: Shell | None) -> Shell:
    """Return the shell after this one, in a ring that begins with bash.

    Args:
        shell: The one chosen; None: none yet.
    """
    every = list(Shell)
    return every[(every.index(shell or Shell.POSIX) + 1) % len(every)]


def draw_choices(
    role: Role | None, remedies: Sequence[Remedy], platform: str, shell: Shell | None, width: int
) -> list[Content]:
    """Draw one row for who asks, and one for platform and shell.

    Args:
        role: Who asks; None where that changes nothing.
        remedies: What is shown.
        platform: The platform shown.
        shell: The shell chosen, if any.
        width: Cells there are.
    """
    rows = []
    if role is not None:
        roles = [(words.role.value, words.short) for words in ROLES]
        rows.append(draw_choice("for", roles, role.value, "o", "screen.role", width))
    platforms = [(each, platform_title(each)) for each in platforms_of(remedies)]
    has_commands = any(step.command or step.verify for remedy in remedies for step in remedy.steps)
    shells = _shells(shell, width) if has_commands else line()
    if len(platforms) > 1:
        room = width - (shells.cell_length + 4 if has_commands else 0)
        choice = draw_choice("on ", platforms, platform, "s", "screen.platform", room)
        rows.append(line(choice, "    " if has_commands else "", shells))
    elif has_commands:
        rows.append(shells)
    return rows


def _shells(shell: Shell | None, width: int) -> Content:
    chosen = shell or Shell.POSIX
    if width >= 2 * SHELL_WIDTH + 20:
        options = [(each.value, _SHELL_TITLES[each]) for each in Shell]
        return draw_choice("in ", options, chosen.value, "h", "screen.shell", SHELL_WIDTH)
    words = line(("in  ", QUIET), (_SHELL_TITLES[chosen], f"bold {HERE} underline"), ("  h", f"bold {HERE}"))
    return clickable(words, "screen.shell('')")
