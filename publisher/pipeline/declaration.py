"""What the PDF of a report declares and embeds, and what a print shop requires of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.errors import UsageError
from publisher.export import encode_dataset
from publisher.output_names import DATA_SUFFIXES
from publisher.pdf.geometry import MM
from publisher.pdf.icc import load_output_profile
from publisher.profiles import PROFILES
from publisher.record.describe import describe_observations
from publisher.system.software import software
from publisher.typeset.output.identification import Attachment, Declaration
from publisher.typeset.output.pdf_x import Printing
from publisher.typeset.output.press_colours import is_grey, parse_colour
from publisher.verify import PrintRequirements

if TYPE_CHECKING:
    from publisher.model import Metadata, SourceText, Statistics
    from publisher.options import Options
    from publisher.render.styles import Style


def create_declaration(  # noqa: PLR0913 - the parts of a report
    source: SourceText,
    metadata: Metadata,
    statistics: Statistics,
    style: Style,
    options: Options,
    *,
    timestamp: str,
    where: str,
) -> Declaration:
    """Return what the PDF declares: profile, metadata, date, software, attachments, printing condition.

    Args:
        source: The source file, which some profiles embed.
        metadata: The metadata of the report.
        statistics: The figures, which are embedded with the source.
        style: The style, which may name the inks of colours.
        options: Profile, ICC profile, bleed and marks.
        timestamp: The date of the file (ISO 8601); empty if the report has none.
        where: The path that error messages name.

    Raises:
        UsageError: The profile is PDF/X-4, which requires a date, and ``timestamp`` is empty.
        ColourProfileError: The ICC profile of the printing condition cannot be used.

    """
    profile = PROFILES[options.profile]
    if profile.pdf_x and not timestamp:
        raise UsageError(
            "no date was found in the report, and PDF/X-4 requires one",
            where=where,
            hint="name the day of issue: --date YYYY-MM-DD",
        )
    return Declaration(
        profile=profile,
        metadata=metadata,
        timestamp=timestamp,
        producer=f"Publisher {__version__} (WeasyPrint {software()['weasyprint']})",
        creator=f"Publisher {__version__}",
        attachments=_attachments(source, statistics) if profile.attachments else (),
        printing=_printing(style, options) if profile.pdf_x else None,
    )


def print_requirements(declaration: Declaration) -> PrintRequirements | None:
    """Return what the preflight requires of the file; None if it is not for a print shop."""
    printing = declaration.printing
    if printing is None:
        return None
    return PrintRequirements(output_profile=printing.profile, bleed=printing.bleed)


def _attachments(source: SourceText, statistics: Statistics) -> tuple[Attachment, ...]:
    """Return the source, and the figures if there are any."""
    report = Attachment(
        name=source.name,
        data=source.data,
        media_type=source.media_type,
        relationship="Source",
        description="The report as it was received",
    )
    if not statistics.observations:
        return (report,)
    observations = describe_observations(statistics, {})
    figures = Attachment(
        name=f"{Path(source.name).stem}{DATA_SUFFIXES['csv']}",
        data=encode_dataset("csv", {"observations": observations}),
        media_type="text/csv",
        relationship="Data",
        description="The figures of the report",
    )
    return (report, figures)


def _printing(style: Style, options: Options) -> Printing:
    """Return the printing condition, with the inks of the colours that the style names.

    The colour of charts is converted by the ICC profile unless the style names its inks.
    """
    profile, chart = load_output_profile(options.icc), parse_colour(style.chart)
    return Printing(
        profile=profile,
        bleed=options.bleed * MM,
        marks=options.marks,
        named={
            **(profile.inks([chart]) if chart and not is_grey(chart) else {}),
            **{ink.rgb: ink.build for ink in style.inks},
        },
    )
