"""Constructions of what there is already, which a plan begins from or is about.

Each is a function as ``constructions`` describes them. The figure is a result, also below a heading that announces plans: 快递业务量力争在2亿件的
基础上增长10% states 快递业务量 twice, as a result and as the rate of a target.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import SCOPES, TARGET_WORDS
from publisher.statistics.grammar.agents import is_nominal
from publisher.statistics.grammar.clause import parse_lead
from publisher.statistics.grammar.level_constructions import level
from publisher.statistics.grammar.reading import PRESENT_LEVEL, Reading, named
from publisher.statistics.grammar.tail import up_to_mark
from publisher.statistics.grammar.words import is_time, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

_PRESENT = frozenset("现有 已有 原有 既有 现存".split())
_ON_THIS = ("，在此基础上", "。在此基础上")
_MARK = re.compile("[，。；：]")
_FOUNDATION = re.compile("[^，。；：]{0,40}?基础上")
_OBJECT_MARKS = frozenset(("把", "对"))
"""Prepositions before what is acted on: 把现有的3个服务站管好."""
_NO_NOUN = frozenset("的 中 里 之中 当中".split())
"""Words behind what only limits another noun, or is a whole."""
_PLANNING = TARGET_WORDS | {"要", "再", "将", "应"}


def present_level(sentence: Sentence, index: int, lead: Lead) -> Reading | None:
    """Read a level that a plan begins from: 在2亿件的基础上; 在现有3个服务站之外; 支持现有的8家企业扩产; 对已建成的5座水库加强巡查."""
    clause, following = sentence.clause(index), sentence.behind(index)
    if "基础上" in sentence.text:
        if joined(following).startswith(_ON_THIS):
            return replace(level(sentence, index, lead), construction=PRESENT_LEVEL)
        if _is_foundation(sentence, index):
            measure = _name_of_foundation(sentence, clause) or joined(_noun(following))
            return replace(named(measure, construction=PRESENT_LEVEL), is_earlier=not measure)
    measure = joined(_noun(following)) if _is_present(clause) else ""
    return named(measure, construction=PRESENT_LEVEL) if measure else None


def _is_foundation(sentence: Sentence, index: int) -> bool:
    """Return whether a figure is in a phrase 在……基础上, alone or in a list: 在投资5亿元、项目8个的基础上."""
    quantity = sentence.quantities[index]
    before = _MARK.split(sentence.text[: quantity.start])[-1]
    return "在" in before and _FOUNDATION.match(sentence.text, quantity.end) is not None


def _name_of_foundation(sentence: Sentence, clause: Sequence[Word]) -> str:
    """Return what is counted by a figure behind 在: what stands between the two, else the measure before 在 or in force."""
    start = max((i for i, word in enumerate(clause) if word.text == "在"), default=-1)
    inner = [w for w in clause[start + 1 :] if not is_time(w) and w.text not in _PRESENT | {"的"}]
    if inner:
        return joined(parse_lead(inner).names)
    outer = list(clause[: max(0, start)])
    while outer and outer[-1].text in _PLANNING:
        outer.pop()
    return joined(parse_lead(outer).names) or sentence.measure_in_force()


def _is_present(clause: Sequence[Word]) -> bool:
    """Return whether the words before a figure say that what it counts is there: 支持现有的, 对已建成的, 把, 对全市."""
    words = [word for word in clause if word.text not in SCOPES]
    if words and words[-1].text in _OBJECT_MARKS:
        return True
    if words and words[-1].text == "的":
        words = words[:-1]
        if len(words) > 1 and words[-2].text in ("已", "已经") and words[-1].tag == "v":
            return True
    return bool(words) and words[-1].text in _PRESENT


def _noun(behind: Sequence[Word]) -> Sequence[Word]:
    """Return the noun at the front of the words behind a figure: 工会会员 of 工会会员服务好."""
    words = up_to_mark(behind, keep_pause=False)
    words = words[1:] if words and words[0].text == "的" else words
    for index, word in enumerate(words):
        if word.text in _NO_NOUN:
            return ()  # 对356家单位的调查; 在已办结的9件中
        if word.text in ("基础", "外", "之外", "以外"):
            return words[:index]
        if word.text in ("以上", "以下"):
            continue  # 规模以上工业企业
        if index and not is_nominal(word) and is_nominal(words[index - 1]):
            is_verb = index > 1 and words[index - 1].tag == "vn" and word.tag != "v"
            return words[: index - 1] if is_verb else words[:index]
    return words
