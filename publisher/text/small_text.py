"""Superscripts and subscripts in plain text: what is written for them where a text has no typography.

Input: the raised or lowered text and its neighbours. Output: the text that is published, and whether the page raises or
lowers it. Exponents, charges and indices of digits and signs are Unicode's superscripts and subscripts (m³, CO₂, SO₄²⁻).
Anything else stays as it is and is raised or lowered by the page (PM2.5, NOx, 3rd), so that a search for what people type
finds it. A raised number after words is the mark of a note, [1]. No digit ever joins a figure that it does not belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from publisher.messages import translatable

_HALF_WIDTH = str.maketrans("０１２３４５６７８９＋－（）＝", "0123456789+-()=")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–()=n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾⁼ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-−–()=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎₌")
_FIGURES = re.compile(r"[0-9+\-−–()=]{1,12}")
_SUPERSCRIPT_FIGURES = re.compile(r"[0-9+\-−–()=]{1,12}|n")
_SIGNED = re.compile(r"[+\-−–][0-9]{1,4}|[0-9]{1,2}[+\-−–]")
"""An exponent with its sign, or a charge."""
_NOTE_NUMBER = re.compile("[0-9]{1,3}")
_NOTE_NUMBERS = re.compile("[0-9]{1,3}(?:[,，、–—~～-][0-9]{1,3})+")
NOTE_SIGN = re.compile(r"[①-⑳*＊※†‡]|[\[［〔(（][注註]?[0-9①-⑳]{1,3}[\]］〕)）]")
"""A mark of a note that is published as it is written."""
NOTE_BEHIND_FIGURE = re.compile(rf" ?(?:{NOTE_SIGN.pattern}|[注註][0-9]{{1,2}}){{1,3}}$")
"""The marks of notes behind a figure of a table: 12.5①, 3,350*, 98注1."""
_UNIT = "(?:[kcdmhnpµμMGT]?(?:mol|Pa|Hz|rad|m|g|s|L|l|N|W|J|K|A|V|C|F|Ω)|eq|in|ft|yd|mi|min|h|d|a|ha|sr|bar|t)"
_BEFORE_EXPONENT = re.compile(
    rf"(?:^|[^A-Za-z])(?:{_UNIT}|sin|cos|tan|log|lg|ln|exp|e)$"
    "|(?:^|[^A-Za-z])[A-Za-z]$|[\u0370-\u03ff\u2126℃]$|米$"
    "|[0-9)⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀-₉₊₋₎]$"
)
"""The end of a text after which raised figures are an exponent and not the mark of a note."""
_BEFORE_CHARGE = re.compile("[A-Za-z0-9)）\\]₀-₉⁰¹²³⁴-⁹]$")
_BEFORE_INDEX = re.compile("[A-Za-z0-9\u0370-\u03ff)）\\]₀-₉⁰¹²³⁴-⁹]$")
_FORMULA_BRACKET = re.compile("[(（][^()（）\u3400-\u9fff%％‰]*）$")
"""A bracket whose content is a formula."""
_PARTICLE = re.compile("(?:^|[^A-Za-z])(?:PM|ＰＭ)$")
_NUCLIDE = re.compile(
    "(?:7Be|1[14]C|13C|1[35]N|1[58]O|22Na|3[23]P|35S|40K|54Mn|5[78]Co|60Co|65Zn|8[59]Sr|90Sr|9[05]Zr|9[59]Nb|99m?Tc"
    "|10[36]Ru|110m?Ag|12[59]I|13[1-5]I|13[1-7]Cs|14[0-4]Ce|210P[bo]|22[02]Rn|22[3468]Ra|23[0-4]Th|23[3-9]U|23[89]Pu"
    "|24[0-2]Pu|24[134]Am)(?![A-Za-z])"
)
"""Radioactive and stable nuclides of environmental reports; their mass number is raised before the symbol."""
SEPARATOR = "\u3000"
"""What is written between two figures that would otherwise be read as one."""
CONTEXT_LENGTH = 24
"""Characters before and after a small text that its reading depends on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSmallText:
    """What is published for a superscript or a subscript."""

    text: str
    reason: str = ""
    """Why it differs from the source; empty if it does not."""
    note_mark: bool = False
    """Whether it is the mark of a note."""
    raised_by_page: bool = True
    """Whether the page sets it small; Unicode's superscripts are small already."""


def publish_small_text(
    string: str, before: str, following: str, *, position: Literal["superscript", "subscript"]
) -> PublishedSmallText:
    """Return what is published for a superscript or a subscript.

    Args:
        string: The text; not blank.
        before: The published text before it in its line; the last ``CONTEXT_LENGTH`` characters are enough.
        following: The text after it in its line, likewise.
        position: Whether it is raised or lowered.

    """
    compact = "".join(string.split()).translate(_HALF_WIDTH)
    superscript = position == "superscript"
    if superscript:
        if NOTE_SIGN.fullmatch(compact):
            return PublishedSmallText(text=string, note_mark=True)
        if _is_note_number(compact, before, following):
            return PublishedSmallText(
                text=f"[{compact}]", reason="the mark of a note is raised", note_mark=True
            )
    small = _unicode_form(compact, before, following, superscript=superscript)
    if small:
        reason = translatable(
            "{raised}, not a figure of its own", raised="raised" if superscript else "lowered"
        )
        return PublishedSmallText(text=small, reason=reason, raised_by_page=False)
    if before[-1:].isdecimal() and compact[:1].isdecimal():
        sign = "^" if superscript else "_"
        reason = translatable(
            "{raised}, not a part of the figure before it",
            raised="raised" if superscript else "lowered",
        )
        return PublishedSmallText(text=f"{sign}({compact})", reason=reason, raised_by_page=False)
    if compact[-1:].isdecimal() and following[:1].isdecimal():
        return PublishedSmallText(
            text=f"{string}{SEPARATOR}", reason="two figures, of which one is raised or lowered"
        )
    return PublishedSmallText(text=string)


def joins_figures(before: str, following: str) -> bool:
    """Return whether two adjacent texts would read as one figure."""
    return before[-1:].isdecimal() and following[:1].isdecimal()


def _is_note_number(string: str, before: str, following: str) -> bool:
    """Return whether a raised text of digits is the mark of a note, or of several."""
    if _NOTE_NUMBER.fullmatch(string):
        starts_line = not before.strip()
        is_mass_number = _NUCLIDE.match(string + following) and (len(string) > 1 or not starts_line)
        return not (is_mass_number or _is_exponent_base(before))
    return bool(_NOTE_NUMBERS.fullmatch(string)) and not _BEFORE_INDEX.search(before)


def _is_exponent_base(before: str) -> bool:
    """Return whether a raised figure after a text is its exponent."""
    return bool(_BEFORE_EXPONENT.search(before) or _FORMULA_BRACKET.search(before))


def _unicode_form(string: str, before: str, following: str, *, superscript: bool) -> str:
    """Return a text in Unicode's superscripts or subscripts; empty if it is to stay as it is."""
    if superscript:
        is_small = _SUPERSCRIPT_FIGURES.fullmatch(string) and (
            _SIGNED.fullmatch(string)
            or _BEFORE_CHARGE.search(before)
            or _is_exponent_base(before)
            or _NUCLIDE.match(string + following)
        )
        return string.translate(_SUPERSCRIPTS) if is_small else ""
    if not _FIGURES.fullmatch(string) or not _BEFORE_INDEX.search(before):
        return ""
    if _PARTICLE.search(before) and string.isdecimal() and not following[:1].isdecimal():
        return ""
    return string.translate(_SUBSCRIPTS)
