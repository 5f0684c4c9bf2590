"""``publisher impose``: arrange the pages of a finished PDF on sheets for a print shop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.measures import millimetres
from publisher.errors import PublisherError, SourceError, UsageError
from publisher.messages import join_texts, translatable
from publisher.output_names import IMPOSED, PDF
from publisher.record import refuse_to_overwrite_publication
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console
    from publisher.imposition import ImposedPdf, ImpositionOptions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher impose``."""
    parser.add_argument("pdf", type=Path, metavar="PDF")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="the sheets (default: NAME.imposed.pdf)"
    )
    parser.add_argument(
        "--scheme",
        default="booklet",
        metavar="SCHEME",
        help="`booklet` (default: folded and stitched), `n-up` (pages in reading order) or "
        "`cut-and-stack` (stacks that are put on one another)",
    )
    parser.add_argument(
        "--cells",
        metavar="CxR",
        help="columns x rows on a side, from 1 to 32 each; required by `n-up` and `cut-and-stack`",
    )
    parser.add_argument(
        "--signature",
        type=int,
        default=0,
        metavar="N",
        help="sheets of a booklet that are folded into one another (default: 0, all)",
    )
    parser.add_argument(
        "--creep",
        type=millimetres,
        default=0.0,
        metavar="MM",
        help="thickness of a sheet, from 0 to 2 (default: 0); each sheet inside another moves its "
        "pages by it towards the fold",
    )
    parser.add_argument(
        "--paper",
        default="",
        metavar="PAPER",
        help="A0 to A6, B0 to B6, RA0 to RA4, SRA0 to SRA4 or a Chinese size such as 大16开, in the orientation that the pages "
        "need, or WxH in millimetres (default: the smallest of these that fits; for a booklet two "
        "pages with bleed and marks)",
    )
    parser.add_argument(
        "--bleed",
        type=millimetres,
        metavar="MM",
        help="bleed of the pages that is kept, from 0 to 50 (default: all of their BleedBox)",
    )
    parser.add_argument(
        "--marks", action="store_true", help="paint crop, fold and registration marks"
    )
    parser.add_argument(
        "--binding",
        default="left",
        metavar="SIDE",
        help="`left` (default), or `right` for books that are read from right to left",
    )
    parser.add_argument(
        "--duplex",
        default="",
        metavar="EDGE",
        help="edge over which the press flips a sheet, `long` or `short` (default: the one parallel "
        "to the spine)",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Impose the PDF and write the sheets; return 0."""
    from publisher.api.finished_files import impose_pdf

    source: Path = arguments.pdf
    options = _options(arguments)
    output = _output(source, arguments.output)
    try:
        imposed = impose_pdf(source, options, output)
    except SourceError as error:
        raise _with_file(error, source) from error
    for finding in imposed.findings:
        console.finding(finding, where=str(source))
    console.result(
        translatable("{output}: {summary}", output=output, summary=_summary(imposed, options)),
        output=str(output),
        scheme=options.scheme,
        pages=imposed.pages,
        sheets=imposed.sheets,
        blank=imposed.blank,
        paper_mm=[round(side, 2) for side in imposed.paper_mm],
        duplex=imposed.duplex,
        omitted=list(imposed.omitted),
    )
    return 0


def _options(arguments: argparse.Namespace) -> ImpositionOptions:
    from publisher.imposition import ImpositionOptions, parse_cells

    return ImpositionOptions(
        scheme=arguments.scheme,
        cells=None if arguments.cells is None else parse_cells(arguments.cells),
        signature=arguments.signature,
        creep_mm=arguments.creep,
        paper=arguments.paper,
        bleed_mm=arguments.bleed,
        marks=arguments.marks,
        binding=arguments.binding,
        duplex=arguments.duplex,
    )


def _output(source: Path, output: Path | None) -> Path:
    """Return where to write the sheets; raise ``UsageError`` if that would overwrite a publication."""
    output = output or source.with_name(f"{source.name.removesuffix(PDF)}{IMPOSED}")
    if output.suffix != PDF:
        raise UsageError(
            translatable("{output}: sheets are a .pdf file", output=output),
            hint="name such a file with -o",
        )
    if output.resolve() == source.resolve():
        raise UsageError(
            translatable("{output} would overwrite itself", output=output),
            hint="name another file with -o",
        )
    refuse_to_overwrite_publication(output)
    return output


def _with_file(error: SourceError, source: Path) -> PublisherError:
    """Return the error with the file's name in its place."""
    if error.where == str(source):
        return error
    where = f"{source}, {error.where}" if error.where else str(source)
    return type(error)(error.message, hint=error.hint, where=where)


def _summary(imposed: ImposedPdf, options: ImpositionOptions) -> str:
    width, height = (f"{round(side, 1):g}" for side in imposed.paper_mm)
    removed = (
        translatable(
            "; not carried over: {omitted}",
            omitted=join_texts(", ", map(translatable, imposed.omitted)),
        )
        if imposed.omitted
        else ""
    )
    return translatable(
        "{scheme}, {pages} on {sheets} of {width} × {height} mm, flipped over the {duplex} "
        "edge{removed}",
        scheme=translatable(options.scheme),
        pages=count_noun(imposed.pages, "page"),
        sheets=count_noun(imposed.sheets, "sheet"),
        width=width,
        height=height,
        duplex=translatable(imposed.duplex),
        removed=removed,
    )
