"""Conversion of the Chinese words in formulas.

Input: a mark of the source, and a converter whose edits are not recorded. Output: the mark; the MathML of a formula has its
words converted, as the text of the formula on one line has.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.text.characters import has_han
from publisher.text.edits import locate
from publisher.text.mathml import TOKENS, MathMLError, parse_mathml, write_mathml

if TYPE_CHECKING:
    from publisher.conversion.text_converter import TextConverter
    from publisher.model import Mark


def convert_formula(mark: Mark, converter: TextConverter) -> Mark:
    """Return a mark with its formula converted; any other mark is returned as it is."""
    if mark.kind != "formula" or not has_han(mark.value):
        return mark
    try:
        math = parse_mathml(mark.value)
    except MathMLError:
        return mark
    for token in math.iter():
        if token.tag in TOKENS and token.text:
            token.text = converter.convert(locate(token.text)).string
    return replace(mark, value=write_mathml(math))
