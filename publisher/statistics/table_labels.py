"""How the labels of rows are numbered in the forms of 2014 to 2018."""

from __future__ import annotations

import re

LEVELS = (
    re.compile("[一二三四五六七八九十]+[、．.]"),
    re.compile("[（(][一二三四五六七八九十]+[）)]"),
    re.compile("[0-9]+[．.、]"),
    re.compile("[（(][0-9]+[）)]"),
)
"""The numbering of row labels, the outermost level first."""
