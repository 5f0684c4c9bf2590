"""Clauses that name their measure by what was said before: pronouns, and names below a topic.

Examples: 其产生量; 前者整改10条，后者整改2条; 按期办结率，县直单位为99%，乡镇为96%.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.reference.figure_words import MEASURE_HEADS, REGIONS
from publisher.statistics.grammar.clause import parse_lead, split_clauses
from publisher.statistics.grammar.places import below_place
from publisher.statistics.grammar.words import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.clause import Lead
    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

PAIR = ("前者", "后者")
EQUALLING = frozenset("是 为 约为 约是 相当于".split())
"""Verbs between the two measures of a ratio: 前者是后者的1.5倍."""
_JOINED_PAIR = re.compile("(?P<first>[^和与、]{2,})[和与、](?P<second>[^和与、]{2,})合计")
_TOPIC = re.compile(".{2,}(?:率|指数|水平|标准|浓度|强度|密度|价格|均价|比重|比例|满意度|得分)")
"""A measure that a clause of its own may name for those behind it."""
_STATING = frozenset("为 是 达 达到 由 从".split())
LONGEST_NAME = 8
"""Characters of a name below a topic."""


def resolve(sentence: Sentence, index: int, lead: Lead) -> Lead:
    """Return the clause of a figure with the measure that its pronoun, or the topic above it, means."""
    if lead.names and lead.names[0].text in PAIR:
        measure = _pair(sentence)[PAIR.index(lead.names[0].text)]
        if measure:
            first, rest = lead.names[0]._replace(text=measure), lead.names[1:]
            is_ratio = len(rest) > 1 and rest[0].text in EQUALLING and rest[1].text in PAIR
            return replace(lead, names=(first,) if is_ratio else (first, *rest))
    pronoun = next((word for word in lead.frame if word.text == "其"), None)
    if pronoun and lead.names and sentence.base:
        return replace(lead, names=(pronoun._replace(text=sentence.base.measure), *lead.names))
    return below_place(sentence, index, _below_topic(sentence, index, lead))


def _pair(sentence: Sentence) -> tuple[str, str]:
    """Return the two measures that 前者 and 后者 mean: the last two levels before the first of these words."""
    if not any(sentence.pair):
        levels = [
            item.measure
            for item in sentence.readings
            if item.kind == "level" and item.has_measure and item.construction != "total"
        ]
        if len(levels) < 2 and (match := _JOINED_PAIR.fullmatch(sentence.measure_in_force())):
            levels = [match["first"], match["second"]]
        sentence.pair = (levels[-2], levels[-1]) if len(levels) > 1 else ("", "")
    return sentence.pair


def _below_topic(sentence: Sentence, index: int, lead: Lead) -> Lead:
    """Return a clause with the topic in force behind its own name."""
    _note_topic(sentence, index)
    names = list(lead.names)
    head = None
    if len(names) > 1 and names[-1].text in REGIONS:
        head = next(
            (i for i in range(len(names) - 1) if _TOPIC.fullmatch(joined(names[: i + 1]))), None
        )
    if head is not None and all(word.text in REGIONS for word in names[head + 1 :]):
        sentence.topic = joined(names[: head + 1])
        names = names[head + 1 :]
    own = joined(names)
    if own.endswith(MEASURE_HEADS):
        sentence.topic = ""
    states = any(word.text in _STATING for word in (*lead.level[-1:], *sentence.clause(index)[-1:]))
    if not (sentence.topic and own and states) or len(own) > LONGEST_NAME:
        return lead
    return replace(lead, names=(*names, names[-1]._replace(text=sentence.topic, tag="n")))


def _note_topic(sentence: Sentence, index: int) -> None:
    """Keep the measure of the clause before that of a figure, if it states no figure itself."""
    clauses = split_clauses(sentence.before(index))
    if len(clauses) > 1 and (index == 0 or len(clauses) > 2):
        topic = _topic_of(clauses[-2])
        sentence.topic = topic or sentence.topic


def _topic_of(clause: Sequence[Word]) -> str:
    lead = parse_lead(clause)
    name = joined(lead.names)
    return name if not lead.change and _TOPIC.fullmatch(name) else ""
