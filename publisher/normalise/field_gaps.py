"""Gaps that part two fields of a line: a period and what was done in it, options, blanks, figures of a series.

Input: a line and the span of a gap. Output: whether the gap is meant. Source: the usage of curricula vitae, forms
and tables in public documents.
"""

from __future__ import annotations

import re

from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, is_han

MEASURE = re.compile(
    "[个個](?:百分|月|[，。])|[亿億][元吨人]|[万萬][元吨噸人亩畝户戶件]|元|倍|公[里顷頃斤]|[吨噸]|平方|立方|人[次，。]|[%‰℃]"
)
"""What a decimal figure counts; a decimal heading has no such word behind it."""
_MONTH = "(?:19|20)\\d\\d[.．/](?:0?[1-9]|1[0-2])(?:[.．/]\\d{1,2})?"
_TIME = f"(?:{_MONTH}|\\d{{1,2}}[:：]\\d\\d)"
_DASH = f"[{SPACES}]?[-—–－~～至]{{1,2}}[{SPACES}]?"
_PERIOD = re.compile(f"(?:^|[;；。，,（(]|\\d)[{SPACES}]*{_TIME}(?:{_DASH}(?:{_TIME}|至?今)?)?$")
"""A month, a time or a period at the beginning of a clause: 2011.08, 9:00—10:30, 2014.10-."""
_OPTION = re.compile(f"(?:[A-Z][.．、)）]|[①-⑳])[{SPACES}]?[{HAN}]")
_LABEL = re.compile(f"[{HAN}][{HAN}（）()]{{1,11}}[：:]")
_TELEPHONE = re.compile("0\\d{2,3}-\\d{7,8}|1\\d{10}(?!\\d)|[（(]\\d{2,4}[）)]\\d{4}")
_DATE = re.compile(
    f"(?:19|20)\\d\\d[{SPACES}]?年[{SPACES}]?\\d{{1,2}}[{SPACES}]?月[{SPACES}]?\\d{{1,2}}[{SPACES}]?日"
)
_DATE_END = re.compile(f"\\d[{SPACES}]?日$")
_ISSUER = re.compile(
    f"[{HAN}{SPACES}]{{2,28}}(?:府|局|委|办|辦|厅|廳|部|院|会|會|公司|中心|室|处|處|署|社)"
)
_CHOICE = re.compile(f"[（(][{SPACES}]+[）)]")
_PAGE_UNITS = tuple("页頁期册卷")
_FIGURE = re.compile("[-+]?\\d[\\d,.]*[%‰]?|-+|—")
_NAMED_FIGURE = re.compile(f"[{HAN}]{{2,8}}[-+]?\\d[\\d,.]*[%‰]?")
_COUNTER = re.compile("[个個件条條项項次份篇户戶家场場期人名万萬亿億元多余年月日时時分秒]")
_ITEM = re.compile(f"\\d{{1,2}}[.．)）](?!\\d)[{SPACES}]?[{HAN}]")
_LATIN_PHRASE = re.compile("(?:^|[^A-Za-z ])[A-Za-z][A-Za-z'&-]+(?: [A-Za-z'&-]+)+$")
_FIGURE_WITH_UNIT = re.compile(f"\\d[{SPACES}]?([{HAN}]{{1,3}})$")
_NUMBER_IN_BRACKETS = re.compile(
    f"[{SPACES}]*[(（](?:[{HAN_NUMERALS}\\d]{{1,3}}|[ivxIVX]{{1,4}}|[A-Za-z])[)）]"
)
_ENUMERATED = tuple(
    frozenset(letters)
    for letters in (
        "甲乙丙丁戊己庚辛壬癸", "东南西北中東", "春夏秋冬", "优良中差劣優", "一二三四五六七八九十", "上下左右", "共第页頁",
    )
)  # fmt: skip
"""Single characters that stand in a row as names of columns or of choices."""
_WORD = re.compile(f"(?![年月日至到])[{HAN}]")
LONGEST_ROW = 80
"""Characters on either side of a gap that are read to find the cells of a row."""


def is_field_gap(line: str, start: int, end: int, *, is_running_text: bool) -> bool:
    """Return whether a gap parts two fields.

    Args:
        line: The line that holds the gap.
        start: Offset of the gap.
        end: One past the gap.
        is_running_text: Whether the line has sentences.

    """
    before = line[max(0, start - LONGEST_ROW) : start]
    if _PERIOD.search(before[-32:]):
        is_word = _WORD.match(line, end)
        return bool(is_word) and not MEASURE.match(line, end)
    if before[-1:] == "_" or (not before[-1:].isascii() and _OPTION.match(line, end)):
        return True
    if is_han(before[-1:]) and _ITEM.match(line, end):
        return True
    return not is_running_text and _is_gap_of_row(before, line[end : end + LONGEST_ROW])


def _is_gap_of_row(before: str, after: str) -> bool:
    """Return whether a gap of a line without sentences parts two fields, dates, choices or cells."""
    unit = _FIGURE_WITH_UNIT.search(before)
    begins_field = bool(_LABEL.match(after)) and (
        before[-1:] in "：:" or "：" in before or ":" in before
    )
    return (
        (begins_field and not _NUMBER_IN_BRACKETS.fullmatch(before))
        or bool(unit and re.match(f"\\d[\\d.,]*[{SPACES}]?{re.escape(unit[1])}", after))
        or bool(is_han(before[-1:]) and _TELEPHONE.match(after))
        or bool(_DATE_END.search(before) and _DATE.match(after))
        or bool(_ISSUER.fullmatch(before) and _DATE.fullmatch(after.rstrip()))
        or bool(_CHOICE.match(after))
        or (before[-1:] in ("第", "共") and after[:1] in _PAGE_UNITS)
        or (before[-1:] in _PAGE_UNITS and after[:1] in ("第", "共") and not after[1:2].isalnum())
        or _are_cells(before, after)
    )


def _are_cells(before: str, after: str) -> bool:
    """Return whether words and figures alternate around a gap: 松河 12.3 青禾 11.2."""
    if before[-1:] in "0123456789%‰" and after[:1].isdigit():
        return False
    left, right = (re.split(f"[{SPACES}]+", part.strip()) for part in (before, after))
    words = [*left, *right]
    if len(words) > 1 and all(map(_NAMED_FIGURE.fullmatch, words)):
        return True
    figures = [bool(_FIGURE.fullmatch(word)) for word in words]
    is_beside_figure = figures[len(left) - 1] or figures[len(left)]
    behind_figures = [
        word for is_figure, word in zip(figures, words[1:], strict=False) if is_figure
    ]
    are_cells = all(
        _FIGURE.fullmatch(word) or (len(word) > 1 and not _COUNTER.match(word))
        for word in behind_figures
    )
    has_latin = re.search("[A-Za-z]", before + after)
    return is_beside_figure and figures[-1] and sum(figures) > 1 and are_cells and not has_latin


def ends_latin_phrase(line: str, start: int) -> bool:
    """Return whether a gap parts a phrase in Latin letters from its translation: Songhe County 松河县."""
    return bool(_LATIN_PHRASE.search(line[max(0, start - LONGEST_ROW) : start]))


def is_behind_closing_mark(line: str, start: int, end: int) -> bool:
    """Return whether a gap follows a closing mark that is not that of a number: （公开） 松河县."""
    return (
        line[start - 1] in "）》”」』"
        and bool(re.match(f"[{HAN}\\d]", line[end : end + 1]))
        and not _NUMBER_IN_BRACKETS.fullmatch(line, 0, start)
    )


def are_enumerated(letters: list[str]) -> bool:
    """Return whether single characters are members of a series, such as 甲 乙 丙 丁."""
    return any(series.issuperset(letters) for series in _ENUMERATED)


def are_parallel(words: list[str]) -> bool:
    """Return whether the words of a clause may be phrases of a slogan: behind the first as long as one another."""
    lengths = {len(word) for word in words[1:]}
    return len(words) > 2 and len(lengths) == 1 and min(lengths) > 2
