"""The eight checks, each on its own, and the causes they find."""
