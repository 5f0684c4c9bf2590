"""The sixth stage: a report in, a page of HTML and its style out.

Jinja2 with autoescape always on and undefined names refused: a report's text is data, never a
template and never a style. What the page says beyond the report's own text is marked
``data-generated``, so that the two can be told apart to the last character.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import UnknownStyleError
from publisher.model import Figure, ItemList, Note, Page, Paragraph, Statistics, Table
from publisher.render.addressee import is_addressee
from publisher.render.charts import draw
from publisher.render.checks_page import checked
from publisher.render.custom_properties import root_length
from publisher.render.inline_markup import inline_of
from publisher.render.labels import words_for
from publisher.render.page_text import pieces_of
from publisher.render.text_width import ems
from publisher.render.titles import break_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from publisher.model import Heading, Report, SourcePicture, TableCell, Text
    from publisher.render.styles import Style

_FIGURE = re.compile(r"[-−+]?\d[\d,. ]*[%‰]?|[/—-]")

TALLEST_PICTURE = 150.0
"""In millimetres: what leaves room for its caption on every style's page."""
LONGEST_SIGN_OFF = 24
"""A signature wider than this (em) no longer centres over its date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of the statistics a page shows, and how its lines stand."""

    tables: str = "none"
    """Where its tables of figures stand: appendix, inline or none."""
    checks: bool = False
    align: str = "style"
    """``left`` for lines that are even on the left only."""
    press: bool = False
    """Whether it is for a press, for which a style may set things otherwise."""


def render(
    report: Report,
    style: Style,
    families: Mapping[str, tuple[str, ...]],
    statistics: Statistics | None = None,
    shown: Shown | None = None,
) -> Page:
    """Set the report in a style's template; ``families`` names the fonts for each role.

    Of ``statistics``, ``shown`` says what the page shows.
    """
    from jinja2 import TemplateError

    statistics, shown = statistics or Statistics(), shown or Shown()
    tables = statistics.summary if shown.tables != "none" else ()
    checks = statistics.checks if shown.checks else ()
    words = words_for(report.metadata.language)
    title_lines = partial(break_title, measure=style.title_ems)
    css = style.sheet(families, press=shown.press, align=shown.align)
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
                first_depth=1 if report.title or style.contents else 0,
                sign_off=_sign_off(report),
                words=words,
                places=inline_of(
                    report,
                    statistics,
                    words["note_mark"],
                    linked=bool(tables) or bool(checks),
                ),
                appendix=tables if shown.tables == "appendix" else (),
                inline={one.start: one for one in tables} if shown.tables == "inline" else {},
                checks=checked(checks, words) if checks else None,
                labels=(
                    (words["appendix_1"], words["appendix_2"])
                    if tables and checks and shown.tables == "appendix"
                    else (words["appendix"],)
                ),
                draw=partial(
                    draw,
                    families=families[style.chart_font],
                    ink=style.chart,
                    words=words,
                    size=style.chart_label,
                ),
            )
        )
    except (TemplateError, KeyError, ValueError) as error:
        raise UnknownStyleError(
            f"style {style.name!r} cannot be used: {type(error).__name__}: {error}",
            hint="docs/styles.md says what a style's files may hold",
        ) from error
    return Page(html=html, css=css, pieces=pieces_of(html))


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    from publisher.render.template_cache import CompiledTemplates

    environment = SandboxedEnvironment(  # a style may come with a bag, from anybody
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        # Filters may be applied while a template is compiled: those of this file as it is.
        bytecode_cache=CompiledTemplates(Path(__file__).read_bytes()),
    )
    environment.filters.update(
        ident=_identifier,
        label=_label,
        is_figure=_is_figure,
        is_heads=_is_heads,
        longest_cell=_longest_cell,
        written_date=_written_date,
        decimals=_decimals,
        padding=_padding,
        data_address=_data_address,
        shown_width=_shown_width,
    )
    tests: dict[str, type] = {
        "paragraph": Paragraph,
        "item_list": ItemList,
        "table": Table,
        "note": Note,
        "figure": Figure,
    }
    environment.tests["addressee"] = is_addressee
    environment.tests.update(
        {name: lambda block, kind=kind: isinstance(block, kind) for name, kind in tests.items()}
    )
    return environment


def _identifier(text: Text) -> str:
    return f"s{text.locator.offset}"


def _decimals(value: str) -> int:
    return len(value.rpartition(".")[2]) if "." in value else 0


def _padding(value: str, most: int) -> str:
    """Return the decimals that a figure lacks, which layout leaves blank before the next column."""
    lacking = most - _decimals(value)
    return "." * ("." not in value and most > 0) + "0" * lacking


def _shown_width(picture: SourcePicture) -> float:
    """Return the width in millimetres at which a picture is not too tall for a page."""
    width = picture.width * min(1.0, TALLEST_PICTURE / max(picture.height, 1e-3))
    return round(max(width, 1.0), 2)


def _data_address(picture: SourcePicture) -> str:
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode('ascii')}"


def _label(heading: Heading) -> str:
    return heading.text.string.rstrip("。．.：:；")


def _longest_cell(table: Table) -> int:
    return max(len(cell.text) for row in (*table.head, *table.body) for cell in row)


def _is_heads(row: tuple[TableCell, ...]) -> bool:
    return all(cell.scope in ("col", "colgroup") for cell in row)


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell))


def _written_date(date: str) -> str:
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}年{month}月{day}日"


def _sign_off(report: Report) -> dict[str, Any]:
    """Place the signature: the date four characters from the right, offices centred over it."""
    widths = [ems(text.string) for text in report.sign_off]
    if not widths:
        return {"width": 0, "margin": 0}
    widest, date = max(widths), widths[-1]
    if widest > LONGEST_SIGN_OFF:
        return {"width": widest, "margin": 0}
    return {"width": widest, "margin": max(4 - (widest - date) / 2, 0)}
