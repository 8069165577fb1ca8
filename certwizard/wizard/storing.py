"""Saves the marked block of a screen, and says where it went or why it did not."""

from pathlib import Path
from typing import Any

from textual.app import App

from certwizard.domain.cleantext import clean
from certwizard.wizard.blocks import Block
from certwizard.wizard.saving import file_name, save_block


def save_marked(app: App[Any], block: Block) -> None:
    """Write a block to a file in the folder the wizard was started in.

    Args:
        app: The running wizard.
        block: What to write.
    """
    name = file_name(block.where, block.language)
    try:
        path = save_block(block.text, name, block.language, Path.cwd())
    except OSError as error:
        words = f"{name} cannot be written here: {error.strerror or error}"
        app.notify(clean(words), severity="error", markup=False)
        return
    app.notify(clean(f"Saved: {path}"), markup=False, timeout=6)
