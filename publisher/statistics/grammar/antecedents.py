"""What a clause leaves out, and the clause before that says it (ellipsis).

A clause that names only what happens, a ratio or a head is about a thing that an earlier clause names. That clause is its
antecedent: the nearest one with a figure in the same unit. Its thing is its object::

    受理案件100件，审结95件                    审结 has the object 案件
    检验电梯60台，不合格率3%                  不合格率 has the owner 电梯
    公园42个，面积618公顷                     面积 has the owner 公园
    日均客运量182万人次，最高246万人次        最高 is of 日均客运量

Scope, period and status of the clause are its own, or those in force (``reader``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.figure_words import (
    CONJUNCTIONS,
    GOVERNING_VERBS,
    MEASURE_HEADS,
    NOMINAL_PREDICATES,
    PARTICIPATING,
    PREDICATE_NOUNS,
    REMAINDERS,
    VERBS_WITH_ACTIONS,
)
from publisher.reference.units import SHARES
from publisher.statistics.grammar.agents import is_nominal
from publisher.statistics.grammar.names import without_average, without_verb
from publisher.statistics.grammar.superlatives import SUPERLATIVES, with_superlative
from publisher.statistics.grammar.tail import up_to_mark
from publisher.statistics.grammar.words import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.statistics.grammar.sentence import Sentence
    from publisher.statistics.grammar.words import Word

BARE_HEADS = frozenset("规模 人数 户数 件数 总额 数量 面积 价值 总长 总数 总量".split())
"""Heads that say nothing without the noun before them: 网民占27.4%，规模达2亿."""
_PREDICATE_TAGS = "vdaz"
"""First letters of the tags (ICTCLAS) of verbs, adverbs, adjectives and states."""
_STATES = ("在册", "在岗", "在校", "在用", "在库", "在营", "历时")
"""Words at the end of a name that say where its thing is, or how long it lasts."""
_MARKED = ("应", "已", "未", "被")
"""How a verb begins that says something of the noun beside it: 应办, 被困."""
_NEW = frozenset("新增 净增".split())
"""Verbs of whatever a measure counts: 存款余额86亿元，新增5亿元."""
_SHARE_DONE = "完成率"
"""A ratio that says nothing of what is done."""
_ALL = frozenset("各类 各 各种 全部 全体 、 和 省级 市级 县级 国家级".split())
"""Words before a thing that say which or how many there are."""
_VAGUE = tuple("其他 其余 执行 任务 程序 目标 计划 总长 情况 工作 合计".split())
"""Nouns that name no thing."""
_OBJECTS_INSIDE = tuple("案院工息薪款费税贷证岗学籍市亡伤地")
"""How a verb ends that has its object inside: 结案, 竣工, 出院, 付息."""
_ACTIONS = ("复议", "诉讼", "抗诉", "仲裁", "调解")
"""Actions that are counted themselves, and that others are results of: 行政复议维持."""
_RESULTS = ("成功",)
_LIMITS = ("以上", "以下", "以内")
"""How a name ends that says only how large something is: 4.0级以上."""
_PAID = frozenset("资金 贷款 费用 款 经费 补助 补贴 工资".split())
"""Heads of measures that are also things, which are paid."""
_NO_THINGS = (*_VAGUE, *(head for head in MEASURE_HEADS if head not in _PAID))
LONGEST_VERB = 3
"""Characters of a verb. A longer one has its object inside: 提起公诉."""
LONGEST_PREDICATE = 6
"""Characters of verbs without an object. More have one that is a verb itself: 收到依申请公开."""
LONGEST_OBJECT = 16
"""Characters of an object. A longer one is a sentence of its own."""


def is_predicate(word: Word) -> bool:
    """Return whether a word says what happens or how something is: 审结, 已, 合格."""
    return word.text in NOMINAL_PREDICATES or word.tag[:1] in _PREDICATE_TAGS


def is_bare_predicate(words: Sequence[Word]) -> bool:
    """Return whether a name says only what happens, and to nothing: 审结, 不予批准; but not 提出抗诉 or 支出."""
    name = joined(words)
    if not words or not all(map(is_predicate, words)) or name in PREDICATE_NOUNS:
        return False
    if len(name) > LONGEST_PREDICATE:
        return False
    if "均" in name or not any(
        word.tag[:1] == "v" or word.text in NOMINAL_PREDICATES for word in words
    ):
        return False
    has_action = len(words) > 1 and words[0].text in VERBS_WITH_ACTIONS
    has_action = has_action or any(word.text in _ACTIONS for word in words)
    is_phrase = max(len(word.text) for word in words) > LONGEST_VERB  # 提起公诉
    has_object = words[-1].text.endswith(_OBJECTS_INSIDE)
    is_noun = len(words) > 1 and words[-1].tag == "vn" and words[0].tag[:1] != "v"  # 违法建设
    has_head = any(word.text.endswith(MEASURE_HEADS) for word in words)
    return not (has_action or is_phrase or has_object or is_noun or has_head)


def object_of(words: Sequence[Word]) -> str:
    """Return the thing that a measure is about; empty if it has none.

    It is what stands behind the verbs: short rather than doubtful.

    Examples: 受理争议案件 is about 争议案件, 完成改造的行政村 about 行政村, 市中心受理申请 about 申请, 社区矫正对象在册 about
    社区矫正对象; 招聘, 火灾扑救 and 受灾面积 are about nothing that another verb may have.
    """
    limit = max(
        (
            i
            for i, word in enumerate(words[:-1])
            if word.text in _LIMITS and words[i - 1].tag == "m"
        ),
        default=-1,
    )
    words = words[limit + 1 :]
    particle = max((i for i, word in enumerate(words) if word.text == "的"), default=-1)
    words = words[particle + 1 :]
    if len(words) > 1 and (words[-1].text in _STATES or _is_marked(words[-1])):
        words = words[:-1]
    start = _end_of_verbs(words)
    rest = words[start:]
    marked = max((i for i, word in enumerate(rest) if _is_marked(word)), default=-1)
    rest = rest[marked + 1 :]
    while rest and (rest[0].text in _ALL or rest[0].tag == "m"):
        rest = rest[1:]
    name = joined(rest)
    is_clause = len(rest) > 1 and rest[-2].tag == "n" and rest[-1].tag == "v"  # 机关维持
    is_clause = is_clause and rest[-1].text not in PREDICATE_NOUNS
    is_governed = start > 0 and len(rest) > 1 and not is_clause
    is_action = len(name) >= LONGEST_VERB and (is_governed or name.endswith(_ACTIONS))
    is_thing = is_action or (bool(rest) and _is_thing(rest[-1]))
    is_thing = is_thing and not name.endswith(_NO_THINGS)
    return name if is_thing and len(name) <= LONGEST_OBJECT else ""


def _end_of_verbs(words: Sequence[Word]) -> int:
    """Return how many words of a measure its verbs end behind; 0 if it has none.

    Behind the first verb only those count that govern a thing: 违法案件 of 立案查处违法案件, but 信访事项 of 受理信访事项.
    """
    start = 0
    while start + 1 < len(words) and is_predicate(words[start]):
        if words[start].tag == "vn" and words[start].text not in GOVERNING_VERBS:
            break  # 预警终端
        start += 1
        if words[start - 1].tag == "v" and words[start].text not in GOVERNING_VERBS:
            break
    governs = GOVERNING_VERBS | NOMINAL_PREDICATES
    if any(word.tag == "v" or word.text in governs for word in words[:start]):
        return start
    if words and words[0].tag == "vn":  # 应急避难场所
        return 0
    verbs = [i for i, word in enumerate(words[:-1]) if word.tag == "v"]
    return verbs[-1] + 1 if verbs else 0


def _is_marked(word: Word) -> bool:
    """Return whether a word says something of the noun beside it: 应办, 被困; but not 未成年人."""
    return is_predicate(word) and word.text.startswith(_MARKED)


def _is_thing(word: Word) -> bool:
    """Return whether a word may end the name of a thing."""
    return word.text in PREDICATE_NOUNS or (is_nominal(word) and not is_predicate(word))


def antecedent(sentence: Sentence, index: int) -> int | None:
    """Return the nearest figure before one that counts things in the same unit; ``None`` if there is none."""
    unit = sentence.quantities[index].base_unit
    for number in range(index - 1, -1, -1):
        reading = sentence.readings[number]
        if (
            sentence.quantities[number].base_unit == unit
            and reading.kind == "level"
            and not reading.is_earlier
            and reading.measure
            and not sentence.in_brackets(number)
            and reading.construction not in ("average", "limit", "whole")
        ):
            return number
    return None


def counted(sentence: Sentence, index: int) -> int | None:
    """Return the nearest figure before one that is no ratio; ``None`` if there is none."""
    for number in range(index - 1, -1, -1):
        reading = sentence.readings[number]
        is_level = reading.kind == "level" and not reading.is_earlier and bool(reading.measure)
        if is_level and sentence.quantities[number].unit not in SHARES:
            return number
    return None


def object_of_figure(sentence: Sentence, number: int) -> str:
    """Return the thing that a figure is about; that of a part is the thing of its whole.

    Example: in 鉴定房屋10栋，其中D级2栋，整治4栋 it is 房屋 for all.
    """
    reading = sentence.readings[number]
    if reading.object:
        return reading.object
    own = object_of(sentence.words_of(reading.measure))
    whole = sentence.whole_before_parts(number)
    if whole is None or whole is reading or sentence.ends_segment(number):
        return own
    object_name = whole.object or object_of(sentence.words_of(whole.measure))
    return own if own.endswith(object_name) else object_name


def complete(sentence: Sentence, index: int, words: Sequence[Word]) -> tuple[str, str]:
    """Return the name of a figure with what its clause leaves out, and the thing that it is about.

    Both are empty if the clause leaves out nothing, or if no clause before says what.

    Args:
        sentence: The sentence.
        index: The figure.
        words: The words of its own name.

    """
    name = joined(words)
    if whole := _whole(sentence, index, name) or _thing_of_class(sentence, index):
        return f"{name}{whole}", whole
    number = _antecedent_of(sentence, index, words)
    if number is None:
        return "", ""
    measure = sentence.readings[number].measure
    if name.removesuffix("的") in SUPERLATIVES:
        return with_superlative(name, measure), ""
    object_name = object_of_figure(sentence, number)
    if name in _NEW and not object_name:
        object_name = without_average(without_verb(measure))
    if not object_name or any(len(word.text) > 1 and word.text in object_name for word in words):
        return "", ""
    if name in PARTICIPATING or not is_bare_predicate(words):
        return f"{object_name}{name}", ""
    is_verb_first = _governs(sentence, words, object_name)
    return f"{name}{object_name}" if is_verb_first else f"{object_name}{name}", object_name


def _antecedent_of(sentence: Sentence, index: int, words: Sequence[Word]) -> int | None:
    """Return the figure whose clause says what a name leaves out; ``None`` if it leaves out nothing or none says it."""
    name = joined(words)
    if name in PARTICIPATING | BARE_HEADS or name == _SHARE_DONE:
        return counted(sentence, index)
    is_superlative = name.removesuffix("的") in SUPERLATIVES
    is_bare = is_bare_predicate(words) and not _is_listed(sentence, index)
    return antecedent(sentence, index) if is_superlative or is_bare else None


def _whole(sentence: Sentence, index: int, name: str) -> str:
    """Return the thing of the total that a rest or a limit is a part of: 其余 2件, 其中4.0级以上 1次; empty if there is none."""
    if name in REMAINDERS and up_to_mark(sentence.behind(index), keep_pause=False):
        return ""  # 其余2件正在审理
    is_limit = name.removesuffix("的").endswith(_LIMITS)
    whole = sentence.whole_before_parts(index)
    is_next = bool(index) and whole is sentence.readings[index - 1 - is_limit]
    if whole is None or not (name in REMAINDERS or (is_limit and is_next)):
        return ""
    return whole.object or object_of(sentence.words_of(whole.measure))


def _thing_of_class(sentence: Sentence, index: int) -> str:
    """Return the thing of the figure before a list of classes that name none: 地震 of 68次地震中，2.0—2.9级的57次，3.0—3.9级的10次."""
    is_class_alone = bool(index) and sentence.is_limit_of_class(index - 1)
    if not is_class_alone or any(word.text != "的" for word in sentence.before(index)):
        return ""
    unit = sentence.quantities[index].base_unit
    for reading in reversed(sentence.readings):
        if reading.base_unit == unit and reading.measure:
            return reading.object or object_of(sentence.words_of(reading.measure))
    return ""


def _governs(sentence: Sentence, words: Sequence[Word], object_name: str) -> bool:
    """Return whether a predicate is named before its thing: 审结争议案件; but 行政复议维持, 纠纷调解成功, 监督抽检合格."""
    last = sentence.words_of(object_name)[-1]
    is_action = object_name.endswith(_ACTIONS) or last.tag[:1] == "v"
    is_verb = [word.tag[:1] for word in words if word.tag[:1] not in "da"] == ["v"]
    if words[-1].tag[:1] == "v" and any(mark in joined(words) for mark in "不未"):
        return False
    return (
        words[-1].text not in _RESULTS
        and (is_verb or not is_action)
        and not object_name.endswith(_ACTIONS)
    )


def _is_listed(sentence: Sentence, index: int) -> bool:
    """Return whether a figure is a member of a list that shares its verb, not its thing: 受理咨询8件、投诉6件."""
    words, has_mark = sentence.last_clause_before(index)
    is_joined = bool(index) and not has_mark and bool(words) and words[0].text in CONJUNCTIONS
    return is_joined and not sentence.readings[index - 1].object
