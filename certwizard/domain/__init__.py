"""Plain facts on certificates, names and targets: no I/O, no clock, no screen."""
