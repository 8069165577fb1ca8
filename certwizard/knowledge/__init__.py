"""What people need to know: lessons, client profiles, and the rules that change with time."""
