"""The sixth stage: turn a report into a page of HTML with its style sheet.

Input: a ``Report``, its ``Statistics`` and a ``Style``. Output: a ``Page``. Text that is not in the report is
marked ``data-generated``; the two can be separated character by character.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import floor
from typing import TYPE_CHECKING

from publisher.errors import PublisherError
from publisher.model import Page, Statistics
from publisher.render.chart_positions import block_offset, charts_by_block
from publisher.render.charts import draw, with_drawable_charts
from publisher.render.checks_page import checks_page
from publisher.render.custom_properties import root_length, root_number
from publisher.render.inline_markup import inline_markup_for
from publisher.render.labels import labels_for, write_date
from publisher.render.page_text import read_page_text
from publisher.render.publication_data import TextHistory, publication_data
from publisher.render.red_head import TypeArea
from publisher.render.section_openings import opens_sections
from publisher.render.short_documents import is_short_document
from publisher.render.style_faults import template_error
from publisher.render.styles import TEMPLATE
from publisher.render.template_environment import template_environment
from publisher.render.text_width import estimated_width
from publisher.render.titles import break_title

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from publisher.model import Block, Chart, Report, SummaryTable
    from publisher.render.charts import LetterWidth
    from publisher.render.styles import Style

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """The statistics that a page includes, and its alignment."""

    tables: str = "none"
    """Where tables of figures are: ``appendix``, ``inline`` or ``none``."""
    checks: bool = False
    """Whether an appendix lists the arithmetic checks."""
    align: str = "style"
    """``left`` for lines that are ragged on the right, ``style`` for those of the style."""
    history: TextHistory = TextHistory()
    """What was done to the text, for the page that says so."""
    press: bool = False
    """Whether the page is for a printing press; the ``print.css`` of a style then applies."""
    fold_outs: bool = False
    """Whether tables that are too wide for a landscape page are on pages that fold out."""


def _charts_of(
    report: Report, tables: Sequence[SummaryTable]
) -> Callable[[Block], Sequence[Chart]]:
    """Return the function that gives a block the charts that follow it."""
    positions = charts_by_block(report, (chart for table in tables for chart in table.charts))
    return lambda block: positions.get(block_offset(block), ())


def render(
    report: Report,
    style: Style,
    families: Mapping[str, tuple[str, ...]],
    statistics: Statistics | None = None,
    options: PageOptions | None = None,
    letter_width: LetterWidth = estimated_width,
) -> Page:
    """Return a report as a page.

    Args:
        report: The report.
        style: The style whose template and sheet are used.
        families: The names of the font families for each role (song, hei, kai, fangsong, title).
        statistics: The figures of the report; none by default.
        options: Which of the statistics the page includes, and its alignment.
        letter_width: Measures the labels of charts; by default they are estimated without a font.

    Raises:
        UnknownStyleError: The template or the sheet of the style cannot be used.
    """
    statistics, options = statistics or Statistics(), options or PageOptions()
    chart_families = families[style.chart_font]
    tables = (
        with_drawable_charts(statistics.summary, chart_families, letter_width)
        if options.tables != "none"
        else ()
    )
    checks = statistics.checks if options.checks else ()
    labels = labels_for(report.metadata.language)
    title_lines = partial(break_title, measure=style.title_ems)
    css = style.sheet(
        families, press=options.press, align=options.align, fold_outs=options.fold_outs
    )
    try:
        html = (
            template_environment(style.search_path)
            .get_template(TEMPLATE)
            .render(
                report=report,
                metadata=report.metadata,
                style=style,
                title_lines=title_lines,
                root_length=partial(root_length, css),
                type_area=partial(_type_area, css),
                publication_data=lambda: publication_data(
                    report,
                    options.history,
                    labels,
                    partial(write_date, language=report.metadata.language),
                    has_appendix=bool(tables) and options.tables == "appendix",
                ),
                opens_sections=opens_sections(report, style.section_page_characters),
                has_cover=style.contents and not is_short_document(report, style.cover_characters),
                first_depth=1 if report.title or style.contents else 0,
                labels=labels,
                inline_markup=inline_markup_for(
                    report,
                    statistics,
                    labels["note_mark"],
                    linked=bool(tables) or bool(checks),
                ),
                appendix=tables if options.tables == "appendix" else (),
                inline_tables={table.start: table for table in tables}
                if options.tables == "inline"
                else {},
                charts_of=_charts_of(report, tables if options.tables == "inline" else ()),
                checks=checks_page(checks, labels) if checks else None,
                appendix_labels=(
                    (labels["appendix_1"], labels["appendix_2"])
                    if tables and checks and options.tables == "appendix"
                    else (labels["appendix"],)
                ),
                draw=partial(
                    draw,
                    families=chart_families,
                    ink=style.chart,
                    labels=labels,
                    size=style.chart_label,
                    letter_width=letter_width,
                ),
            )
        )
    except (PublisherError, MemoryError):
        raise  # too little memory is no fault of the template
    except Exception as error:  # a template computes, and may fail as any program
        raise template_error(error, style) from error
    return Page(html=html, css=css, pieces=read_page_text(html))


def _type_area(css: str) -> TypeArea:
    """Return the type area of a style on a grid; its lengths are rounded as those of the sheet."""
    width, height = (
        root_length(css, f"--type-area-{side}") * MM_PER_POINT for side in ("width", "height")
    )
    em = floor(width / MM_PER_POINT / root_number(css, "--characters-per-line") * 4) / 4
    pitch = floor(height / root_number(css, "--lines-per-page") * 1000) / 1000
    return TypeArea(width=width, pitch=pitch, character=em * MM_PER_POINT)
