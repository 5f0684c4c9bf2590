"""The fonts: what the catalogue names, and what of it is on this machine."""
