"""Preflight: whether a file is what a print shop can print."""
