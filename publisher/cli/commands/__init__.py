"""The commands, one a module; each takes the parsed arguments and a ``Console``."""
