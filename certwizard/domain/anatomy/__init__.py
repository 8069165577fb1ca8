"""A certificate taken apart: every field and extension with its value in words and its place in the bytes."""
