"""Gold structures: documents with their head, outline, tables and foot, and how far a result is from them.

A test fills ``StructureFacts`` from whatever it measures; nothing here knows how the facts were obtained.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.corpus.structure_word import SUFFIX as WORD_SUFFIX
from tests.corpus.structure_word import word_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = Path(__file__).parents[1] / "gold" / "structure"
_DATE_IN_BRACKETS = re.compile(r"[(（]\d{4}年\d+月(?:\d+日)?[^()（）]{0,8}[)）]")
_MARK_OF_NOTE = re.compile(r"\[\d+\]|[①-⑳¹²³]")
_SAME = str.maketrans("〔〕［］〈〉“”‘’○", "[][]《》\"\"''〇")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexFacts:
    """A part behind the signature, or a text that the document carries."""

    label: str = ""
    """附件1 as printed; empty for a text that is carried without a label."""
    title: str = ""
    headings: tuple[tuple[int, str], ...] = ()
    """Level within the annex, from 1, and the words with their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """A table: what stands around it."""

    first_cell: str
    """The text of the first cell that is not empty."""
    caption: str = ""
    unit: str = ""
    """What stands behind 单位：, several units as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureFacts:
    """What a result says about the structure of one document; the keys of the gold have the same names."""

    kind: str = ""
    title: str = ""
    subtitle: str = ""
    byline: str = ""
    issuers: tuple[str, ...] = ()
    date: str = ""
    number: str = ""
    period: str = ""
    source: str = ""
    language: str = ""
    addressee: str = ""
    secrecy: str = ""
    urgency: str = ""
    copy_number: str = ""
    signer: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""
    contents_removed: int = 0
    signature: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    annexes: tuple[AnnexFacts, ...] = ()
    tables: tuple[TableFacts, ...] = ()


FIELDS = tuple(
    entry.name for entry in fields(StructureFacts) if entry.name not in {"headings", "tables"}
)
"""The facts that are right or wrong as a whole; of ``annexes``, the labels and titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """A document and what is true of it."""

    path: Path
    gold: Mapping[str, Any]

    @property
    def name(self) -> str:
        """``communique-1.txt``, or ``minutes-2.docx`` for a file that is made from its input."""
        return self.path.name.replace(WORD_SUFFIX, ".docx")

    def data(self) -> bytes:
        """Return the bytes of the document."""
        if self.path.name.endswith(WORD_SUFFIX):
            return word_file(self.path.read_text(encoding="utf-8"))
        return self.path.read_bytes()


def documents(part: str) -> list[GoldDocument]:
    """Return the documents of ``open`` or ``blind``, if there are any."""
    result = []
    for path in sorted((FOLDER / part).glob("*.toml")):
        (source,) = (other for other in path.parent.glob(f"{path.stem}.*") if other != path)
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        result.append(GoldDocument(path=source, gold=gold))
    return result


def canonical(text: str) -> str:
    """Return a text without white space, width of characters, forms of brackets and quotes, and end marks."""
    text = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
    return re.sub(r"\s", "", text).rstrip("。.:;,")


def facts_of_gold(gold: Mapping[str, Any]) -> StructureFacts:
    """Return the facts that a perfect result has."""
    captions = {cell: caption for caption, cell in gold["captions"]}
    tables = {
        cell: TableFacts(first_cell=cell, caption=caption) for cell, caption in captions.items()
    }
    for target, unit in gold["units"]:
        cell = next((cell for cell, caption in captions.items() if caption == target), target)
        tables[cell] = replace(tables.get(cell, TableFacts(first_cell=cell)), unit=unit)
    values = {name: gold[name] for name in FIELDS if name != "annexes"}
    for name in ("issuers", "signature", "attachments"):
        values[name] = tuple(values[name])
    annexes = tuple(
        AnnexFacts(label=annex["label"], title=annex["title"], headings=_pairs(annex["headings"]))
        for annex in gold["annexes"]
    )
    return StructureFacts(
        **values,
        headings=_pairs(gold["headings"]),
        annexes=annexes,
        tables=tuple(tables.values()),
    )


def _pairs(entries: Iterable[Sequence[Any]]) -> tuple[tuple[int, str], ...]:
    return tuple((level, words) for level, words in entries)


@dataclass(slots=True, kw_only=True)
class Score:
    """Counts of one document, or of several added up."""

    documents: int = 0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By field: documents in which it is right."""
    stated: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By field: documents in which the gold has a value."""
    right_where_stated: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    gold_headings: int = 0
    headings: int = 0
    """Headings of the result, without those that are neither right nor wrong."""
    right_headings: int = 0
    """The words, the level and the annex are right, in the right order."""
    right_words: int = 0
    not_headings: int = 0
    false_headings: int = 0
    """Paragraphs listed in ``not_headings`` that the result has as headings."""
    captions: int = 0
    right_captions: int = 0
    """The caption is with the table that has the right first cell."""
    foreign_captions: int = 0
    """Captions of the result that are no caption in the gold."""
    units: int = 0
    right_units: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        for entry in fields(self):
            mine, more = getattr(self, entry.name), getattr(other, entry.name)
            if isinstance(mine, dict):
                for name, count in more.items():
                    mine[name] += count
            elif isinstance(mine, list):
                mine.extend(more)
            else:
                setattr(self, entry.name, mine + more)

    def accuracy(self, name: str) -> float:
        """Return the share of documents in which a field is right."""
        return _share(self.right[name], self.documents)

    @property
    def precision(self) -> float:
        """Return the share of the result's headings that are right in words and level."""
        return _share(self.right_headings, self.headings)

    @property
    def recall(self) -> float:
        """Return the share of the gold's headings that the result has with their level."""
        return _share(self.right_headings, self.gold_headings)

    @property
    def caption_share(self) -> float:
        """Return the share of captions that are with their table."""
        return _share(self.right_captions, self.captions)

    @property
    def unit_share(self) -> float:
        """Return the share of units that are with their table."""
        return _share(self.right_units, self.units)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _comparable(name: str, value: Any) -> Any:
    """Return a field's value in the form in which two values are equal if they say the same."""
    if name == "annexes":
        return [(canonical(annex.label), canonical(annex.title)) for annex in value]
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        value = _MARK_OF_NOTE.sub("", value) if name == "title" else value
        return canonical(_DATE_IN_BRACKETS.sub("", value) if name == "subtitle" else value)
    entries = [canonical(entry) for entry in value]
    if name == "issuers":
        return sorted(re.sub("(?<!人民)政府(?!办|工)", "人民政府", entry) for entry in entries)
    return entries


def _all_headings(facts: StructureFacts) -> list[tuple[str, int, str]]:
    body = [("", level, canonical(words)) for level, words in facts.headings]
    return body + [
        (canonical(annex.label + annex.title), level, canonical(words))
        for annex in facts.annexes
        for level, words in annex.headings
    ]


def _in_both(first: Sequence[Any], second: Sequence[Any]) -> int:
    return sum(
        block.size
        for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    )


def score(gold: Mapping[str, Any], facts: StructureFacts) -> Score:
    """Compare the facts of a result with the gold of the same document."""
    right = facts_of_gold(gold)
    result = Score(documents=1)
    for name in FIELDS:
        wanted, value = getattr(right, name), getattr(facts, name)
        accepted = [wanted, *gold.get(f"{name}_or", ())]
        same = "*" in accepted or _comparable(name, value) in [
            _comparable(name, entry) for entry in accepted
        ]
        result.right[name] += same
        result.stated[name] += bool(wanted)
        result.right_where_stated[name] += same and bool(wanted)
        if not same:
            result.faults.append(f"{name}: {value!r}, not {wanted!r}")
    _score_headings(result, gold, right, facts)
    _score_tables(result, gold, facts)
    return result


def _score_headings(
    result: Score, gold: Mapping[str, Any], right: StructureFacts, facts: StructureFacts
) -> None:
    wanted = _all_headings(right)
    optional = {canonical(words) for words in gold["optional_headings"]}
    optional -= {words for _, _, words in wanted}
    shown = [entry for entry in _all_headings(facts) if entry[2] not in optional]
    result.gold_headings, result.headings = len(wanted), len(shown)
    result.right_headings = _in_both(wanted, shown)
    result.right_words = _in_both([entry[2] for entry in wanted], [entry[2] for entry in shown])
    result.faults.extend(f"missing heading: {entry}" for entry in wanted if entry not in shown)
    result.faults.extend(f"false heading: {entry}" for entry in shown if entry not in wanted)
    headings = [words for _, _, words in shown if words not in {entry[2] for entry in wanted}]
    for paragraph in map(canonical, gold["not_headings"]):
        result.not_headings += 1
        result.false_headings += any(
            words.startswith(paragraph) or paragraph.startswith(words)
            for words in headings
            if words
        )


def _score_tables(result: Score, gold: Mapping[str, Any], facts: StructureFacts) -> None:
    shown = [
        (canonical(table.caption), canonical(table.first_cell), canonical(table.unit))
        for table in facts.tables
    ]
    for caption, cell in gold["captions"]:
        result.captions += 1
        same = (canonical(caption), canonical(cell)) in [entry[:2] for entry in shown]
        result.right_captions += same
        if not same:
            result.faults.append(f"caption not with its table: {caption}")
    known = {canonical(caption) for caption, _ in gold["captions"]}
    known |= {canonical(annex["title"]) for annex in gold["annexes"]} | {""}
    result.foreign_captions = sum(caption not in known for caption, _, _ in shown)
    result.faults.extend(f"false caption: {entry[0]}" for entry in shown if entry[0] not in known)
    for target, unit in gold["units"]:
        result.units += 1
        same = any(
            canonical(target) in entry[:2] and canonical(unit) == entry[2] for entry in shown
        )
        result.right_units += same
        if not same:
            result.faults.append(f"unit not with its table: {target}: {unit}")


COLUMNS = ("title", "subtitle", "issuers", "date", "number")
"""The fields that the table of kinds shows."""


def table_by_kind(scores: Iterable[tuple[str, Score]]) -> str:
    """Return a table of kinds, one line each and one for all, as text."""
    by_kind: dict[str, Score] = {}
    total = Score()
    for kind, entry in scores:
        by_kind.setdefault(kind, Score()).add(entry)
        total.add(entry)
    head = ["kind", "documents", *COLUMNS, "headings right", "found", "false", "captions", "units"]
    lines = [" | ".join(head)]
    for kind, entry in [*sorted(by_kind.items()), ("all", total)]:
        cells = [kind, str(entry.documents)]
        cells += [f"{entry.accuracy(name):.0%}" for name in COLUMNS]
        cells += [f"{entry.precision:.1%}", f"{entry.recall:.1%}", str(entry.false_headings)]
        cells += [f"{entry.right_captions}/{entry.captions}", f"{entry.right_units}/{entry.units}"]
        lines.append(" | ".join(cells))
    return "\n".join(lines)
