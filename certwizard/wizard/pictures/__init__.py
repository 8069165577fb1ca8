"""Pictures: pure functions that draw lines of styled text for a width."""
