"""How the subject of a figure is compared with the subjects that its gold allows."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = "(?:[全我本](?:[国省市县区州旗港镇乡街國縣區鎮]|流域))"
_NUMBER_OF_ROW = re.compile(
    r"(?:^|/)(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、])"
)
_NAME_OF_PLACE = re.compile("(?:关于)?([一-龥]{2,3}[省市县区])")
_YEAR = "(?:(?:19|20|1)\\d\\d年(?:度|[末底]止?)?)"
_LEAD = re.compile(
    f"^(?:{_PLACE}|{_YEAR}|截至|全年度?|年[末底]|本年度?|上年度?|其中|共计|合计|累计|共|完成|实现|建成|实施|组织|安排|力争|计划|公司|折合|记录到|发生|拥有|設|设|預計|预计|共計|合計|累計|計|实有|有)+"
)
_TAIL = re.compile(
    "(?:共计|合计|累计|保持|达到?|控制在|稳定在|安排|完成|中|为|有|共|合計|共計|達到?|為|計)$"
)
_CHANGE = re.compile(
    "(?:(?:比|较|較)(?:上年(?:同期|末|底)?|去年(?:同期)?|.{0,6}年(?:同期|底|末)?|上月|上年度)|同比|环比|年)?"
    "(?:同口径|平均|年均|净|实际|名义)?"
    "(?:增长率?|增加|下降|减少|提高|提升|降低|上升|下降率|降幅|增幅|增速|增[产收]|[减降][产收]|[增减升降多少]"
    "|增長率?|減少|[增減]幅|下跌|上漲|上涨|增減率?)*$"
)
_SHARE = re.compile("(?:[占佔](?!地面|地$)[^占佔]*?)?(?:比重|占比|比例|比率|占|佔|比)*$")
_ADDED = re.compile("[^\\w%‰／/]|的|之|_")


def name_of_place(text: str) -> str:
    """Return the first name of a place in a report, or nothing."""
    name = _NAME_OF_PLACE.search(text)
    return name[1] if name else ""


def alternatives(subject: str) -> Iterator[str]:
    """Yield the subjects that a gold cell allows: ``A[B]C|D`` is ABC, AC or D."""
    for choice in subject.split("|"):
        yield from _expanded(choice)


def _expanded(words: str) -> Iterator[str]:
    before, bracket, rest = words.partition("[")
    if not bracket:
        yield words
        return
    optional, _, after = rest.partition("]")
    for tail in _expanded(after):
        yield before + tail
        yield before + optional + tail


def comparable(
    subject: str, *, scope: str = "", unit: str = "", change: str = "level", place: str = ""
) -> str:
    """Return a subject without what does not tell two measures apart.

    Width, white space, punctuation, 的, the number of a row, the scope, the unit in brackets, the words of the period and of the
    whole place, and 共, 完成 and the like at an end are left out; of a change or a rate also the words of change, of a share
    also 占… and 比重.
    """
    text = unicodedata.normalize("NFKC", _NUMBER_OF_ROW.sub("", subject))
    scope = unicodedata.normalize("NFKC", scope)
    text = text.replace(f"({unicodedata.normalize('NFKC', unit)})", "") if unit else text
    text = text.replace(scope, "") if scope else text
    text = re.sub("/?20\\d\\d年/?", "", text)
    text = _ADDED.sub("", text).replace("/", "")
    before = ""
    while before != text:
        before = text
        text = _TAIL.sub("", _LEAD.sub("", text.removeprefix(place)))
        if change in {"change", "rate"}:
            text = _CHANGE.sub("", text)
        elif change == "share":
            text = _SHARE.sub("", text)
    return text


def readings(subject: str) -> Iterator[str]:
    """Yield a subject as it is and, of a cell's subject, without the first of its heads.

    The heads above a row may precede its own: 依申请公开情况/收到申请数/当面申请数.
    """
    parts = subject.split("/")
    for start in range(len(parts)):
        yield "/".join(parts[start:])
