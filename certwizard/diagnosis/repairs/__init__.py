"""Judging again with something changed, to find what turns the verdict green."""
