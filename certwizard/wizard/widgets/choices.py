"""One choice in a line: all that can be chosen, with the one that is."""

from collections.abc import Sequence

from textual.content import Content

from certwizard.wizard.pictures.canvas import clickable, line
from certwizard.wizard.styles import HERE, QUIET

Option = tuple[str, str]
"""What is chosen (id) and how it is called."""


def draw_choice(
    label: str, options: Sequence[Option], chosen: str, key: str, action: str, width: int
) -> Content:
    """Draw a choice; where not all options fit, those around the chosen one.

    Args:
        label: What is chosen.
        options: All options.
        chosen: Id of the chosen one.
        key: The key that takes the next.
        action: The action that takes one, called with its id.
        width: Cells there are.
    """
    ids = [option for option, _ in options]
    start = ids.index(chosen) if chosen in ids else 0
    if sum(len(title) + 2 for _, title in options) + len(label) + len(key) + 7 <= width:
        start = 0
    parts: list[Content] = [line((f"{label} ", QUIET))]
    for option, title in options[start:]:
        # What does not fit beside the key comes with the next press.
        used = sum(part.cell_length for part in parts) + len(title) + 2
        if len(parts) > 1 and used > width - len(f"  {key} next"):
            break
        style = f"bold {HERE} underline" if option == chosen else QUIET
        parts += [line(" "), clickable(line((title, style)), f"{action}('{option}')"), line(" ")]
    return line(*parts, clickable(line(("  " + key, f"bold {HERE}"), (" next", QUIET)), f"{action}('')"))
