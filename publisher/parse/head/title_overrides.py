"""The title that a person decided, in place of the printed one or where none is printed.

Input: the lines of the title or the first line of the text, and the new title. Output: the changed texts and their edits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from publisher.model import Edit, Text
    from publisher.parse.entries import Line

TITLE_OVERRIDE = "title-override"
"""The rule of the edits that replace or insert a title."""
_OVERRIDDEN = "a person decided the title"


def replace_title(
    title: tuple[Text, ...], new_title: str
) -> tuple[tuple[Text, ...], tuple[Edit, ...]]:
    """Replace the printed title by ``new_title``."""
    edits: list[Edit] = []
    replaced = []
    for index, part in enumerate(title):
        after = "" if index else new_title
        change = Replacement(start=0, end=len(part), after=after, reason=_OVERRIDDEN)
        text, changes = apply_edits(part, [change], stage="normalise", rule=TITLE_OVERRIDE)
        edits.extend(changes)
        if text.string:
            replaced.append(text)
    return tuple(replaced), tuple(edits)


def insert_title(line: Line, new_title: str) -> tuple[Text, Line, tuple[Edit, ...]]:
    """Insert the title above a line; return the title, the line, and the edits."""
    change = Replacement(start=0, end=1, after=f"{new_title}\n{line.string[0]}", reason=_OVERRIDDEN)
    text, changes = apply_edits(line.text, [change], stage="normalise", rule=TITLE_OVERRIDE)
    following = replace(line, text=text.slice(len(new_title) + 1))
    return text.slice(0, len(new_title)), following, changes
