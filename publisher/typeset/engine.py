"""The engine: HTML in, a tagged PDF out, with what layout and painting found.

WeasyPrint does the work: a private copy of it (``weasyprint_loader``), with patches (``patches``) and with our own line
breaking, tags and content streams (``document_hooks``).
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.model import Finding, Severity
from publisher.system.log_capture import capture_logs
from publisher.system.memory import gc_paused, large_frame_chunk
from publisher.text.counted_nouns import count_noun
from publisher.typeset.document_hooks import CurrentDocument, current_document, line_layout
from publisher.typeset.fonts.letter_widths import LetterWidths
from publisher.typeset.fonts.library import font_configuration
from publisher.typeset.linebreak.break_trace import LineTrace, trace_page
from publisher.typeset.linebreak.code_boxes import CodeBoxes
from publisher.typeset.linebreak.code_drawing import CodeFont
from publisher.typeset.linebreak.shaping import Shaper
from publisher.typeset.output.identification import Declaration, add_metadata
from publisher.typeset.output.pdf_x import convert_to_pdf_x
from publisher.typeset.output.press_colours import Inks
from publisher.typeset.output.structure_destinations import add_structure_destinations
from publisher.typeset.patches.registry import PATCH_NAMES, patch_set
from publisher.typeset.tables.findings import fit_findings
from publisher.typeset.tables.fitting import TableFit
from publisher.typeset.tables.misfits import tall_tables
from publisher.typeset.tables.table_layout import MisfitError, TableLayout
from publisher.typeset.tagging.plan import MOVED, StructurePlan
from publisher.typeset.url_fetcher import refusing_fetcher
from publisher.typeset.weasyprint_loader import LOGGER, load_weasyprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from publisher.typeset.fonts.library import FontLibrary
    from publisher.typeset.linebreak.line_layout import LineLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFont:
    """A font in a finished file."""

    family: str
    style: str
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetDocument:
    """A finished file, and where in it things are."""

    pdf: bytes
    pages: int
    front_pages: int
    """How many of them are numbered apart, before the first page of the body."""
    page_of: dict[str, int]
    """For each id of the HTML, the page on which its element begins, from 1."""
    fonts: tuple[EmbeddedFont, ...]
    findings: tuple[Finding, ...]
    unsupported_paragraphs: dict[str, int]
    """Why paragraphs were left to WeasyPrint's own lines, and how many were."""


_NO_HYPHENATION = "* { hyphens: manual !important }"
"""For WeasyPrint's own lines: the hyphens that it adds would be read as characters of the text."""


class Engine:
    """Sets reports in type, several at a time if several threads ask for it.

    No lock is held while a document is set: what belongs to one document is in ``document_hooks.CURRENT``, and
    WeasyPrint's own objects belong to one document each. Pango's font maps must not be used by two threads at a
    time; so each document that is set has a ``_Workspace`` to itself, which the next one takes over.
    """

    def __init__(
        self,
        library: FontLibrary,
        *,
        patches: Iterable[str] = PATCH_NAMES,
        line_breaking: bool = True,
    ) -> None:
        """Load WeasyPrint; raises SystemLibraryError if Pango or another shared library is missing.

        ``patches`` are the names of those that are applied. Without ``line_breaking`` WeasyPrint breaks the lines.
        """
        load_weasyprint()
        self._library = library
        self._patches = frozenset(patches)
        self._line_breaking = line_breaking
        self._idle: list[_Workspace] = []

    @property
    def breaks_lines(self) -> bool:
        """Whether lines are broken here, and not by WeasyPrint."""
        return self._line_breaking

    def typeset(self, html: str, css: str, declaration: Declaration) -> TypesetDocument:
        """Lay out, paint and tag a page of HTML; return it as a PDF that declares its standards."""
        if not self._patches:
            return self._typeset(html, css, declaration)
        with gc_paused():  # until the objects of the pages are freed
            return large_frame_chunk(self._typeset)(html, css, declaration)

    def _typeset(self, html: str, css: str, declaration: Declaration) -> TypesetDocument:
        printing = declaration.printing
        if not self._line_breaking:
            css = f"{css}\n{_NO_HYPHENATION}"
        inks = Inks(printing.named) if printing else None
        if printing:
            css = f"{css}\n{printing.css}"
        with self._workspace() as workspace, capture_logs(LOGGER) as messages:
            document, current, fits = self._lay_out(workspace, html, css, inks)
            lines = current.line_layout
            with current_document(current):
                plan = current.plan = StructurePlan(
                    document,
                    namespaces=declaration.profile.pdf_ua == "2",
                    links=printing is None,
                    originals=current.tables.parts.originals,
                    parents=current.tables.parts.parents,
                )
                declaration = replace(declaration, front_pages=_front_pages(plan))
                data = document.write_pdf(
                    finisher=lambda _, pdf: _finish(pdf, document, plan, declaration),
                    pdf_tags=True,
                    pdf_version=declaration.profile.pdf_version,
                    pdf_identifier=hashlib.md5(html.encode(), usedforsecurity=False).hexdigest(),
                    output_intent="srgb",
                )
            current.free_boxes()
        unsupported_paragraphs = lines.unsupported if lines else {}
        return TypesetDocument(
            pdf=data,
            pages=len(document.pages),
            front_pages=declaration.front_pages,
            page_of=plan.first_page,
            fonts=_fonts(document),
            unsupported_paragraphs=dict(unsupported_paragraphs),
            findings=(
                *(
                    Finding(clause="typesetting", severity=Severity.WARNING, message=message[:300])
                    for message in dict.fromkeys([*workspace.sheet_messages(css), *messages])
                ),
                *dict.fromkeys(current.findings),
                *fit_findings(fits.values()),
                *(_formula_findings(lines) if lines else ()),
                *(_left(reason, count) for reason, count in unsupported_paragraphs.items()),
                *(map(_blackened, sorted(inks.blackened)) if inks else ()),
            ),
        )

    def letter_width(self, text: str, families: Sequence[str]) -> float:
        """Return the width of a text of an SVG in em, in the first of the families that has each letter.

        It is infinite if the text cannot be set letter by letter, as the text of an SVG is.
        """
        with self._workspace() as workspace:
            return workspace.letters.width(text, families)

    def trace_lines(self, html: str, css: str, page: int) -> tuple[LineTrace, ...]:
        """Lay a report out, and return why each line of a page, from 1, ends where it does.

        Raise ``UsageError`` if there is no such page. Nothing is painted.
        """
        with self._workspace() as workspace, capture_logs(LOGGER):
            document, _, _ = self._lay_out(workspace, html, css, None, traced=True)
        if not 1 <= page <= len(document.pages):
            raise UsageError(
                translatable("there is no page {page}", page=page),
                hint=translatable(
                    "the report has {page_count} pages", page_count=len(document.pages)
                ),
            )
        return tuple(trace_page(document, page))

    def _lay_out(
        self, workspace: _Workspace, html: str, css: str, inks: Inks | None, *, traced: bool = False
    ) -> tuple[Any, CurrentDocument, dict[int, TableFit]]:
        """Lay a document out, again if a table does not fit its page; return it with what layout used."""
        fits: dict[int, TableFit] = {}
        while True:
            lines = line_layout(workspace.shaper, traced=traced) if self._line_breaking else None
            current = CurrentDocument(
                lines, CodeBoxes(workspace.shaper), inks, TableLayout(fits, lines)
            )
            try:
                with current_document(current):
                    document = workspace.lay_out(html, css, current.tables.prepare)
            except MisfitError as misfit:
                fits |= misfit.fits
                current.free_boxes()
                continue
            tall = tall_tables(document) - {number for number, fit in fits.items() if fit.tall}
            if not tall:
                _leave_blank_pages_unnumbered(document)
                return document, current, fits
            fits |= {number: replace(fits.get(number, TableFit()), tall=True) for number in tall}
            current.free_boxes()

    @contextmanager
    def _workspace(self) -> Iterator[_Workspace]:
        """Lend a workspace that no other document uses, with the engine's patches applied."""
        try:
            workspace = self._idle.pop()
        except IndexError:
            workspace = _Workspace(self._library)
        try:
            with patch_set().applied(self._patches):
                yield workspace
        finally:
            self._idle.append(workspace)


MAX_SHEETS = 8
"""Parsed style sheets that a workspace stores; a sheet differs with the style, the options and the language, and needs megabytes."""
CODE_FAMILY = "Noto Sans CJK SC"
"""The family that draws the codes of characters that no font has; without it another that has figures."""


class _Workspace:
    """What is used for one document at a time and serves the next: fonts, style sheets, shaped text."""

    def __init__(self, library: FontLibrary) -> None:
        self.fonts = font_configuration(library)
        family = library.family_of("0", (CODE_FAMILY, *library.families)) or CODE_FAMILY
        face = library.face(family)
        self.shaper = Shaper(CodeFont(face.path, face.index).draw, library.latin)
        self.letters = LetterWidths(self.fonts, library)
        self._sheets: dict[str, tuple[Any, list[str]]] = {}
        """The last sheets, each with what is wrong with it, which WeasyPrint says only when it reads it."""

    def lay_out(self, html: str, css: str, prepare: Callable[[Element], None]) -> Any:
        """Return the pages of a document, as WeasyPrint lays them out; ``prepare`` may change its elements before."""
        from publisher._weasyprint import CSS, HTML

        if css not in self._sheets:
            with capture_logs(LOGGER) as messages:
                sheet = CSS(string=css, font_config=self.fonts, url_fetcher=refusing_fetcher())
            self._sheets[css] = sheet, messages
            if len(self._sheets) > MAX_SHEETS:
                del self._sheets[next(iter(self._sheets))]
        page = HTML(string=html, url_fetcher=refusing_fetcher())
        prepare(page.etree_element)
        _move_to_end(page.etree_element)
        return page.render(
            font_config=self.fonts, stylesheets=[self._sheets[css][0]], output_intent="srgb"
        )

    def sheet_messages(self, css: str) -> list[str]:
        """Return what WeasyPrint says about a sheet that was used."""
        return self._sheets[css][1]


def _leave_blank_pages_unnumbered(document: Any) -> None:
    """Remove the page numbers from a blank page before that of 版记, and from the latter (GB/T 9704-2012, 7.5)."""
    from publisher._weasyprint.formatting_structure import boxes

    without_text = []
    for page in reversed(document.pages):
        page_box = page._page_box  # noqa: SLF001 - WeasyPrint has no other access
        content = (boxes.TextBox, boxes.ReplacedBox)
        if any(
            isinstance(box, content) or getattr(box, "text_runs", ())
            for box in page_box.children[0].descendants()
        ):
            break
        without_text.append(page_box)
    last = document.pages[-1]._page_box  # noqa: SLF001
    if len(without_text) < 2 or not any(
        "imprint" in box.element.get("class", "").split()
        for box in last.descendants()
        if getattr(box, "element", None) is not None
    ):
        return
    for page_box in without_text:
        page_box.children = [
            box for box in page_box.children if not isinstance(box, boxes.MarginBox)
        ]


def _move_to_end(root: Any) -> None:
    """Move each element with ``data-before`` to the end of its parent; the plan of the tags keeps it where it was."""
    for parent in list(root.iter()):
        for element in [child for child in parent if child.get(MOVED)]:
            tail, element.tail = element.tail, None
            if tail and tail.strip():
                raise ValueError(f"text follows the moved element {element.tag} directly")
            parent.remove(element)
            parent.append(element)


def _formula_findings(lines: LineLayout) -> Iterator[Finding]:
    """Yield the findings about formulas that are reduced, or not drawn, because of the lines around them."""
    if lines.reduced_formulas:
        yield Finding(
            clause="formula",
            severity=Severity.NOTE,
            message=translatable(
                "in {count} a formula is wider than a line and is reduced to its width",
                count=count_noun(lines.reduced_formulas, "paragraph"),
            ),
            hint="look whether it can be read; divide long formulas",
        )
    if lines.unset_formulas:
        yield Finding(
            clause="formula",
            severity=Severity.WARNING,
            message=translatable(
                "{count} beside a float or in a line with other boxes are set as text",
                count=count_noun(lines.unset_formulas, "formula"),
            ),
            hint="compare them with the source",
        )


def _left(reason: str, count: int) -> Finding:
    return Finding(
        clause="lines",
        severity=Severity.NOTE,
        message=translatable(
            "{count} paragraphs have lines of WeasyPrint's own making: {reason}",
            count=count,
            reason=reason,
        ),
        hint="their right edges are ragged; the style's template can avoid it",
    )


def _blackened(colour: str) -> Finding:
    return Finding(
        clause="inks",
        severity=Severity.NOTE,
        message=translatable("{colour} is printed in black", colour=colour),
        hint="a style names the build of a colour under [inks] in its style.toml",
    )


def _finish(pdf: Any, document: Any, plan: StructurePlan, declaration: Declaration) -> None:
    if plan.namespaces:
        add_structure_destinations(pdf, plan)
    add_metadata(pdf, declaration)
    if declaration.printing:
        convert_to_pdf_x(pdf, document, declaration.printing)


def _fonts(document: Any) -> tuple[EmbeddedFont, ...]:
    """Return the fonts painted with, one entry a face whatever sizes it was used at."""
    faces: dict[tuple[str, str], set[str]] = {}
    for font in document.fonts.values():
        style = "Bold" if font.weight >= BOLD else "Regular"
        faces.setdefault((font.family, style), set()).update(font.to_unicode.values())
    return tuple(
        EmbeddedFont(family=family, style=style, characters=len(characters))
        for (family, style), characters in sorted(faces.items())
    )


BOLD = 600
"""The CSS weight from which a face counts as bold."""


def _front_pages(plan: StructurePlan) -> int:
    """Return how many pages stand before the body where a style puts a cover there."""
    body = plan.first_page.get("body")
    return body - 1 if body and "cover" in plan.first_page else 0
