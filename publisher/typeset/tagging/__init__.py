"""Tagging: the structure tree of a PDF (ISO 32000-1, 14.7 and 14.8)."""
