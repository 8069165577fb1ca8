"""A terminal wizard that leads from "this certificate is invalid" to the proven fix."""

__version__ = "0.1.0"
