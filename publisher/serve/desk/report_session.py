"""A report that a person works on: its view, the decisions about it, its pages and its publication.

Input: the bytes of a file, its name, options and decisions. Output: a ``ReportView`` after each change, pictures of pages, and the
files of the publication. Results of stages are cached, so that a change runs only the stages that it affects; what is
published has the bytes that the command line makes of the same file, options and decisions.
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publisher.decisions import (
    SUFFIX,
    DecisionEntries,
    DecisionsFile,
    encode_entries,
    has_comments,
    update_entries,
)
from publisher.errors import PublisherError, UsageError
from publisher.extensions import load_extensions
from publisher.messages import translatable
from publisher.model import LineDecision, Locator
from publisher.normalise import RULES, normalise
from publisher.pipeline import run_pipeline
from publisher.pipeline.stage_cache import StageCache
from publisher.pipeline.typeset_report import bind_report, typeset_report
from publisher.readers import read_bytes
from publisher.render.style_faults import located_findings
from publisher.review import review_source
from publisher.serve.desk.attention_items import (
    check_items,
    doubt_items,
    edit_identifier,
    edit_items,
    finding_items,
    rule_items,
)
from publisher.serve.desk.marked_text import TextMarker, mark_text
from publisher.serve.desk.metadata_fields import metadata_fields
from publisher.serve.desk.page_images import draw_page, page_sizes
from publisher.serve.desk.page_places import LinePlace, PagePlaces
from publisher.serve.desk.report_view import FindingItem, ReportView
from publisher.system.memory import gc_paused
from publisher.text.edits import replay_by_offset
from publisher.text.line_index import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.decisions.entries import Choice
    from publisher.extensions import Extensions
    from publisher.model import Edit, EditDecision, EditSelection, LineRole, SourceText
    from publisher.normalise import NormaliseResult
    from publisher.normalise.rule import NormalisingRule
    from publisher.options import Options
    from publisher.pipeline.typeset_report import BoundReport, TypesetReport
    from publisher.review import EditReview
    from publisher.serve.desk.page_places import PageRectangle

FIELDS = ("title", "subtitle", "issuer", "date")
"""The fields of the metadata that a person can decide."""
PUBLISHED = ("txt", "csv", "xlsx", "json-stat", "bilingual")
"""What is published besides PDF and record; the proof only of a conversion."""
LARGE = 4 << 20
"""Bytes from which on the results of fewer earlier states are kept."""
LONGEST_HISTORY = 50
"""Decisions that can be undone."""


class ReportSession:
    """A report in the memory of one process; for one thread at a time."""

    def __init__(
        self,
        data: bytes,
        options: Options,
        *,
        name: str,
        decisions: bytes = b"",
        history: Iterable[bytes] = (),
    ) -> None:
        """Store what the report is made of; nothing is read yet.

        Args:
            data: The content of the file.
            options: What to make of it.
            name: The name of the file.
            decisions: The content of the decisions file; empty for none.
            history: Earlier contents, the latest last.

        """
        self._data = data
        self._name = name
        self._cache = StageCache(2 if len(data) > LARGE else 4)
        self.options = options
        self.decisions = decisions
        self.history = list(history)
        if decisions and has_comments(decisions):
            raise UsageError(
                "has comments, which would be lost",
                where=self.decisions_name,
                hint='write them as note = "…" below the entries, or keep them elsewhere',
            )

    @property
    def size(self) -> int:
        """The number of bytes of the source."""
        return len(self._data)

    @property
    def decisions_name(self) -> str:
        """The name of the decisions file, which is that beside the source."""
        return f"{Path(self._name).stem or self._name}{SUFFIX}"

    @property
    def version(self) -> str:
        """A name for the present options and decisions."""
        state = f"{self.options!r}\0{self.decisions!r}"
        return hashlib.sha256(state.encode()).hexdigest()[:16]

    # --- What is shown ---------------------------------------------------------------------------

    def view(self) -> ReportView:
        """Return what the page of the report shows.

        Raises:
            PublisherError: The report cannot be read. If it only cannot be typeset, the view has the reason.

        """
        with gc_paused():
            return self._cache.run("view", (self.version,), self._view)

    def _view(self) -> ReportView:
        bound = self._bind()
        source, prepared = bound.source, bound.prepared
        review = self._review()
        entries = self._entries()
        items = edit_items(review.edits, entries)
        locators = {edit_identifier(edit): edit.locator for edit in review.edits}
        marker = TextMarker(source, [locators[item.identifier] for item in items], items)
        report, lines = prepared.parsed.report, LineIndex(source.decoded)
        problem, typeset = self._try_typesetting(bound)
        findings = [*bound.decision_findings, *prepared.findings]
        if typeset:
            findings += located_findings(
                typeset.typeset.findings, prepared.style, prepared.page.css
            )
        return ReportView(
            version=self.version,
            title=report.metadata.title,
            language=report.metadata.language,
            blocks=mark_text(prepared.converted, report, marker, bound.decisions.lines),
            edits=items,
            rules=rule_items(items, entries),
            fields=metadata_fields(report, self._decided_fields(entries)),
            findings=finding_items(findings, lines),
            checks=check_items(prepared.statistics, source.decoded),
            checks_held=sum(check.outcome == "holds" for check in prepared.statistics.checks),
            doubts=doubt_items(prepared.conversion, source.decoded),
            pages=page_sizes(typeset.typeset.pdf) if typeset else (),
            problem=problem,
            can_undo=bool(self.history),
            decisions=self.decisions,
        )

    def _try_typesetting(
        self, bound: BoundReport
    ) -> tuple[FindingItem | None, TypesetReport | None]:
        try:
            return None, self._typeset(bound)
        except PublisherError as error:
            problem = FindingItem(severity="error", message=error.message, hint=error.hint)
            return problem, None

    def _decided_fields(self, entries: DecisionEntries) -> Mapping[str, str]:
        return {
            name: getattr(self.options, name, "") or getattr(entries.report, name)
            for name in FIELDS
        }

    @property
    def preview(self) -> bytes:
        """The PDF as it will be printed, not verified yet."""
        return self._typeset(self._bind()).typeset.pdf

    def page_image(self, page: int, zoom: int) -> bytes:
        """Return a page, from 1, as a PNG picture; raise ``UsageError`` if there is none."""
        return draw_page(self.preview, page, zoom)

    def rectangles(self, offset: int, length: int) -> tuple[PageRectangle, ...]:
        """Return where a span of the source is on the pages."""
        return self._page_places().rectangles(offset, length)

    def line_places(self) -> tuple[LinePlace, ...]:
        """Return where each line and each table of the text begins on the pages."""
        lines, page_places = [], self._page_places()
        for block in self.view().blocks:
            rectangles = page_places.rectangles(block.offset, 1)
            if rectangles:
                first = rectangles[0]
                lines.append(LinePlace(block.offset, first.page, first.top))
        return tuple(lines)

    def _page_places(self) -> PagePlaces:
        bound = self._bind()
        typeset = self._typeset(bound)
        return self._cache.run(
            "places",
            (typeset.typeset.pdf, bound.prepared.edits),
            lambda: PagePlaces(
                typeset.typeset.pdf,
                replay_by_offset(bound.source.decoded, bound.prepared.edits),
                typeset.additions,
            ),
        )

    # --- What a person decides -------------------------------------------------------------------

    def decide_edits(self, identifiers: Iterable[str], choice: Choice | None) -> None:
        """Accept or reject edits, or take the decisions about them back (``None``).

        Raises:
            UsageError: There is no such edit.

        """
        numbers = {edit_identifier(edit): str(edit.number) for edit in self._review().edits}
        words = []
        for identifier in identifiers:
            if identifier not in numbers:
                raise UsageError(
                    "the report does not have this edit any more",
                    hint="load the page again and repeat what you did",
                )
            words.append(numbers[identifier])
        self._decide(words, choice)

    def decide_rule(self, rule: str, choice: Choice | None) -> None:
        """Accept or reject all edits of a rule, or take the decision about the rule back (``None``)."""
        self._decide([rule], choice)

    def _decide(self, words: list[str], choice: Choice | None) -> None:
        review = self._review(
            accept=words if choice == "accept" else (),
            reject=words if choice == "reject" else (),
            clear=words if choice is None else (),
        )
        self._store(review.decisions)

    def set_fields(self, fields: Mapping[str, str]) -> None:
        """Decide fields of the metadata; an empty text is detected again.

        Raises:
            UsageError: There is no such field, or a value is not possible.

        """
        if not fields:
            return
        report = self._entries().report
        for name, value in fields.items():
            if name not in FIELDS:
                raise UsageError(
                    translatable("{name} cannot be decided", name=name),
                    hint="correct the source instead",
                )
            report = replace(report, **{name: value.strip()})
        self._update(update_entries(self._entries(), self._source(), report=report))

    def set_line(self, offset: int, length: int, role: LineRole | None, level: int = 0) -> None:
        """Decide what a line is; ``None`` lets it be detected again.

        Args:
            offset: Where the line begins in the source.
            length: How long it is there.
            role: What it is.
            level: The level of a heading, from 1; else 0.

        """
        locator = Locator(offset=offset, length=max(length, 1))
        line = LineDecision(locator=locator, role=role, level=level) if role else locator
        self._update(update_entries(self._entries(), self._source(), lines=[line]))

    def undo(self) -> None:
        """Go back to the decisions before the last change; do nothing if there is none."""
        if self.history:
            self.decisions = self.history.pop()

    def _update(self, entries: DecisionEntries) -> None:
        is_empty = replace(entries, source=DecisionEntries().source) == DecisionEntries()
        self._store(b"" if is_empty else encode_entries(entries))

    def _store(self, decisions: bytes) -> None:
        """Put new decisions in the place of the present ones, unless they cannot be read again or are the same."""
        file = DecisionsFile(name=self.decisions_name, data=decisions, where="")
        entries = file.entries()
        if replace(entries, source=DecisionEntries().source) == DecisionEntries():
            decisions = b""
        if decisions == self.decisions:
            return
        self.history = [*self.history, self.decisions][-LONGEST_HISTORY:]
        self.decisions = decisions

    # --- What is published -----------------------------------------------------------------------

    def publish(self) -> Mapping[str, bytes]:
        """Return the files of the verified publication by suffix: PDF, record, text, figures, proof of the conversion.

        Raises:
            PublisherError: The report cannot be published.

        """
        is_converted = bool(self._bind().prepared.conversion.configuration)
        emit = PUBLISHED if is_converted else tuple(k for k in PUBLISHED if k != "bilingual")
        result = run_pipeline(
            self._data,
            dataclasses.replace(self.options, emit=emit),
            name=self._name,
            decisions=self._file(),
            runner=self._cache,
        )
        return result.files

    # --- Stages ----------------------------------------------------------------------------------

    def _file(self) -> DecisionsFile | None:
        if not self.decisions:
            return None
        name = self.decisions_name
        return DecisionsFile(name=name, data=self.decisions, where=name)

    @property
    def _extensions(self) -> Extensions:
        return load_extensions(self.options.extensions)

    def _entries(self) -> DecisionEntries:
        file = self._file()
        return file.entries() if file else DecisionEntries()

    def _source(self) -> SourceText:
        return self._read()[0]

    def _read(self) -> tuple[SourceText, tuple[Edit, ...]]:
        return self._cache.run(
            "read",
            (self._data, self._name, self.options.encoding, self._extensions.versions),
            lambda: read_bytes(
                self._data,
                name=self._name,
                encoding=self.options.encoding,
                formats=self._extensions.formats,
            ),
        )

    def _review(
        self,
        accept: Iterable[str] = (),
        reject: Iterable[str] = (),
        clear: Iterable[str] = (),
    ) -> EditReview:
        source, read_edits = self._read()
        return review_source(
            source,
            self._file(),
            selection=self.options.edits,
            read_edits=read_edits,
            accept=accept,
            reject=reject,
            clear=clear,
            normaliser=self._normalise,
            rules=self._extensions.rules,
        )

    def _normalise(
        self,
        source: SourceText,
        /,
        *,
        selection: EditSelection = "certain",
        decisions: tuple[EditDecision, ...] = (),
        rules: tuple[NormalisingRule, ...] = RULES,
    ) -> NormaliseResult:
        return self._cache.run(
            "normalise",
            (source, selection, decisions, self._extensions.versions),
            lambda: normalise(source, selection=selection, decisions=decisions, rules=rules),
        )

    def _bind(self) -> BoundReport:
        return self._cache.run(
            "bind",
            (self.version,),
            lambda: bind_report(
                self._data,
                self.options,
                name=self._name,
                decisions=self._file(),
                runner=self._cache,
            ),
        )

    def _typeset(self, bound: BoundReport) -> TypesetReport:
        return self._cache.run(
            "typeset-report",
            (self.version,),
            lambda: typeset_report(bound, self.options, where=self._name, runner=self._cache),
        )
