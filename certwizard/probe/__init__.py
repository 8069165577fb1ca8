"""The only room with sockets, files, subprocesses and the clock: from a Target to an Observation."""
