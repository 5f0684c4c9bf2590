"""The warm engine: HTML in, tagged PDF bytes out, with what layout found on the way.

One engine a process keeps the font configuration and the parsed style sheets. While a document is
painted, two names of WeasyPrint 70 stand for our own (``weasyprint.pdf.Stream``, which marks
content, and ``weasyprint.pdf.add_tags``, which writes the structure); both are put back at once,
so that WeasyPrint works as ever for anyone else in the process.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError
from publisher.model import Finding, Severity
from publisher.system.log_capture import gathered
from publisher.system.memory import collector_at_rest, in_one_stack
from publisher.typeset.linebreak.break_trace import LineTrace, trace_page
from publisher.typeset.linebreak.glyph_painting import ComposedText, DocumentFonts, paint_text
from publisher.typeset.linebreak.line_layout import LineLayout
from publisher.typeset.linebreak.plain_lines import extend_draw_inline_level
from publisher.typeset.linebreak.shaping import Shaper
from publisher.typeset.output.identification import Declaration, add_metadata
from publisher.typeset.output.pdf_x import convert_to_pdf_x
from publisher.typeset.output.press_colours import Inks, press_stream
from publisher.typeset.output.structure_destinations import add_structure_destinations
from publisher.typeset.patches.font_subsetting import cut_beside
from publisher.typeset.patches.patching import Seam, held
from publisher.typeset.patches.registry import EXTENSIONS
from publisher.typeset.tagging.plan import Artifact, StructurePlan
from publisher.typeset.tagging.struct_tree_writer import write_tree
from publisher.typeset.url_fetcher import refusing_fetcher
from publisher.typeset.weasyprint_loader import require_system_libraries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.typeset.patches.registry import Extension


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFont:
    """A font in a finished file."""

    family: str
    style: str
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A finished file, and where in it things are."""

    pdf: bytes
    pages: int
    front_pages: int
    """How many of them are numbered apart, before the first page of the body."""
    page_of: dict[str, int]
    """For each id of the HTML, the page on which its element begins, from 1."""
    fonts: tuple[EmbeddedFont, ...]
    findings: tuple[Finding, ...]
    uncomposed: dict[str, int]
    """Why paragraphs were left to WeasyPrint's own lines, and how many were."""


_PAINTING = threading.Lock()
"""The two seams are names of a module: one document is painted at a time in a process."""


class Engine:
    """Sets reports in type, one after another."""

    def __init__(
        self,
        font_configuration: Any,
        *,
        extensions: Sequence[Extension] = EXTENSIONS,
        composing: bool = True,
    ) -> None:
        """Start WeasyPrint; raises ``SystemLibraryError`` where Pango is not to be had.

        Without ``extensions`` it works as it comes, but for the tags; without ``composing`` lines are
        its own.
        """
        require_system_libraries()
        import weasyprint

        self._weasyprint = weasyprint
        self._fonts = font_configuration
        self._sheets: dict[str, Any] = {}
        self._shaper = Shaper()
        self._extensions = extensions
        self._composing = composing

    def typeset(self, html: str, css: str, declaration: Declaration) -> Typeset:
        """Lay the page out, paint it, tag it and let it declare what it is."""
        if not self._extensions:
            return self._typeset(html, css, declaration)
        with collector_at_rest():  # until what the pages were made of is let go
            return in_one_stack(self._typeset)(html, css, declaration)

    def _typeset(self, html: str, css: str, declaration: Declaration) -> Typeset:
        printing = declaration.printing
        inks = Inks(printing.named) if printing else None
        if printing:
            css = f"{css}\n{printing.css}"
        seams = (seam for extension in self._extensions for seam in extension())
        with gathered("weasyprint") as messages, _PAINTING, held(seams):
            page = self._weasyprint.HTML(string=html, url_fetcher=refusing_fetcher())
            with _composing(self._shaper) if self._composing else nullcontext() as setter:
                document = page.render(
                    font_config=self._fonts, stylesheets=[self._sheet(css)], output_intent="srgb"
                )
            plan = StructurePlan(
                document, namespaces=declaration.profile.pdf_ua == "2", links=printing is None
            )
            declaration = replace(declaration, front_pages=_front_pages(plan))
            with held(_seams(plan, inks)):
                data = document.write_pdf(
                    finisher=lambda _, pdf: _finish(pdf, document, plan, declaration),
                    pdf_tags=True,
                    pdf_version=declaration.profile.pdf_version,
                    pdf_identifier=hashlib.md5(html.encode(), usedforsecurity=False).hexdigest(),
                    output_intent="srgb",
                )
        left = setter.unsupported if setter else {}
        return Typeset(
            pdf=data,
            pages=len(document.pages),
            front_pages=declaration.front_pages,
            page_of=plan.first_page,
            fonts=_fonts(document),
            uncomposed=dict(left),
            findings=(
                *(
                    Finding(clause="typesetting", severity=Severity.WARNING, message=message[:300])
                    for message in dict.fromkeys(messages)
                ),
                *(_left(reason, count) for reason, count in left.items()),
                *(map(_blackened, sorted(inks.blackened)) if inks else ()),
            ),
        )

    def trace_lines(self, html: str, css: str, page: int) -> tuple[LineTrace, ...]:
        """Lay a report out, and return why each line of a page, from 1, ends where it does.

        Raise ``UsageError`` if there is no such page. Nothing is painted.
        """
        patches = (seam for extension in self._extensions for seam in extension())
        with gathered("weasyprint"), _PAINTING, held(patches):
            source = self._weasyprint.HTML(string=html, url_fetcher=refusing_fetcher())
            with _composing(self._shaper, traced=True):
                document = source.render(
                    font_config=self._fonts, stylesheets=[self._sheet(css)], output_intent="srgb"
                )
        if not 1 <= page <= len(document.pages):
            raise UsageError(
                f"there is no page {page}", hint=f"the report has {len(document.pages)} pages"
            )
        return tuple(trace_page(document, page))

    def _sheet(self, css: str) -> Any:
        if css not in self._sheets:
            self._sheets[css] = self._weasyprint.CSS(
                string=css, font_config=self._fonts, url_fetcher=refusing_fetcher()
            )
        return self._sheets[css]


def _left(reason: str, count: int) -> Finding:
    return Finding(
        clause="lines",
        severity=Severity.NOTE,
        message=f"{count} paragraphs have lines of WeasyPrint's own making: {reason}",
        hint="their right edges are ragged; the style's template can avoid it",
    )


def _blackened(colour: str) -> Finding:
    return Finding(
        clause="inks",
        severity=Severity.NOTE,
        message=f"{colour} is printed in black",
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


@contextlib.contextmanager
def _composing(shaper: Shaper, *, traced: bool = False) -> Iterator[LineLayout]:
    """Let our own composer set the lines of paragraphs while a document is laid out."""
    from weasyprint.layout import block, preferred

    stock = SimpleNamespace(
        iter_line_boxes=block.iter_line_boxes,
        inline_min_content_width=preferred.inline_min_content_width,
        inline_max_content_width=preferred.inline_max_content_width,
    )
    setter = LineLayout(shaper, stock, traced=traced)
    seams = (
        Seam(block, "iter_line_boxes", setter.iter_line_boxes),
        Seam(preferred, "inline_min_content_width", setter.min_content_width),
        Seam(preferred, "inline_max_content_width", setter.max_content_width),
    )
    with held(seams):
        yield setter


def _seams(plan: StructurePlan, inks: Inks | None) -> Iterator[Seam]:
    """Yield what marks, tags and paints one document."""
    from weasyprint import draw as draw_seam
    from weasyprint import pdf as seam
    from weasyprint.draw import text as text_seam

    stock_line = text_seam.draw_first_line
    stream_class = _stream_class(press=inks is not None)
    first = (plan,) if inks is None else (plan, inks)
    pages = iter(range(1 << 30))
    fonts = DocumentFonts()

    def draw_line(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> Any:
        if not isinstance(box.pango_layout, ComposedText):
            return stock_line(stream, box, overflow, ellipsis, matrix)
        *_, x, y = matrix.values
        paint_text(stream, fonts, box.pango_layout, x, y)
        return []

    def stream(*given: Any, **named: Any) -> Any:
        page = next(pages)
        made = stream_class(page, *first, *given, **named)
        if page == 0:
            fonts.register(made, plan.contents)
            cut_beside(made._fonts.values())  # noqa: SLF001 - the seam
        return made

    yield Seam(seam, "Stream", stream)
    yield Seam(seam, "add_tags", lambda pdf, document, *_: write_tree(plan, pdf, document))
    yield Seam(text_seam, "draw_first_line", draw_line)
    yield Seam(
        draw_seam, "draw_inline_level", extend_draw_inline_level(draw_seam.draw_inline_level, fonts)
    )


@cache
def _stream_class(*, press: bool) -> Any:
    import pydyf
    from weasyprint.pdf.stream import Stream

    class MarkedStream(press_stream(Stream) if press else Stream):  # type: ignore[misc]  # weasyprint has no types
        """A page's content stream that marks each box as the plan has it."""

        def __init__(self, page: int, plan: StructurePlan, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._plan, self._page, self._mcid = plan, page, 0

        @contextlib.contextmanager
        def marked(self, box: Any, tag: str) -> Iterator[None]:
            content = self._plan.contents.get(box, _LAYOUT)
            if isinstance(content, Artifact):
                entries = {"Type": f"/{content.artifact_type}"}
                if content.subtype:
                    entries["Subtype"] = f"/{content.subtype}"
                self.begin_marked_content("Artifact", pydyf.Dictionary(entries))
            else:
                content.mcid = self._mcid
                self._mcid += 1
                self.stream.append(b"/%b\n<</MCID %d>>\nBDC" % (tag.encode(), content.mcid))
            try:
                yield
            finally:
                self.end_marked_content()

    return MarkedStream


_LAYOUT = Artifact(artifact_type="Layout")
