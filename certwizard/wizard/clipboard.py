"""This machine's clipboard, for every form of the wizard."""


def machine_took(text: str) -> bool:
    """Copy a text to this machine's clipboard; False where it has none. May start a program and wait for it.

    Args:
        text: What to copy.
    """
    import pyperclip  # type: ignore[import-untyped] # the package has no types

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True
