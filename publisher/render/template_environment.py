"""The templates of a style: their environment, and what they may ask about blocks, tables and lines.

Input: the folders of a style. Output: an environment of Jinja2 whose filters and tests know the model. Text is always
escaped and an undefined name is an error, so that the text of a report is never a template.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.model import (
    Figure,
    ItemList,
    Note,
    Paragraph,
    PartLine,
    PreformattedText,
    Table,
)
from publisher.render.cover_lines import cover_lines
from publisher.render.imprint import foot_lines, imprint_rows, is_long_imprint
from publisher.render.label_width import label_width
from publisher.render.labels import write_date
from publisher.render.official_form import document_form
from publisher.render.quotations import is_attribution, quotation_runs
from publisher.render.red_head import red_head
from publisher.render.running_heads import running_head
from publisher.render.signature import place_signature
from publisher.render.text_width import ems
from publisher.text.small_text import NOTE_BEHIND_FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from jinja2.runtime import Context

    from publisher.model import (
        Annex,
        Block,
        Heading,
        SourcePicture,
        TableCell,
        Text,
    )

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

MAX_PICTURE_HEIGHT = 150.0
"""Millimetres. Leaves room for a caption on a page of every style."""
MAX_CENTRED_WIDTH = 24
"""Em. A wider signature is not centred over its date."""


@cache
def template_environment(folders: tuple[Path, ...]) -> Environment:
    """Return the environment of the templates in some folders; the first folder that has a template gives it."""
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
        has_levels=_has_levels,
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


def _has_levels(table: Table) -> bool:
    """Return whether rows of a table are parts of others, so that their heads are indented."""
    return any(cell.level for row in table.body for cell in row)


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
    return write_date(date, language=context["metadata"].language)


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
