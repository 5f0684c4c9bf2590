"""The charts and diagrams of a Word file: reads their words and figures as paragraphs and a table, and reports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Locator
from publisher.readers.docx.charts import Chart, read_chart
from publisher.readers.docx.diagrams import diagram_paragraphs
from publisher.readers.docx.finding_rules import CHART, CHART_AS_TABLE, DIAGRAM, DIAGRAM_AS_TEXT
from publisher.readers.docx.table_grid import fit_to_grid
from publisher.readers.docx.text_builder import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.readers.docx.drawings import DrawnObject
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.package import Element, Package, Relationship
    from publisher.readers.docx.text_builder import Block, TextBuilder


class ObjectReader:
    """Reads charts and diagrams into a text."""

    def __init__(self, package: Package, builder: TextBuilder, findings: FindingCollector) -> None:
        """Write into ``builder``, and report to ``findings``."""
        self._package = package
        self._builder = builder
        self._findings = findings

    def read(
        self,
        drawn: DrawnObject,
        offset: int,
        relationships: Mapping[str, Relationship],
        *,
        in_table: bool,
    ) -> list[Block]:
        """Return the words of an object as paragraphs, and the figures of a chart as a table; report the object.

        Args:
            drawn: The object as the drawing places it.
            offset: Its offset in the text.
            relationships: The relationships of the story's part, by id.
            in_table: Whether it is in a table, where the figures of a chart are not shown.

        """
        root = self._root(relationships.get(drawn.relationship))
        chart = read_chart(root) if root and drawn.kind == "chart" else Chart((), ())
        words = diagram_paragraphs(root) if root and drawn.kind == "diagram" else chart.titles
        rows = () if in_table else chart.rows
        if drawn.kind == "diagram":
            rule = DIAGRAM_AS_TEXT if words else DIAGRAM
        else:
            rule = CHART_AS_TABLE if rows else CHART
        description = f": {drawn.alt}" if drawn.alt else ""
        self._findings.add(rule, Locator(offset=offset, length=0), description=description)
        blocks: list[Block] = [
            self._builder.add_paragraph(" ".join(text.split())) for text in words
        ]
        return [*blocks, self._table(rows)] if rows else blocks

    def _root(self, relationship: Relationship | None) -> Element | None:
        """Return the root of the part of an object; None if the file does not have it."""
        if relationship is None or relationship.external:
            return None
        return self._package.read_tree(relationship.target)

    def _table(self, rows: Sequence[Sequence[str]]) -> Table:
        table = Table(rows=[], start=self._builder.length, end=0)
        for row in rows:
            cells = [
                Cell(column=column, column_span=1, blocks=[self._builder.add_paragraph(string)])
                for column, string in enumerate(row)
            ]
            table.rows.append(cells)
        if not rows[0][0]:
            for cell in table.rows[0]:
                cell.header = True
        table.end = self._builder.length
        fit_to_grid(table, where=self._package.where)
        return table
