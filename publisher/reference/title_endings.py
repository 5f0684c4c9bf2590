"""The words with which titles end, from the table of the kinds of documents."""

from __future__ import annotations

import re
from functools import cache

from publisher.reference.document_kinds import KINDS, OTHER_TITLE_ENDINGS, WEAK_ENDINGS
from publisher.text.characters import has_han
from publisher.text.simplified import to_simplified

TAIL = "(?:[〔\\[（(［](?:19|20)\\d\\d[〕\\]）)］]第?\\d{1,5}号|[（(【〔][^（）()]{1,30}[）)】〕]|全文|摘要|第[\\d〇零一二三四五六七八九十百]{1,6}[号章]|[-—·]{1,2}.{1,12})?"
"""What may follow the word: （2023）, （试行）, （全文）, 〔2023〕第3号."""
SHORTEST_WITH_WEAK_ENDING = 8
"""Characters of the shortest line that a word such as 情况 shows to be a title."""
_OFFICE_OR_YEAR = re.compile(
    "(?:19|20)\\d\\d|[省市县区州旗镇乡]|关于|政府|局|委|公司|《|[二一][〇○零九]"
)
_DECREE = re.compile("(?:国务院|政府|委员会|[部局署])令$")
"""The title of a decree, which may be short: 商务部令."""

FOOTNOTE_MARK = re.compile("[\\[［〔]\\d{1,2}[\\]］〕]$|[①-⑳*＊]$")
"""The mark of a footnote at the end of a title."""


def plain_title(string: str) -> str:
    """Return a line as titles are compared: Simplified, without white space and without a footnote's mark at its end."""
    return FOOTNOTE_MARK.sub("", "".join(to_simplified(string).split()))


def has_title_ending(plain: str) -> bool:
    """Return whether a line, Simplified and without white space, ends as titles do."""
    if _endings().search(plain) is None:
        return _has_english_ending(plain)
    if any(plain.endswith(ending) for ending in WEAK_ENDINGS):
        is_long = len(plain) >= SHORTEST_WITH_WEAK_ENDING
        names_office = is_long and _OFFICE_OR_YEAR.search(plain) is not None
        return names_office or _DECREE.search(plain) is not None
    return True


def has_strong_ending(plain: str) -> bool:
    """Return whether a line ends with a word that headings do not end with."""
    return has_title_ending(plain) and not any(plain.endswith(word) for word in WEAK_ENDINGS)


def is_series_head(plain: str) -> bool:
    """Return whether a line may be the name of a series, whose issues have titles of their own: 审计结果公告."""
    return _series().search(plain) is not None and "关于" not in plain and len(plain) <= 40


@cache
def _endings() -> re.Pattern[str]:
    endings = [ending for kind in KINDS for ending in kind.endings]
    return re.compile(f"(?:{'|'.join([*endings, *OTHER_TITLE_ENDINGS])}){TAIL}$")


@cache
def _series() -> re.Pattern[str]:
    endings = [ending for kind in KINDS if kind.is_series for ending in kind.endings]
    return re.compile(f"(?:{'|'.join([*endings, '通报', '工作信息', '动态'])})$")


@cache
def _english_words() -> re.Pattern[str]:
    words = sorted({word for kind in KINDS for word in kind.english}, key=len, reverse=True)
    return re.compile("|".join(re.escape(word.replace(" ", "")) for word in words))


def _has_english_ending(plain: str) -> bool:
    return not has_han(plain) and _english_words().search(plain.lower()) is not None
