"""What the properties of a run make of its text on Word's page: capitals, and the brackets of two lines in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.docx.text_builder import EditRule

if TYPE_CHECKING:
    from publisher.readers.docx.package import Element
    from publisher.readers.docx.text_builder import Paragraph, TextBuilder

CAPITALS = EditRule("capitals", "letters that Word sets as capitals")
_BRACKETS_RULE = EditRule("drawn-brackets", "brackets that Word draws around two lines in one")
_BRACKETS = {"round": "（）", "square": "［］", "angle": "〈〉", "curly": "｛｝"}
"""The brackets by the name that the standard gives them (ECMA-376, 17.18.8)."""


def to_capitals(string: str) -> str:
    """Return a string as Word sets it in capitals (17.3.2.5); only letters with one capital change.

    Example:
        >>> to_capitals("gdp 3µm")
        'GDP 3µM'

    """
    return "".join(map(_capital, string))


def _capital(character: str) -> str:
    capital = character.upper()
    return capital if capital.lower() == character else character


class CombinedLines:
    """Writes the brackets around runs that Word sets as two lines in one (17.3.2.10)."""

    def __init__(self, builder: TextBuilder) -> None:
        """Write into ``builder``."""
        self._builder = builder
        self._open = ("", "")
        """The identity of the group of runs that is open, and its closing bracket; both empty for none."""

    def begin_run(self, properties: Element | None, paragraph: Paragraph) -> None:
        """Write the bracket that opens a group, if the run begins one; close the group before it."""
        layout = properties.child("w:eastAsianLayout") if properties else None
        attributes = layout.attributes if layout else {}
        is_combined = attributes.get("w:combine") in ("1", "true", "on")
        brackets = _BRACKETS.get(attributes.get("w:combineBrackets", ""), "")
        if is_combined and brackets:
            group = attributes.get("w:id", ""), brackets[1]
            if group != self._open:
                self.end_group(paragraph)
                self._open = group
                self._builder.write_replaced(paragraph, brackets[0], _BRACKETS_RULE)
        else:
            self.end_group(paragraph)

    def end_group(self, paragraph: Paragraph) -> None:
        """Write the bracket that closes the group of runs, if one is open."""
        closing = self._open[1]
        self._open = ("", "")
        if closing:
            self._builder.write_replaced(paragraph, closing, _BRACKETS_RULE)
