"""Clauses that name only a place, which divides the measure before it: 造林8万亩，其中东岭区3万亩、西溪县5万亩."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    CHANGE_NOUNS,
    DISTRIBUTIVES,
    GRADES,
    LEVELS_OF_GOVERNMENT,
    SCOPES,
    WHOLE_PLACES,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.names import without_verb
from publisher.statistics.grammar.superlatives import Cleft, read_cleft, stated_topic
from publisher.statistics.grammar.words import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

_NAME = re.compile("[一-龥]{1,6}(?:区|县|市|镇|乡|街道|旗|州)")
_LEVEL = re.compile(
    "(?:其余|其他|各)?(?:各[区县市镇乡旗州]|县区|区县|镇街|街镇|县（市、区）|市区县|乡镇|区（县）)"
)
_COMMON_NOUNS = tuple(
    "社区 小区 景区 园区 灾区 库区 矿区 林区 牧区 山区 郊区 辖区 片区 街区 保护区 示范区 试验区 功能区 服务区 疫区 禁区 专区 "
    "特区 老区 地区 各区 水源区 县区 各县 困县 范县 灾县 大县 强县 点县 城市 超市 夜市 集市 股市 楼市 级市 各市 大市 城镇 乡镇 村镇 小镇 各镇 "
    "范镇 点镇 强镇 制镇 城乡 各街道 户区 个区 个县 个市 个镇 个乡 个街道 九州 四旗 红旗 锦旗 彩旗".split()
)
"""How a word ends that is no name of a place."""
_FEWEST_CHARACTERS = 3
LONGEST_FOCUS = 6
"""Characters of what is singled out that may precede the measure in a name."""
_COUNTERS_OF_PLACES = ("个",)


def place_name(words: Sequence[Word]) -> str:
    """Return the place that words name and nothing else; empty if they name none.

    东岭区, 市本级 and 各县区 are places; 社区, 示范县 and 城市 are kinds of places, which are counted.
    """
    name = joined(words)
    if name in SCOPES or name in LEVELS_OF_GOVERNMENT or _LEVEL.fullmatch(name):
        return name
    is_locality = len(name) >= _FEWEST_CHARACTERS and _NAME.fullmatch(name)
    return name if is_locality and not name.endswith(_COMMON_NOUNS) else ""


def leading_place(words: Sequence[Word]) -> int:
    """Return how many words at the front name a place: 云栖街道 in 云栖街道投诉; 0 if none do."""
    return next((n for n in range(len(words) - 1, 0, -1) if place_name(words[:n])), 0)


def below_place(sentence: Sentence, index: int, lead: Lead) -> Lead:
    """Return a clause that names only a place with the place apart, so that its measure is the one in force.

    The place is named before the figure (其中东岭区3万亩), or by the clause before that ranks it (东岭区最多，为3万亩).
    """
    if not lead.names or (len(lead.names) == 1 and lead.names[0].tag[0] == "v"):
        return _below_ranking(sentence, index, lead)
    if lead.names[0].text == "占":  # 东盟为第一大伙伴，占总值的14.6%
        return replace(lead, names=(*stated_topic(sentence.clause_before(index)), *lead.names))
    return _below_place_name(sentence, index, lead)


def _below_place_name(sentence: Sentence, index: int, lead: Lead) -> Lead:
    """Return a clause with the place that it names apart: 其中东岭区3万亩, 青禾镇申报示范户75户."""
    names = lead.names[:-1] if joined(lead.names[-1:]) == "合计" else lead.names
    locality = place_name(names)
    length = 0 if locality else leading_place(lead.names)
    if length and len(lead.names) > length + 1 and lead.names[length].tag == "v":
        return replace(lead, names=lead.names[length:], locality=joined(lead.names[:length]))
    if not locality or locality in WHOLE_PLACES or not _divides_base(sentence, index, lead):
        return lead
    is_counted = sentence.quantities[index].unit in _COUNTERS_OF_PLACES and (
        _LEVEL.fullmatch(locality) or locality == "乡镇"
    )
    if is_counted:
        return lead
    if locality in GRADES:
        graded = lead.names[0]._replace(text=without_verb(sentence.measure_in_force()), tag="n")
        return replace(lead, names=(*lead.names, graded))
    whole = sentence.whole_before_parts(index)
    measure = (lead.names[0]._replace(text=whole.measure, tag="n"),) if whole else ()
    return replace(lead, names=measure, locality=locality)


def _below_ranking(sentence: Sentence, index: int, lead: Lead) -> Lead:
    """Return a clause without a measure with what the clause before it ranks or singles out: 产值最高的是青禾镇，达18亿元."""
    if cleft := read_cleft(sentence.clause_before(index)):
        return _singled_out(sentence, index, lead, cleft)
    if lead.names:
        return lead
    is_share = any("占" in word.text for word in lead.level) and not lead.change
    if is_share and (topic := stated_topic(sentence.clause_before(index))):
        return replace(lead, names=topic)  # 注射剂仍然较多，占60.9%
    if lead.change:
        return lead
    ranked = sentence.ranked_words(index)
    if length := leading_place(ranked):
        return replace(lead, names=ranked[length:], locality=joined(ranked[:length]))
    locality = place_name(ranked)
    is_part = bool(locality) and _divides_base(sentence, index, lead)
    return replace(lead, names=(), locality=locality) if is_part else lead


def _singled_out(sentence: Sentence, index: int, lead: Lead, cleft: Cleft) -> Lead:
    """Return a clause with what the clause before it singles out, and by what: 获奖数量居首的是实验小学，有46项."""
    locality = place_name(cleft.focus)
    if any(word.text in DISTRIBUTIVES for word in sentence.clause(index)):
        return replace(lead, names=cleft.topic or cleft.focus, locality=locality)
    topic = sentence.ranking = cleft.topic or sentence.ranking
    if not topic and _divides_base(sentence, index, lead):
        topic = (cleft.focus[-1]._replace(text=sentence.measure_in_force(), tag="n"),)
    is_rate = any(word.text in CHANGE_NOUNS for word in topic)
    if locality:
        return replace(lead, names=lead.names or topic, locality=locality)
    is_long = len(joined(cleft.focus)) > LONGEST_FOCUS
    behind = lead.names or (() if is_rate or is_long else topic)
    return replace(lead, names=(*cleft.focus, *behind))


def _divides_base(sentence: Sentence, index: int, lead: Lead) -> bool:
    """Return whether a figure is in the unit of the measure in force, or a rate or a share of it."""
    base = sentence.base or sentence.preceding
    if base is None or sentence.joins(index):
        return False
    quantity = sentence.quantities[index]
    is_ratio = quantity.unit in SHARES
    return quantity.base_unit == base.base_unit or (
        is_ratio and (bool(lead.change) or any("占" in word.text for word in lead.level))
    )
