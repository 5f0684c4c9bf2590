"""Patches that make our copy of WeasyPrint faster and its files smaller."""

from publisher.system import compiled_modules

compiled_modules.install(__name__, __path__)
