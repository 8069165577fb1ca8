"""Explains what a client printed: pure, from text and the catalogue alone."""
