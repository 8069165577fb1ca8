"""From what was seen to what it means: pure functions, no clock and no I/O."""
