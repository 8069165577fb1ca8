"""Light syntax colours for commands and configuration: words that act, options, texts and comments."""

import re

from textual.content import Content

from certwizard.wizard.styles import GOOD, HERE, QUIET

_SHELL = re.compile(
    r"(?P<comment>(?:^|\s)#.*$)|(?P<text>'[^']*'|\"[^\"]*\")|(?P<option>(?<=\s)-{1,2}[\w-]+)|(?P<glue>\|\||&&|[|;<>])"
)
_CONFIG = re.compile(
    r"(?P<comment>^\s*[#;].*$)|(?P<text>\"[^\"]*\"|'[^']*')|(?P<option>^\s*[\w.-]+)(?=[\s=:])"
)
_STYLES = {"comment": QUIET, "text": GOOD, "option": HERE, "glue": f"bold {HERE}", "program": "bold"}
SHELLS = ("bash", "sh", "powershell", "cmd", "console")
_PROGRAM = re.compile(r"(?:^|(?:\||&&|;)\s*)(?:sudo\s+)?(?P<program>[\w./+-]+)")
PROSE = ("text", "mail", "")


def colour(text: str, language: str) -> Content:
    """Return one line with the colours of its language; nothing in it is read as markup.

    Args:
        text: One line.
        language: ``bash`` ``nginx`` ``ini`` ``text`` ...
    """
    content = Content(text)
    if language in PROSE:
        return content
    if language in SHELLS:
        for found in _PROGRAM.finditer(text):
            content = content.stylize(_STYLES["program"], found.start("program"), found.end("program"))
    for found in (_SHELL if language in SHELLS else _CONFIG).finditer(text):
        kind = found.lastgroup
        if kind is not None:
            content = content.stylize(_STYLES[kind], *found.span(kind))
    return content
