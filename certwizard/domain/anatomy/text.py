"""A certificate taken apart, as text that can be copied into a ticket."""

from certwizard.domain.anatomy.part import Part

MOST_LINES = 5_000


def as_text(root: Part) -> str:
    """Return every part in a line of its own, indented by how deep it stands.

    Args:
        root: The whole certificate.
    """
    lines: list[str] = []
    waiting = [(child, 0) for child in reversed(root.children)]
    while waiting and len(lines) < MOST_LINES:
        part, depth = waiting.pop()
        note = f"  [{part.note}]" if part.note else ""
        lines.append(f"{'  ' * depth}{part.label}: {part.value}{note}")
        waiting += [(child, depth + 1) for child in reversed(part.children)]
    if waiting:
        lines.append(f"... {len(waiting)} more")
    return "\n".join(lines)
