"""Tagging: the structure tree of a PDF (ISO 32000-1, 14.7 and 14.8)."""

from publisher.system import compiled_modules

compiled_modules.install(__name__, __path__)
