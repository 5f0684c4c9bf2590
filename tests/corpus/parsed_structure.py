"""The structure that the toolkit finds in a document, in the form that the scorer compares with the gold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.conversion import convert
from publisher.model import Figure, Table
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.parse import MetadataOverrides, parse
from publisher.parse.addressee import is_form_of_address
from publisher.readers import read_bytes
from publisher.reference.unit_lines import stated_unit
from publisher.text.dates import date_in
from tests.corpus.structure import AnnexFacts, StructureFacts, TableFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Block, PartLine, Report, Section
    from publisher.parse import ParseResult

_LABEL = re.compile("^[^：:]{2,14}[：:]")
_REGION = re.compile("-(?:HK|TW|MO|CN|SG)$")
"""The gold says in which script a text is, not for which region."""
_PAGE = re.compile("[\\d.]+(?:\\s*[-–—]\\s*[\\d.]+)?")
CONTENTS_RULE = "printed-contents"
"""The rule of the edits that leave a printed table of contents out."""


def parsed_structure(data: bytes, name: str) -> StructureFacts:
    """Return the facts of a document."""
    source, _ = read_bytes(data, name=name)
    converted, _, _ = convert(normalise(source).source, ConversionOptions())
    return facts_of(parse(converted, overrides=MetadataOverrides()))


def facts_of(result: ParseResult) -> StructureFacts:
    """Return the facts of a report that was parsed."""
    report, metadata = result.report, result.report.metadata
    lines = list(_part_lines(report))

    def words_of(role: str) -> str:
        return next((line.text.string for line in lines if line.role == role), "")

    printed_by = words_of("printed-by")
    return StructureFacts(
        kind=metadata.kind,
        title=metadata.title if report.title else "",
        subtitle=metadata.subtitle,
        byline=words_of("speaker"),
        issuers=metadata.publishers,
        date=metadata.date,
        number=metadata.identifier,
        period=metadata.coverage,
        source=metadata.source,
        language=_REGION.sub("", metadata.language),
        addressee=_addressee(
            report.addressee.string if report.addressee else words_of("addressee")
        ),
        secrecy=_LABEL.sub("", words_of("secrecy")),
        urgency=_LABEL.sub("", words_of("urgency")),
        copy_number=_LABEL.sub("", words_of("copy-number")),
        signer=_LABEL.sub("", words_of("signer")),
        copies_to=_LABEL.sub("", words_of("copies-to")),
        printed_by=re.sub(r"\s*(?:19|20)\d\d年.*$|[印编編][发發印]$", "", printed_by),
        printed_on=date_in(printed_by),
        contents_removed=sum(
            edit.rule == CONTENTS_RULE and not _PAGE.fullmatch(edit.before) for edit in result.edits
        ),
        signature=tuple(text.string for text in report.sign_off),
        attachments=tuple(text.string for text in report.attachments),
        headings=_headings(report.sections),
        annexes=tuple(
            AnnexFacts(
                label=annex.label.string if annex.label else "",
                title="".join(line.string for line in annex.title),
                headings=_headings(annex.sections),
            )
            for annex in report.annexes
        ),
        tables=tuple(_tables(report)),
    )


def _addressee(line: str) -> str:
    """Return the offices of a line of addressees, without a label; a form of address names none."""
    return "" if is_form_of_address(line) else _LABEL.sub("", line.rstrip("：:"))


def _part_lines(report: Report) -> Iterator[PartLine]:
    yield from (line for line in report.masthead if hasattr(line, "role"))
    yield from report.below_title
    yield from report.above_sign_off
    yield from report.remarks
    yield from report.imprint


def _headings(sections: Iterable[Section]) -> tuple[tuple[int, str], ...]:
    """Return depth and words of the headings."""
    headings: list[tuple[int, str]] = []

    def add(section: Section, depth: int) -> None:
        headings.append((depth, section.heading.text.string))
        for inner in section.sections:
            add(inner, depth + 1)

    for section in sections:
        add(section, 1)
    return tuple(headings)


def _tables(report: Report) -> Iterator[TableFacts]:
    for block in _blocks(report):
        if isinstance(block, Table):
            rows = (*block.head, *block.body)
            first = next((cell.text.string for row in rows for cell in row if cell.text.string), "")
            unit = stated_unit(block.unit.string) if block.unit else ""
            yield TableFacts(first_cell=first, caption=block.caption_words, unit=unit)
        elif isinstance(block, Figure):
            lines = (*block.above, *block.below)
            caption = next((line.text.string for line in lines if line.role == "caption"), "")
            yield TableFacts(first_cell=block.alt, caption=caption)


def _blocks(report: Report) -> Iterator[Block]:
    yield from report.preamble
    for section in report.walk():
        yield from section.blocks
    for annex in report.annexes:
        yield from annex.blocks
        for top in annex.sections:
            for section in top.walk():
                yield from section.blocks
