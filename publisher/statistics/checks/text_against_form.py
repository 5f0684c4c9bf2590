"""The check of sentences against the official forms: every figure that both have."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Outcome, Reason
from publisher.reference.figure_words import WHOLE_PLACES
from publisher.reference.form_statements import form_name, form_names
from publisher.reference.form_synonyms import without_title_words
from publisher.statistics.checks.arithmetic_check import arithmetic_check
from publisher.statistics.checks.form_figures import form_figures
from publisher.statistics.nearest_words import words_of_figure
from publisher.statistics.passages import SectionTable
from publisher.statistics.periods import period_of
from publisher.statistics.statement import Statement
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Check
    from publisher.reference.form_statements import FormStatement, Topic
    from publisher.statistics.checks.arithmetic_check import ReportStatements
    from publisher.statistics.checks.form_figures import FormFigure

_RESULT = re.compile("申请|答复|办理|办结|结转")
_OF_DOCUMENTS = re.compile("公文|属性|文件中|源头")
_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("lawsuit after review", re.compile("复议后(?:起诉|提起)(?:的?行政诉讼|的?诉讼)?")),
    ("direct lawsuit", re.compile("直接(?:起诉|提起)(?:的?行政诉讼|的?诉讼)?")),
    ("lawsuit", re.compile("诉讼")),
    ("review", re.compile("复议(?!后)")),
)
_OFFICE = re.compile(
    "(?P<name>[^，。；：、\\d]{1,10}(?:[局委厅镇乡]|(?<![法察])院|办公室|[府委]办(?![理结])|街道|公司|学校|支队|大队|中心))(?=[^，。；]*$)"
)
"""An office before a figure: 区住建局收到申请64件."""
OFFICE_ENDING = 3
"""Characters at the end of an office's name that tell it from another: 教育局."""
_OWN = re.compile("(?:[我本各]|全[市县区省]|政府|国|复议|审计?)[^，。；：、]{0,3}$")
_HANDLED = re.compile("(?:办理|受理|审理|审结)(?:的)?(?:各类)?行政(?:复议|诉讼|应诉)")
"""An office that decides on reviews has others than those on its own disclosure."""
_REST = re.compile("剩余|其余|余下|尚有|另有")
"""Measures of which the words behind the figure say what it is: 剩余6件结转下年."""
_CARRIED = re.compile("上一?年度?(?:结转|转入)[^，。；\\d]{0,6}$")
"""What the year before left is a figure of this year's form."""
CARRIED = "上年结转"
"""The measure of what the year before left."""
_NONE = re.compile(
    "(?:没有|未(?!经)|无(?![法正]))(?:发生)?(?P<what>[^，。；\\d]{2,30}?)(?:的)?(?:情况|情形|案件)?(?=[，。；]|$)"
)
"""Words for nothing: 没有发生行政诉讼."""
_NONE_VERBS = re.compile("^(?:因|引发|产生|出现|收到|新收到?|接到)+")
_EXAMPLE = (
    "本年新收政府信息公开申请{}件。\n\n"
    "| 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
    "|---|---|---|---|---|---|---|---|\n"
    "| 一、本年新收政府信息公开申请数量 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |"
)


@arithmetic_check(
    name="text-against-form",
    kinds=("repetition",),
    reason="It fails where a sentence gives another figure than the official form for the same year, or says that there is "
    "none of what the form counts: the documents, decisions and fees of table 2, the applications of table 3 with their "
    "applicants and results, the reviews and lawsuits of table 4 with their results, and the rows of the form of "
    "2014 to 2018. If several cells may be meant, all of them differ.",
    fails=((_EXAMPLE.format(8), "新收政府信息公开申请: the text states 8, the table 9"),),
    holds=(_EXAMPLE.format(9),),
    exceptions="sentences that do not name a row without ambiguity; approximate figures; figures of another year, place, "
    "office or status; cells that are blank (``cannot be verified``).",
)
def check_text_against_form(report: ReportStatements) -> Iterator[Check]:
    """Compare sentences with the official forms."""
    figures = [
        figure
        for item in report.items
        if isinstance(item, SectionTable)
        for figure in form_figures(item.table)
    ]
    if not figures:
        return
    for statement in report.items:
        if isinstance(statement, Statement):
            for index in range(len(statement.quantities)):
                if _is_comparable(statement, index, report.year):
                    named = _figures_named(statement, index, figures, report.title)
                    if named:
                        is_other = _names_another_office(statement, index, report.title)
                        yield _compare(statement, index, named, is_other=is_other)
            yield from _check_zeros(statement, figures, report.title)


def _figures_named(
    statement: Statement, index: int, figures: Sequence[FormFigure], title: str
) -> list[FormFigure]:
    """Return what the forms have for a figure of a sentence: by the words directly before it, or by its reading."""
    quantity = statement.quantities[index]
    measure = statement.readings[index].predicate
    if _REST.fullmatch(measure):
        measure += statement.text[quantity.end : statement.clause_end(quantity.end)]
    is_carried = _CARRIED.search(statement.words_before(index)) is not None
    near = without_title_words(words_of_figure(statement, index), title)
    is_ellipsis = statement.readings[index].construction == "ellipsis"
    for words in (CARRIED,) if is_carried else (near, "" if near and is_ellipsis else measure):
        names = form_names(words) if words else ()
        named = [
            figure
            for figure in figures
            if quantity.base_unit in figure.statement.units
            and any(map(figure.statement.measure.fullmatch, names))
            and _is_about(statement, quantity.end, figure.statement, title)
        ]
        if named:
            return named
    return []


def _is_about(
    statement: Statement, position: int, form_statement: FormStatement, title: str
) -> bool:
    """Return whether a sentence is about what the form counts: 不予公开 is also a property of documents."""
    required = form_statement.required_words
    if required and not required.search(statement.text):
        return False
    topic = form_statement.topic
    if form_statement.form == "4" or topic not in ("", "applications"):
        return not topic or _topic(statement, position, title) == topic
    if form_statement.form == "3" or topic:
        about = f"{_words_before(statement)}{statement.text}"
        return bool(_RESULT.search(about)) and not _OF_DOCUMENTS.search(statement.text)
    return True


def _words_before(statement: Statement) -> str:
    """Return the words of the paragraph before a sentence."""
    return to_simplified(statement.passage.text.string[: statement.offset])


def _topic(statement: Statement, position: int, title: str) -> Topic:
    """Return which disputes a sentence is about at a position; empty if they are not about disclosure."""
    before = _words_before(statement)
    named = [
        reading.predicate
        for reading, q in zip(statement.readings, statement.quantities, strict=True)
        if q.end == position
    ]
    words = f"{before}{statement.text[:position]}"
    if not _ends_with_topic(words):
        words = f"{words}{''.join(named)}"
    is_handled = _HANDLED.search(statement.text)
    if "信息公开" not in f"{'' if is_handled else title}{before}{statement.text}":
        return ""
    last: tuple[int, int, Topic] = (-1, 0, "")
    for topic, pattern in _TOPICS:
        for match in pattern.finditer(words):
            last = max(last, (match.end(), -match.start(), topic))
    return last[2]


def _ends_with_topic(words: str) -> bool:
    """Return whether the words directly before a figure name its disputes: 、复议后起诉的3件."""
    own = re.split("[，。；、]", words)[-1]
    return any(pattern.search(own) for _, pattern in _TOPICS)


def _is_comparable(statement: Statement, index: int, year: str) -> bool:
    reading, quantity = statement.readings[index], statement.quantities[index]
    return (
        reading.kind == "level"
        and statement.status(index) == "result"
        and not statement.context.span
        and (not reading.scope or reading.scope in WHOLE_PLACES)
        and quantity.amount is not None
        and quantity.exact
        and (
            (period_of(statement, index, year) == year and not reading.is_earlier)
            or _CARRIED.search(statement.words_before(index)) is not None
        )
    )


def _names_another_office(statement: Statement, index: int, title: str) -> bool:
    """Return whether the clause of a figure names an office that the title does not, which may be one of several."""
    start = statement.quantities[index].start
    office = _OFFICE.search(statement.text[statement.clause_start(start) : start])
    if office is None or _OWN.match(office["name"][-5:]):
        return False
    return office["name"][-OFFICE_ENDING:] not in title


def _compare(
    statement: Statement, index: int, named: Sequence[FormFigure], *, is_other: bool
) -> Check:
    quantity = statement.quantities[index]
    amount = quantity.amount or Decimal(0)
    measure = statement.in_source_script(statement.readings[index].measure)
    rounding = quantity.rounding if quantity.scale > 1 else Decimal(0)
    matching = [
        reading for figure in named for reading in figure.readings if reading.amount == amount
    ]
    likeliest = (matching or named[0].readings)[0]
    outcome, reason = Outcome.HOLDS, Reason.NONE
    if not any(figure.has(amount, rounding) for figure in named):
        outcome = Outcome.FAILS
        if any(figure.is_blank for figure in named):
            outcome, reason = Outcome.UNVERIFIABLE, Reason.BLANK
        elif (
            is_other
            or not all(figure.is_complete for figure in named)
            or len({figure.readings[0].amount for figure in named}) > 1
        ):
            outcome, reason = Outcome.UNVERIFIABLE, Reason.DIFFERENT
    return statement.make_check(
        index,
        kind="repetition",
        formula=f"{measure}: {quantity.value}, {likeliest.stated}",
        subject=measure,
        numbers=(quantity.value, likeliest.stated),
        verdict=(outcome, reason),
        difference=translatable(
            "{measure}: the text states {value}, the table {stated}",
            measure=measure,
            value=quantity.value,
            stated=likeliest.stated,
        ),
    )


def _check_zeros(
    statement: Statement, figures: Sequence[FormFigure], title: str
) -> Iterator[Check]:
    """Compare what a sentence says there is none of with the forms."""
    for match in _NONE.finditer(statement.text):
        start = match.start("what")
        parts = re.finditer("[^、和及或]+", match["what"])
        ends = {match["what"]: match.end("what")}
        ends |= {part[0]: start + part.end() for part in parts}
        for words, end in ends.items():
            name = form_name(_NONE_VERBS.sub("", words))
            for figure in figures:
                nothing = figure.statement.nothing
                if (
                    nothing
                    and nothing.fullmatch(name)
                    and _is_about(statement, end, figure.statement, title)
                ):
                    yield _compare_zero(statement, match, name, figure)


def _compare_zero(
    statement: Statement, match: re.Match[str], name: str, figure: FormFigure
) -> Check:
    form = figure.readings[0]
    outcome, reason = Outcome.HOLDS, Reason.NONE
    if form.amount:
        outcome = Outcome.FAILS
    elif form.is_blank:
        outcome, reason = Outcome.UNVERIFIABLE, Reason.BLANK
    return statement.make_span_check(
        match.span(),
        kind="repetition",
        formula=f"{name}: 0, {form.stated}",
        subject=name,
        numbers=("0", form.stated),
        verdict=(outcome, reason),
        difference=translatable(
            "{name}: the text states that there is none, the table {stated}",
            name=name,
            stated=form.stated,
        ),
    )
