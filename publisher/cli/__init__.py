"""The command line: what can be typed, what the commands do, and how they speak."""
