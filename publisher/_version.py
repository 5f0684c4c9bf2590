"""The version of the package, and the name of its distribution."""

__version__ = "0.1.0"
DISTRIBUTION = "gongwen-publisher"
"""The name on PyPI, which ``importlib.metadata`` needs."""
