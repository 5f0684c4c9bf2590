"""The sixth stage: turn a report into a page of HTML with its style sheet.

Input: a ``Report``, its ``Statistics`` and a ``Style``. Output: a ``Page``. Jinja2 always escapes text and rejects
undefined names, so that the text of a report is never a template or a style. Text that is not in the report is marked
``data-generated``; the two can be separated character by character.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from math import floor
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import PublisherError
from publisher.model import (
    Figure,
    ItemList,
    Note,
    Page,
    Paragraph,
    PartLine,
    PreformattedText,
    Statistics,
    Table,
)
from publisher.render.chart_positions import block_offset, charts_by_block
from publisher.render.charts import draw, with_drawable_charts
from publisher.render.checks_page import checks_page
from publisher.render.cover_lines import cover_lines
from publisher.render.custom_properties import root_length, root_number
from publisher.render.imprint import foot_lines, imprint_rows, is_long_imprint
from publisher.render.inline_markup import inline_markup_for
from publisher.render.label_width import label_width
from publisher.render.labels import labels_for
from publisher.render.official_form import document_form
from publisher.render.page_text import read_page_text
from publisher.render.publication_data import TextHistory, publication_data
from publisher.render.quotations import is_attribution, quotation_runs
from publisher.render.red_head import TypeArea, red_head
from publisher.render.running_heads import running_head
from publisher.render.section_openings import opens_sections
from publisher.render.signature import place_signature
from publisher.render.style_faults import template_error
from publisher.render.text_width import ems, estimated_width
from publisher.render.titles import break_title
from publisher.text.dates import MONTH_NAMES
from publisher.text.small_text import NOTE_BEHIND_FIGURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2 import Environment
    from jinja2.runtime import Context

    from publisher.model import (
        Annex,
        Block,
        Chart,
        Heading,
        Report,
        SourcePicture,
        SummaryTable,
        TableCell,
        Text,
    )
    from publisher.render.charts import LetterWidth
    from publisher.render.styles import Style

_FIGURE = re.compile(r"[-−－+△▲]?\d[\d,. ]*[%‰]?|[/—-]")

_TABLE_NUMBER = re.compile(
    r"(?:附?[表]|[Tt]able)\s*(?P<number>\d+(?:[-.—－．]\d+)*|[一二三四五六七八九十]+)"
)

_SHORT_TABLE_ROWS, _SHORT_CELL = 6, 60
"""The rows of a table that is not broken over pages, and the characters of its longest cell."""
_FIELD = re.compile("[^：:，。；]{1,14}[：:]")
_ATTACHMENT = re.compile("(?:附[\\s　]*件[\\s　]*\\d*[：:][\\s　]*)?(?:\\d{1,2}[.．、][\\s　]*)?")
_ATTENDANCE = re.compile("[^：:，。；]{1,6}[：:]")
LEAST_FIELDS = 4
"""Lines with a label from which on they are set as a list, flush left."""

MM_PER_POINT = 25.4 / 72
MAX_PICTURE_HEIGHT = 150.0
"""Millimetres. Leaves room for a caption on a page of every style."""
MAX_CENTRED_WIDTH = 24
"""Em. A wider signature is not centred over its date."""


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
            _environment(style.search_path)
            .get_template("report.html.j2")
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
                    partial(_write_date, language=report.metadata.language),
                    has_appendix=bool(tables) and options.tables == "appendix",
                ),
                opens_sections=opens_sections(report, style.section_page_characters),
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


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    from jinja2 import StrictUndefined, pass_context
    from jinja2.sandbox import SandboxedEnvironment

    from publisher.render.template_cache import CompiledTemplates
    from publisher.render.template_loader import OrdinaryFileLoader

    environment = SandboxedEnvironment(  # a style may come from a bag that a stranger made
        loader=OrdinaryFileLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        # Jinja may apply filters while it compiles; the cache depends on this file, which defines them.
        bytecode_cache=CompiledTemplates(Path(__file__).read_bytes()),
    )
    environment.filters.update(
        ident=pass_context(_identifier),
        label=pass_context(_label),
        is_figure=_is_figure,
        is_header_row=_is_header_row,
        longest_cell=_longest_cell,
        is_short_table=_is_short_table,
        table_number=_table_number,
        chinese_date=pass_context(_printed_date),
        data_url=_data_url,
        picture_width=_picture_width,
        runs_by_role=_runs_by_role,
        are_fields=_are_fields,
        annex_title=_annex_title,
        cover_lines=cover_lines,
        imprint_rows=imprint_rows,
        is_long_imprint=is_long_imprint,
        ems=ems,
        label_width=label_width,
        red_head=red_head,
        quotation_runs=pass_context(_quotation_runs),
        is_attribution=is_attribution,
        document_form=document_form,
        foot_lines=foot_lines,
        place_signature=place_signature,
        attendance_label=_attendance_label,
        attachment_label=_attachment_label,
        attachment_label_width=_attachment_label_width,
        sign_off_box=_sign_off_box,
        running_title=pass_context(_running_title),
        running_section=pass_context(_running_section),
    )
    tests: dict[str, type] = {
        "part_line": PartLine,
        "paragraph": Paragraph,
        "preformatted": PreformattedText,
        "item_list": ItemList,
        "table": Table,
        "note": Note,
        "figure": Figure,
    }
    environment.tests.update(
        {name: lambda block, kind=kind: isinstance(block, kind) for name, kind in tests.items()}
    )
    return environment


def _identifier(context: Context, text: Text) -> str:
    """Return the id of a heading on this page."""
    anchor: str = context["inline_markup"].anchor(text)
    return anchor


def _quotation_runs(
    context: Context, blocks: Sequence[Block]
) -> Iterator[tuple[bool, list[Block]]]:
    """Yield the blocks in runs, each with whether it is a block quotation."""
    return quotation_runs(blocks, context["report"].quotations)


def _picture_width(picture: SourcePicture) -> float:
    """Return the width of a picture in millimetres, reduced so that its height fits on a page."""
    width = picture.width * min(1.0, MAX_PICTURE_HEIGHT / max(picture.height, 1e-3))
    return round(max(width, 1.0), 2)


def _data_url(picture: SourcePicture) -> str:
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode('ascii')}"


def _label(context: Context, heading: Heading) -> str:
    """Return a heading without the marks of notes and the mark at its end, as contents, bookmarks and heads of pages have it."""
    string: str = context["inline_markup"].without_note_marks(heading.text)
    return string.rstrip("。．.：:；")


def _running_title(context: Context, title: str) -> str:
    """Return the title of the report at the head of each page."""
    return running_head(title, context["style"].running_title_ems)


def _running_section(context: Context, heading: str) -> str:
    """Return a heading at the head of each page."""
    return running_head(heading, context["style"].running_section_ems)


def _is_short_table(table: Table) -> bool:
    """Return whether a table is so short that a page break inside it disturbs more than the space before it."""
    return len(table.body) <= _SHORT_TABLE_ROWS and _longest_cell(table) <= _SHORT_CELL


def _longest_cell(table: Table) -> int:
    return max(len(cell.text) for row in (*table.head, *table.body) for cell in row)


def _table_number(table: Table) -> str:
    """Return the number that a table has in its caption (表1-2); empty if it has none."""
    match = _TABLE_NUMBER.match(table.caption.string if table.caption else "")
    return match["number"] if match else ""


def _is_header_row(row: tuple[TableCell, ...]) -> bool:
    return all(cell.scope in ("col", "colgroup") for cell in row)


def _is_figure(cell: str) -> bool:
    """Return whether a cell is a figure, or a figure with the marks of its notes."""
    return bool(_FIGURE.fullmatch(NOTE_BEHIND_FIGURE.sub("", cell)))


def _runs_by_role(lines: tuple[PartLine, ...]) -> list[tuple[str, list[PartLine]]]:
    """Return lines in runs of one role, each run with its role."""
    return [(role, list(run)) for role, run in groupby(lines, attrgetter("role"))]


def _are_fields(lines: tuple[PartLine, ...]) -> bool:
    """Return whether most of several lines are a label and its value (受文者：…), as below the title of a 函 of Taiwan."""
    labelled = [line for line in lines if _FIELD.match(line.text.string)]
    return len(labelled) >= LEAST_FIELDS and 2 * len(labelled) > len(lines)


def _attendance_label(line: PartLine) -> int:
    """Return how many characters 出席： at the beginning of a line have; 0 for any other line."""
    label = _ATTENDANCE.match(line.text.string) if line.role == "attendance" else None
    return label.end() if label else 0


def _attachment_label(line: Text) -> int:
    """Return how many characters 附件： and the number at the beginning of an attachment have."""
    label = _ATTACHMENT.match(line.string)
    return label.end() if label else 0


def _attachment_label_width(lines: tuple[Text, ...]) -> float:
    """Return the width of the labels of attachments in em, that of 附件： included."""
    widths = [ems(line.string[: _attachment_label(line)]) for line in lines]
    return max([widths[0], *(width + 3 for width in widths[1:])])


def _annex_title(annex: Annex) -> str:
    return "".join(line.string for line in annex.title)


def _printed_date(context: Context, date: str) -> str:
    """Return a day, or a month (2024-04), as it is written in the language of the report."""
    return _write_date(date, language=context["metadata"].language)


def _write_date(date: str, *, language: str) -> str:
    """Return a year, a month or a day (ISO 8601) as it is written in a language."""
    if date and language.startswith("en"):
        year, *rest = date.split("-")
        day = [str(int(part)) for part in rest[1:]]
        return " ".join([*day, MONTH_NAMES[int(rest[0]) - 1], year]) if rest else year
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False)
    )


def _sign_off_box(lines: tuple[Text, ...]) -> dict[str, Any]:
    """Return width and right margin of the signature in em.

    The date is four characters from the right edge; the offices are centred over it (GB/T 9704-2012, 7.3.5).
    """
    widths = [ems(text.string) for text in lines]
    if not widths:
        return {"width": 0, "margin": 0}
    widest, date = max(widths), widths[-1]
    if widest > MAX_CENTRED_WIDTH:
        return {"width": widest, "margin": 0}
    return {"width": widest, "margin": max(4 - (widest - date) / 2, 0)}
