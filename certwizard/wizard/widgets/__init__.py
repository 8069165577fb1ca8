"""Widgets: parts that several screens share."""
