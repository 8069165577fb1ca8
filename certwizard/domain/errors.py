"""The one family of errors that reach the user as a line.

CertwizardError
├── TargetError      a target that cannot be understood (usage error)
├── OptionError      an option whose value cannot be understood (usage error)
└── SavedFileError   a saved observation that cannot be read
"""


class CertwizardError(Exception):
    """Something the user can put right; its text is one clean line."""


class TargetError(CertwizardError):
    """The words of the user name no target."""

    def __init__(self, understood: str, expected: str) -> None:
        """Say what was understood and what is expected, both clean."""
        super().__init__(f"{understood}; expected {expected}")
        self.understood = understood
        self.expected = expected


class OptionError(CertwizardError):
    """An option's value cannot be understood."""


class SavedFileError(CertwizardError):
    """A saved observation cannot be read."""
