"""The practice lab: loopback servers that are broken on purpose, each in one way."""
