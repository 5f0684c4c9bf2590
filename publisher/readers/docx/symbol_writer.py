"""Writes the characters of symbol fonts into the text of a Word file: as Unicode, or as U+FFFD with a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Locator
from publisher.readers.docx.finding_rules import UNKNOWN_SYMBOL
from publisher.readers.docx.symbols import is_symbol_code, symbol_character
from publisher.readers.docx.text_builder import EditRule

if TYPE_CHECKING:
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.package import Element
    from publisher.readers.docx.text_builder import Paragraph, TextBuilder

_RULE = "symbol-font"
_REPLACEMENT_CHARACTER = 0xFFFD
_LARGEST_CODE = 0x10FFFF


class SymbolWriter:
    """Writes characters of symbol fonts into a text."""

    def __init__(self, builder: TextBuilder, findings: FindingCollector) -> None:
        """Write into ``builder``, and report unknown symbols to ``findings``."""
        self._builder = builder
        self._findings = findings

    def write(self, character: str, font: str, paragraph: Paragraph) -> None:
        """Write a character of a font that may be a symbol font."""
        mapped = symbol_character(character, font)
        code = f"{ord(character) & 0xFF:02X}"
        if mapped and mapped != character:
            reason = translatable(
                "code {code} of the font {font} is {mapped}",
                code=code,
                font=font[:40],
                mapped=mapped,
            )
            self._builder.write_replaced(
                paragraph, mapped, EditRule(_RULE, reason), before=character
            )
        elif mapped or not is_symbol_code(character):
            self._builder.write(paragraph, character, None)
        else:
            reason = translatable(
                "code {code} of the font {font} is not known", code=code, font=font[:40]
            )
            start = self._builder.length
            self._builder.write_replaced(
                paragraph, "\ufffd", EditRule(_RULE, reason), before=character
            )
            self._findings.add(
                UNKNOWN_SYMBOL, Locator(offset=start, length=1), code=code, font=font[:40]
            )

    def write_element(
        self, element: Element, omission: EditRule | None, paragraph: Paragraph
    ) -> None:
        """Write the character of a ``w:sym`` element (17.3.3.30)."""
        try:
            code = int(element.attributes.get("w:char", ""), 16)
        except ValueError:
            code = _REPLACEMENT_CHARACTER
        if not 0x20 <= code <= _LARGEST_CODE or 0xD800 <= code <= 0xDFFF:
            code = _REPLACEMENT_CHARACTER
        if omission is None:
            self.write(chr(code), element.attributes.get("w:font", ""), paragraph)
        else:
            self._builder.write(paragraph, chr(code), omission)
