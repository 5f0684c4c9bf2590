"""The words of a sentence: segmented once, so that no rule cuts inside a word.

Input: a sentence in Simplified characters and its figures. Output: ``Word``s that cover the sentence. A figure, a period
(2018年, “十三五”期间), a title or a quoted name, and a bracket without figures are one word each; the rest is segmented by
rjieba, which has the dictionary of jieba.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from publisher.reference.figure_words import COMPOUNDS, PERIODS, SPLIT_VERBS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.statistics.quantities import Quantity

FIGURE, PERIOD, NAME, BRACKET, MARK = "figure", "period", "name", "bracket", "mark"
BASIS, RANK, NOTE = "basis", "rank", "note"
"""The tags of words that the segmenter does not make."""
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_YEAR = "(?:(?:19|20)\\d\\d|[一二][〇零○一二三四五六七八九]{3})"
_PERIOD = (
    f"(?:{_YEAR}年?[—\\-－至到])?{_YEAR}年(?:度|底|末|初|上半年|下半年|期间|同期|前)?(?:(?:\\d{{1,2}}|{_HAN_NUMBER})月(?:(?:\\d{{1,2}}|{_HAN_NUMBER})日|份|底|末)?)?"
    f"|{_YEAR}[—\\-－至到]\\d\\d年度"
    "|\\d{1,2}[—\\-－至到]\\d{1,2}月份?|\\d{1,2}月(?:\\d{1,2}日|份|底|末|上旬|中旬|下旬)?前?|民国\\d{1,3}年度?|(?<!\\d)1[01]\\d年[底末初度]?|(?:[一二两三四五六七八九十]+|\\d{1,2})年(?=平均|年均|间|来|累计|合计|共)|近[一二两三四五六七八九十]+年来?|[首前头][一二两三四五六七八九十]+个(?:月|季度)"
    "|(?:19|20)\\d\\d[—\\-－/]\\d{2,4}(?:财政年度|年度|学年度?)"
    "|(?:未来|今后)[一二两三四五六七八九十]+年|年底(?:之)?前|[一二两三四五六七八九十]+年内|上一?个五年|前五年|\\d{1,2}月底前"
    "|“?十[一二三四五]五”?(?:规划)?(?:期间|时期|以来|期末|末)"
)
_EARLIER = "(?:上年|去年)(?![龄纪])(?:同期|末|底|度|同月|同季)?|上一?年度?|(?:上一?|本|前)(?:年度|季度|月)末?|年初|(?:上|本|前)期末?(?![货权限])"
_RANK = (
    "(?:位|排)?(?:居|名|列)(?:[^，。；、\\d]{0,6})(?:首位|前列|末位|第[\\d一二三四五六七八九十]+[位名]?|前[\\d两二三四五六七八九十]+[位名])"
    "|居首(?!位)|居次(?![于要])|(?<!其)再?次之|最[多少高低大小](?=[，。；、])"
)
"""A place in a ranking, which says nothing of what is counted: 农业居首位，占50.8%."""
_SOLID = re.compile(
    f"(?<=[比较])(?P<earlier>{_EARLIER})|(?P<comparison>(?<!同)[比较](?={_EARLIER}|{_YEAR}年))|(?<![以之])(?P<past>(?:上年|去年)(?![龄纪])(?:同期|末|底|度)|上一年度?)"
    f"|(?P<rank>{_RANK})|(?P<basis>按?同口径|自然口径|按?可比口径|按?可比价格?(?:计算)?|按?不变价格?(?:计算)?)|(?P<part>其中(?!一|[间期])|(?<=中)其中)|(?P<sentence>(?<=[A-Za-z]{{3}})[.!?](?=[ \u3000]?[\u4e00-\u9fff]))|(?P<verb>派发(?=现金))|(?P<note>〔\\d{{1,2}}〕)|(?P<term>生均(?!衡)|年终|年均(?=[增降])|其他|全年期|(?<![获所取值])得分(?=为))|(?P<period>{_PERIOD})|(?P<name>《[^《》]*》|“[^“”，。]{{1,30}}”)|(?P<bracket>（[^（）]*）)|(?P<mark>[，。；：！？、（）\n])"
)
"""What is one word whatever the dictionary says.

The end of an English sentence is a mark: in …our results.实验室出具报告3份, the measure is 实验室出具报告.
"""
_TAGS = {
    "term": "n",
    "part": "r",
    "verb": "v",
    "sentence": MARK,
    "note": NOTE,
    "earlier": PERIOD,
    "past": PERIOD,
    "comparison": "p",
}
_ENDINGS = ("增长", "下降", "上涨", "上升", "减少", "增加", "提高", "降低", "增至", "降至")
"""Verbs of change that the dictionary has as the end of longer words: 价格下降."""
_RETAGGED = {
    **dict.fromkeys(VERBS, "v"),
    "如期": "d",
    "全部": "d",
    "占道": "n",
    "违规": "d",
    "违法": "d",
    "诉前": "b",
    "站": "n",
    "如数": "d",
    "数": "n",
    "主动": "d",
    "手续": "n",
    "相关": "b",
    "有关": "b",
    "超范围": "v",
    "超标准": "v",
}
"""Words whose tag in the dictionary is that of a rare sense."""
_REASONS = frozenset(("理由", "自由", "缘由", "事由", "因由", "案由", "来由", "经由", "改由"))
"""Words that end in 由 without a change from one level to another."""
_RULES = frozenset(
    "规则 原则 否则 细则 总则 准则 法则 守则 通则 附则 罚则 税则 实则 学则 章则".split()
)
"""Words that end in 则 and do not contrast: 港内线则为 has 港内线, 则, 为."""
_ONE_WORD = tuple(
    "比较 比例 比重 比赛 比武 比利 比特 比亚 较为 较好 较大 较高 较低 较多 较少 较快 于是".split()
)
"""How words begin whose first character compares nothing."""
_ONLY = frozenset(("不仅", "仅仅"))
_TOGETHER = ("共享", "共建", "共同", "共青", "共产", "共和", "共赢", "共治", "共管", "共有")
_SPLITS = {
    "率控制": ("率", "控制"),
    "批准逮捕": ("批准", "逮捕"),
    "内共": ("内", "共"),
    "下达任务": ("下达", "任务"),
    "农村居民": ("农村", "居民"),
    "城镇居民": ("城镇", "居民"),
    "城乡居民": ("城乡", "居民"),
    "数及": ("数", "及"),
    "及极": ("及", "极"),
    "年度预算": ("年度", "预算"),
    "数多": ("数", "多"),
    "数少": ("数", "少"),
    "之比为": ("之比", "为"),
    "比为": ("比", "为"),
    "分别为": ("分别", "为"),
    "分别是": ("分别", "是"),
}
_MARKS = frozenset("，。；：！？、（）()\n")


class Word(NamedTuple):
    """A word and its place in the sentence."""

    start: int
    end: int
    text: str
    tag: str
    """The tag of the segmenter (ICTCLAS: n, v, p, t, …), or one of those above."""


def joined(words: Iterable[Word]) -> str:
    """Return the text of adjacent words."""
    return "".join([word.text for word in words]).replace("\n", "")


def is_time(word: Word) -> bool:
    """Return whether a word names a period."""
    return word.tag == PERIOD or word.text in PERIODS


def period_of(words: Iterable[Word]) -> str:
    """Return the words that name a period."""
    return "".join(word.text for word in words if is_time(word))


def split_words(text: str, quantities: Sequence[Quantity]) -> tuple[Word, ...]:
    """Return the words of a sentence; the words of its figures have the tag ``FIGURE``.

    Example: 粮食产量5吨 has the words 粮食产量 and 5吨.
    """
    solid = _solid_spans(text, quantities)
    words: list[Word] = []
    position = 0
    for start, end, tag in (*solid, (len(text), len(text), "")):
        if position < start:
            words += _segment(text, position, start)
        if tag == FIGURE and words and words[-1].text == "之" and words[-1].end == start:
            words[-1] = words[-1]._replace(text="的")  # 較上年之18件
        if tag:
            words.append(Word(start, end, text[start:end], tag))
        position = end
    return tuple(_compounds(words))


def _solid_spans(text: str, quantities: Sequence[Quantity]) -> list[tuple[int, int, str]]:
    """Return the spans that are one word each, in order and without overlap."""
    spans = [(quantity.start, quantity.end, FIGURE) for quantity in quantities]
    for match in _SOLID.finditer(text):
        start, end = match.span()
        if not any(start < other_end and other < end for other, other_end, _ in spans):
            spans.append((start, end, _TAGS.get(match.lastgroup or "", match.lastgroup or "")))
        elif match["bracket"]:
            spans += [
                (at, at + 1, MARK)
                for at in (start, end - 1)
                if not any(other <= at < other_end for other, other_end, _ in spans)
            ]
            inside = (m for m in _SOLID.finditer(text, start + 1, end - 1) if not m["bracket"])
            spans += [
                (*m.span(), _TAGS.get(m.lastgroup or "", m.lastgroup or ""))
                for m in inside
                if not any(
                    m.start() < other_end and other < m.end() for other, other_end, _ in spans
                )
            ]
    return sorted(spans)


def _segment(text: str, start: int, end: int) -> Iterator[Word]:
    import rjieba  # its dictionary takes 0.2 s to load

    position = start
    for word, tag in rjieba.tag(text[start:end]):
        if word == "各为":  # 减幅各为6%及10%
            yield Word(position, position + 1, "分别", "d")
            yield Word(position + 1, position + 2, "为", "v")
            position += 2
            continue
        for piece in _pieces(word):
            stop = position + len(piece)
            yield Word(
                position,
                stop,
                piece,
                MARK if piece in _MARKS else _tag(piece, "v" if _has_duty(word) else tag),
            )
            position = stop


def _tag(piece: str, tag: str) -> str:
    """Return the tag of a word; one that the dictionary lacks, or has in a rare sense, has another."""
    if piece in _ENDINGS or (len(piece) > 1 and piece[0] == "未" and piece[1] not in "来成"):
        return "v"
    if tag == "z":  # the dictionary's tag of compounds that it does not know
        tag = "n"
    return "v" if piece in SPLIT_VERBS else _RETAGGED.get(piece, tag)


def _pieces(word: str) -> tuple[str, ...]:
    """Return the words that the dictionary has as one: 价格下降 is 价格 and 下降."""
    if len(word) > 2 and (word.endswith(_ENDINGS) or word[:2] in SPLIT_VERBS or _has_duty(word)):
        return (word[:-2], word[-2:]) if word.endswith(_ENDINGS) else (word[:2], word[2:])
    if len(word) > 1 and word[-1] in "为达均约超近仅已" and word[-2] in "率数度比量值额":
        return word[:-1], word[-1]
    is_rate = len(word) == 2 and word[0] == "率" and word[1] in "降升增减"
    if is_rate or _is_function_word(word):
        return word[:1], word[1:]
    is_from = len(word) > 1 and word[-1] == "由" and word not in _REASONS
    is_contrast = len(word) == 2 and word[1] == "则" and word not in _RULES
    if is_from or is_contrast or word.endswith("类共"):
        return word[:-1], word[-1]
    if len(word) > 2 and word[0] == "共" and not word.startswith(_TOGETHER):
        return word[:1], word[1:]
    return _SPLITS.get(word, (word,))


def _has_duty(word: str) -> bool:
    """Return whether a word is 负责 and a verb: 负责管理, but not 负责人员."""
    return len(word) > 3 and word.startswith("负责") and word[2] != "人"


def _is_function_word(word: str) -> bool:
    """Return whether the first character of a word is one: 于城镇, 比省定; or the last of two: 组仅."""
    if len(word) > 2:
        return word[0] in "于比较" and not word.startswith(_ONE_WORD)
    is_contrast = len(word) == 2 and word[1] == "较" and word[0] in "惟但且而亦仍均则"
    return is_contrast or (len(word) == 2 and word[1] == "仅" and word not in _ONLY)


def _compounds(words: Sequence[Word]) -> Iterator[Word]:
    """Join words that the dictionary lacks: 占 and 比 to 占比."""
    pending: Word | None = None
    for word in words:
        if pending and (pending.text, word.text) in COMPOUNDS:
            pending = Word(pending.start, word.end, pending.text + word.text, word.tag)
            continue
        if pending:
            yield pending
        pending = word
    if pending:
        yield pending
