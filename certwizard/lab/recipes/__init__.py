"""The scenarios of the practice lab, grouped as the causes are."""
