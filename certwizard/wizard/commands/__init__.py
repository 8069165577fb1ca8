"""Commands: what the user can do, each defined once."""
