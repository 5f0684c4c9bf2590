"""Formulas in the sources: TeX becomes MathML, and each formula has a text on one line.

``Formula`` is what the readers of all formats make of a formula: the text that replaces it, and its MathML in the normal
form of ``text.mathml``. A formula that has no normal form keeps its words as text, and is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.finding_rules import UNSET_FORMULA
from publisher.readers.formulas.linear_text import linear_text
from publisher.readers.formulas.tex import read_tex
from publisher.text.mathml import MathMLError, normal_form, write_mathml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from publisher.model import Finding, Locator

RULE = "formula"
REASON = "a formula is written on one line"
_QUOTED = 40
"""Characters of a formula that a finding quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula that can be set."""

    text: str
    """The formula on one line, such as (a+b)/2."""
    mathml: str
    """Its normal form."""


def formula_from_mathml(tree: Element) -> Formula:
    """Return a formula from MathML; raise ``MathMLError`` if it has no normal form."""
    math = normal_form(tree)
    return Formula(text=linear_text(math), mathml=write_mathml(math))


def formula_from_tex(tex: str, *, display: bool) -> Formula:
    """Return a formula from TeX, without its delimiters; raise ``MathMLError`` if it cannot be read."""
    math = read_tex(tex, display=display)
    return Formula(text=linear_text(math), mathml=write_mathml(math))


def unset_formula(text: str, error: MathMLError, locator: Locator) -> Finding:
    """Return the finding about a formula that stays text."""
    quoted = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    return UNSET_FORMULA.finding(locator, formula=quoted, reason=error.reason)
