"""A reader, a rule, a check and a style for the reports of Yunping, an invented city."""

from pathlib import Path

STYLE = Path(__file__).with_name("yunping")
"""The folder of the style."""
