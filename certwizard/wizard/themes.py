"""The two themes of the wizard: calm, and with four meanings of colour and no others."""

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
        "text-muted": "#929dad",
        "border": "#7db7ff",
        "border-blurred": "#2b3340",
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
    primary="#1b62b0",
    secondary="#1b62b0",
    accent="#1b62b0",
    success="#1d7a47",
    warning="#8f5b00",
    error="#b72c2c",
    foreground="#20252c",
    background="#fafaf7",
    surface="#f1f1ec",
    panel="#e3e4df",
    dark=False,
    variables={
        "text-success": "#1d7a47",
        "text-warning": "#8f5b00",
        "text-error": "#b72c2c",
        "text-accent": "#1b62b0",
        "text-primary": "#1b62b0",
        "text-muted": "#646c76",
        "border": "#1b62b0",
        "border-blurred": "#d5d7d1",
        "scrollbar": "#cdd0ca",
        "scrollbar-background": "#fafaf7",
        "scrollbar-hover": "#b5b9b1",
        "scrollbar-active": "#1b62b0",
        "markdown-h1-color": "#1b62b0",
        "markdown-h2-color": "#20252c",
        "markdown-h3-color": "#20252c",
    },
)

THEMES = (DARK, LIGHT)
