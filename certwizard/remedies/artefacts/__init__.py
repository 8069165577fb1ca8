"""Files made for one target: calendar, inventory, policy."""
