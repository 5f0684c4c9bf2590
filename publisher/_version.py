"""The version of the package, which no module has to load the package for."""

__version__ = "0.1.0"
