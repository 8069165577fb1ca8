"""What the start asks, and how an answer becomes a target."""

import os

from certwizard.domain.target import Target

TAGLINE = "from “this certificate is invalid” to the proven fix"
QUESTION = "Which server, file or message shall we look at?"
EXPLANATION = "Write a host, a URL or the path of a file, or paste an error message, then press enter."
EXAMPLES = "a host or URL · smtp://host · a .pem .crt .p12 file · an error message"
PRACTICE_QUESTION = "Practice lab: servers broken on purpose, on this machine alone"
PRACTICE_WORDS = "Each scenario is a real server on this machine with a fault or two."


def understand(text: str) -> Target:
    """Return the target that the words name.

    Args:
        text: The words of the user.

    Raises:
        TargetError: Where they name none.
    """
    from certwizard.domain.target_parsing import parse_target

    return parse_target(text, is_file=os.path.isfile)
