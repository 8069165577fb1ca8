"""The themes of the wizard: calm, and with four meanings of colour and no others."""

from textual.theme import Theme

DARK = Theme(
    name="certwizard-dark",
    primary="#7db7ff",
    secondary="#7db7ff",
    accent="#7db7ff",
    success="#77c79a",
    warning="#e3b45c",
    error="#f2777a",
    foreground="#d6dce5",
    background="#14181f",
    surface="#1a1f28",
    panel="#252c38",
    dark=True,
    variables={
        "text-success": "#77c79a",
        "text-warning": "#e3b45c",
        "text-error": "#f78b8e",
        "text-accent": "#8fc1ff",
        "text-primary": "#8fc1ff",
        "text-muted": "#9fa9b8",
        "border": "#7db7ff",
        "border-blurred": "#2b3340",
        "input-selection-background": "#334762",
        "scrollbar": "#2f3847",
        "scrollbar-background": "#14181f",
        "scrollbar-hover": "#445066",
        "scrollbar-active": "#7db7ff",
        "markdown-h1-color": "#8fc1ff",
        "markdown-h2-color": "#d6dce5",
        "markdown-h3-color": "#d6dce5",
    },
)

LIGHT = Theme(
    name="certwizard-light",
    primary="#124f91",
    secondary="#124f91",
    accent="#124f91",
    success="#125a33",
    warning="#6e4500",
    error="#9a1f1f",
    foreground="#20252c",
    background="#fafaf7",
    surface="#f1f1ec",
    panel="#e3e4df",
    dark=False,
    variables={
        "text-success": "#125a33",
        "text-warning": "#6e4500",
        "text-error": "#9a1f1f",
        "text-accent": "#124f91",
        "text-primary": "#124f91",
        "text-muted": "#4d545e",
        "border": "#124f91",
        "border-blurred": "#d5d7d1",
        "input-selection-background": "#b4c6d8",
        "scrollbar": "#cdd0ca",
        "scrollbar-background": "#fafaf7",
        "scrollbar-hover": "#b5b9b1",
        "scrollbar-active": "#124f91",
        "markdown-h1-color": "#124f91",
        "markdown-h2-color": "#20252c",
        "markdown-h3-color": "#20252c",
    },
)

CONTRAST = Theme(
    name="certwizard-contrast",
    primary="#8fd3ff",
    secondary="#8fd3ff",
    accent="#8fd3ff",
    success="#7cf5a5",
    warning="#ffdf5d",
    error="#ffb3ad",
    foreground="#ffffff",
    background="#000000",
    surface="#0d0d0d",
    panel="#1f1f1f",
    dark=True,
    variables={
        "text-success": "#7cf5a5",
        "text-warning": "#ffdf5d",
        "text-error": "#ffb3ad",
        "text-accent": "#a8deff",
        "text-primary": "#a8deff",
        "text-muted": "#d6d6d6",
        "border": "#ffffff",
        "border-blurred": "#9a9a9a",
        "input-selection-background": "#2b3f4c",
        "scrollbar": "#9a9a9a",
        "scrollbar-background": "#000000",
        "scrollbar-hover": "#d6d6d6",
        "scrollbar-active": "#ffffff",
        "markdown-h1-color": "#a8deff",
        "markdown-h2-color": "#ffffff",
        "markdown-h3-color": "#ffffff",
    },
)

TERMINAL = Theme(
    name="certwizard-terminal",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_cyan",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "text-success": "ansi_green",
        "text-warning": "ansi_yellow",
        "text-error": "ansi_red",
        "text-accent": "ansi_cyan",
        "text-primary": "ansi_cyan",
        "text-muted": "ansi_default",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "scrollbar": "ansi_cyan",
        "scrollbar-background": "ansi_default",
        "scrollbar-hover": "ansi_cyan",
        "scrollbar-active": "ansi_cyan",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "input-cursor-background": "ansi_cyan",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
        "markdown-h1-color": "ansi_cyan",
        "markdown-h2-color": "ansi_default",
        "markdown-h3-color": "ansi_default",
    },
)
"""The terminal's own colours: what its owner chose, and all that 16 colours can show."""

THEMES = (DARK, LIGHT, CONTRAST, TERMINAL)
TITLES = {
    DARK.name: "dark",
    LIGHT.name: "light",
    CONTRAST.name: "high contrast",
    TERMINAL.name: "the terminal's own",
}


def next_theme(name: str) -> str:
    """Return the theme after this one, in a ring.

    Args:
        name: Of the theme shown now.
    """
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
