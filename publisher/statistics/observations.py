"""The facts that a report states: each figure with what it counts, where, when and how exactly.

Enters: a ``Report``. Leaves: ``Observation``s in reading order, from paragraphs, lists and the
cells of tables. Zero said in words (没有, 全部免费) is a fact too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.characters import NARROW
from publisher.model import ItemList, Note, Observation, Paragraph, Table
from publisher.statistics.grid import FIGURE, Grid
from publisher.statistics.numbers import quantities
from publisher.statistics.sentences import sentences
from publisher.statistics.subjects import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Block, Report, Section, Text

_YEAR = re.compile(r"((?:19|20)\d\d)年(?:度|底|末)?")
_CLAUSE_START = re.compile("[，。；：！？\n]")
_NONE = re.compile(
    "(?:没有|未|無|无|沒有)(?:发生|收到|接到|出现|產生|产生|收取|發生)?(?:任何|一[件起])?"
    "(?P<what>[^，。；没未]{0,32}(?P<noun>案件|申请|申請|投诉|举报|费用|事件|诉讼|复议))"
)
_FREE = re.compile(
    "(?P<what>[^，。；]{0,20}(?:信息|申请|公开|服务)[^，。；]{0,8})，?(?:全部|一律|均)?(?:免费|免收费用|不收取(?:任何)?费用)"
)
_PERSISTING = re.compile("(?P<word>同比|较上年|比上年|较去年|其中|累计|每年|全年|提高到|预计|计划)")
INTRODUCTION = "引言"
SIGNATURE = "附件"
UNIT_HEADS = ("单位", "單位", "计量单位")
_UNIT_IN_HEAD = re.compile("单位[：:](?P<unit>[^（）()]+)|件数$|件數$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of running text and the section it stands in."""

    section: str
    text: Text


def passages(report: Report) -> Iterator[Passage | tuple[str, Table]]:
    """Yield the running text and the tables in reading order, each with its section's path."""
    yield from _of_blocks(report.preamble, INTRODUCTION)
    for section in report.sections:
        yield from _of_section(section, "")
    for annex in report.annexes:
        name = re.sub("[：:\\s]", "", annex.label.string) or SIGNATURE
        yield from _of_blocks(annex.blocks, name)
        for section in annex.sections:
            yield from _of_section(section, f"{name}/")


def _of_section(section: Section, above: str) -> Iterator[Passage | tuple[str, Table]]:
    path = f"{above}{section.heading.number or section.heading.title}"
    yield Passage(section=path, text=section.heading.text)
    yield from _of_blocks(section.blocks, path)
    for child in section.sections:
        yield from _of_section(child, f"{path}/")


def _of_blocks(blocks: tuple[Block, ...], path: str) -> Iterator[Passage | tuple[str, Table]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.string:
                yield Passage(section=path, text=block.text)
            for point in block.points:
                yield Passage(section=path, text=point.text)
        elif isinstance(block, ItemList):
            for item in block.items:
                number = item.label.rstrip("、．.").translate(NARROW)
                inner = f"{path}/{number}" if block.ordered and number else path
                yield Passage(section=inner, text=item.text.slice(len(item.label)))
        elif isinstance(block, Note):
            yield Passage(section=path, text=block.text)
        elif isinstance(block, Table):
            yield path, block


def tables_of(report: Report) -> Iterator[tuple[str, Table]]:
    """Yield the tables with the paths of their sections."""
    for item in passages(report):
        if not isinstance(item, Passage):
            yield item


def observe(report: Report) -> Iterator[Observation]:
    """Yield every fact that the report states."""
    year = report.metadata.coverage[:4]
    for passage in passages(report):
        if isinstance(passage, Passage):
            yield from of_text(passage, year)
        else:
            yield from of_table(passage[0], passage[1], year)


def of_text(passage: Passage, year: str) -> Iterator[Observation]:
    """Yield the facts of a stretch of running text."""
    string = passage.text.string
    for offset, sentence in sentences(string, "。；！？\n"):
        found = quantities(sentence)
        for quantity, subject in zip(found, subjects(sentence, found), strict=True):
            start = _clause(sentence, quantity.start)
            stated = _period(sentence[: quantity.end]) or year
            qualifier = [quantity.qualifier] if quantity.qualifier else []
            qualifier += [m["word"] for m in _PERSISTING.finditer(sentence[start : quantity.start])]
            for one in _each(subject, sentence, quantity.start):
                yield Observation(
                    section=passage.section,
                    subject=one,
                    value=quantity.value,
                    unit=quantity.unit,
                    qualifier=";".join(dict.fromkeys(qualifier)),
                    period=stated,
                    quote=_quote(sentence, start, quantity.end),
                    locator=passage.text.slice(
                        offset + quantity.start, offset + quantity.end
                    ).locator,
                )
        yield from _zeros(passage, sentence, offset, year)


def _each(subject: str, sentence: str, place: int) -> list[str]:
    """Return the subjects that 均 gives one figure to."""
    if re.search("均为$|均是$|都是$|皆为$", sentence[:place]):
        parts = [part for part in re.split("、|和|及|与", subject) if part]
        return parts or [subject]
    return [subject]


def _zeros(passage: Passage, sentence: str, offset: int, year: str) -> Iterator[Observation]:
    for pattern, unit in ((_NONE, "件"), (_FREE, "元")):
        for match in pattern.finditer(sentence):
            fee = unit == "元" or match["noun"] == "费用"
            parts = [match["what"]] if fee else re.split("和|、|及", match["what"])
            for part in parts:
                yield Observation(
                    section=passage.section,
                    subject=f"{part}收费" if unit == "元" else part,
                    value="0",
                    unit="元" if fee else unit,
                    qualifier="以文字表述",
                    period=_period(sentence[: match.start()]) or year,
                    quote=match[0],
                    locator=passage.text.slice(
                        offset + match.start(), offset + match.end()
                    ).locator,
                )


def _clause(sentence: str, place: int) -> int:
    """Return where the clause begins that holds ``place``."""
    marks = [match.end() for match in _CLAUSE_START.finditer(sentence, 0, place)]
    return marks[-1] if marks else 0


def _quote(sentence: str, start: int, end: int) -> str:
    stop = _CLAUSE_START.search(sentence, end)
    return sentence[start : stop.start() if stop else len(sentence)].rstrip("。；！？\n")


def _period(text: str) -> str:
    years = _YEAR.findall(text)
    return years[-1] if years else ""


def of_table(section: str, table: Table, year: str) -> Iterator[Observation]:
    """Yield the facts of a table: its heads are the subject, the row is the quote."""
    grid = Grid.of(table)
    units = next((c for c, head in grid.columns(0) if head in UNIT_HEADS), None)
    for (row, column), cell in grid.cells.items():
        text = cell.text.string.replace(",", "").strip()
        if not FIGURE.fullmatch(text):
            continue
        heads = grid.heads_above(row, column)
        name = grid.head_beside(row, column)
        unit = grid.text(row, units) if units is not None else ""
        if not unit and heads:
            stated = _UNIT_IN_HEAD.search(heads[-1])
            unit = (stated["unit"] or "件") if stated else ""
        words = [name] if name and units is not None else [name, heads[-1] if heads else ""]
        yield Observation(
            section=section,
            subject="/".join(filter(None, words if name else heads)),
            value=text.replace("−", "-"),
            unit=unit,
            qualifier="",
            period=year,
            quote=grid.quote(row),
            locator=cell.text.locator,
        )
