"""The wizard: a Textual program that leads from a broken certificate to its repair."""
