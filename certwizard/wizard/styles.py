"""The meanings that colour may have, as style strings of the theme: four, and quiet for what is secondary."""

GOOD = "$text-success"
ATTENTION = "$text-warning"
BROKEN = "$text-error"
HERE = "$text-accent"
QUIET = "$text-muted"
STRONG = "bold"
