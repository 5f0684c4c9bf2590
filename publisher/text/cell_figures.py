"""Figures in cells of tables, with their signs: a minus, △ and ▲ of accounts, or brackets around the figure.

Input: the text of a cell. Output: its figure as a plain decimal.
"""

from __future__ import annotations

import re

from publisher.text.plain_digits import to_plain_digits

_DIGITS = r"\d[\d,]{0,999}(?:\.\d{1,999})?"
_AMOUNT = (
    r"(?:\d{1,3}(?:,\d{3}){1,99}|(?!(?:19|20)\d\d\D)\d{3,999}|\d{1,999}(?=\.))(?:\.\d{1,999})?"
)
"""A figure that brackets make negative; （1） and （2023） are a number and a year."""
_FIGURE = re.compile(
    rf"(?:(?P<sign>[-−－–+＋△▲▽▼]\s?)?(?P<value>{_DIGITS})|[（(]\s?(?P<negative>{_AMOUNT})\s?[）)])(?P<unit>[万亿萬億]?元)?"
)
"""A cell with a figure. 本年增/减 may have a plus sign; money may have its unit."""
_SHARE = re.compile(r"\s?(?P<unit>[%％‰]|[个個]百分[点點])$")
_PLUS = "+＋"


def match_figure(text: str) -> re.Match[str] | None:
    """Return the match of a cell that is a figure; its group ``unit`` is that of money, if the cell has it."""
    return _FIGURE.fullmatch(to_plain_digits(text.strip()))


def read_figure(text: str) -> tuple[str, str]:
    """Return the figure of a cell as a plain decimal, and its unit if the cell has it; two empty texts for a cell of words.

    A percentage is a figure with its unit, which is not added to the figures around it.

    Example:
        >>> read_figure("1,234元"), read_figure("-5.0%"), read_figure("0.6个百分点"), read_figure("12人")
        (('1234', '元'), ('-5.0', '%'), ('0.6', '个百分点'), ('', ''))

    """
    share = _SHARE.search(text.strip())
    figure = match_figure(text.strip()[: share.start()] if share else text)
    if figure is None or (share and figure["unit"]):
        return "", ""
    return _decimal(figure), share["unit"] if share else figure["unit"] or ""


def plain_figure(text: str) -> str:
    """Return the figure of a cell as a plain decimal; empty if it has none.

    Example:
        >>> plain_figure("1,234元"), plain_figure("△200"), plain_figure("（200）"), plain_figure("（1）")
        ('1234', '-200', '-200', '')
        >>> plain_figure("４１．５")
        '41.5'

    """
    figure = match_figure(text)
    return _decimal(figure) if figure else ""


def _decimal(figure: re.Match[str]) -> str:
    sign = (figure["sign"] or "").strip()
    is_negative = bool(figure["negative"]) or bool(sign and sign not in _PLUS)
    digits = (figure["value"] or figure["negative"]).replace(",", "")
    return f"-{digits}" if is_negative else digits
