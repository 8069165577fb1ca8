"""The sentences of an explanation (explanation_words.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def explanation_words() -> Mapping[str, Mapping[str, str]]:
    """Return the tables ``means``, ``silent`` and ``hint``."""
    text = files("certwizard.knowledge").joinpath("explanation_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
