"""``publisher impose``: put the pages of a finished PDF on sheets for a print shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.cli.console import count_noun
from publisher.errors import PublisherError, SourceError, UsageError
from publisher.imposition import ImpositionOptions, cells_of, impose
from publisher.output_names import IMPOSED, PDF
from publisher.readers import load
from publisher.record import refuse_to_overwrite_publication
from publisher.system.atomic_write import write_whole

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.imposition import ImposedPdf


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Impose, write and tell; return 0."""
    source: Path = arguments.pdf
    wish = _wish(arguments)
    output = _output(source, arguments.output)
    try:
        imposed = impose(load(source, report=False), wish)
    except SourceError as error:
        raise _placed(error, source) from error
    for finding in imposed.findings:
        console.finding(finding, where=str(source))
    write_whole({output: imposed.data})
    console.result(
        f"{output}: {_told(imposed, wish)}",
        output=str(output),
        scheme=wish.scheme,
        pages=imposed.pages,
        sheets=imposed.sheets,
        blank=imposed.blank,
        paper_mm=[round(side, 2) for side in imposed.paper_mm],
        duplex=imposed.duplex,
        left=list(imposed.left),
    )
    return 0


def _wish(arguments: argparse.Namespace) -> ImpositionOptions:
    return ImpositionOptions(
        scheme=arguments.scheme,
        cells=None if arguments.cells is None else cells_of(arguments.cells),
        signature=arguments.signature,
        creep_mm=arguments.creep,
        paper=arguments.paper,
        bleed_mm=arguments.bleed,
        marks=arguments.marks,
        binding=arguments.binding,
        duplex=arguments.duplex,
    )


def _output(source: Path, wanted: Path | None) -> Path:
    """Return where the sheets go: over nothing that cannot be made again from them."""
    output = wanted or source.with_name(f"{source.name.removesuffix(PDF)}{IMPOSED}")
    if output.suffix != PDF:
        raise UsageError(f"{output}: sheets are a .pdf file", hint="name such a file with -o")
    if output.resolve() == source.resolve():
        raise UsageError(f"{output} would be written over itself", hint="name another file with -o")
    refuse_to_overwrite_publication(output)
    return output


def _placed(error: SourceError, source: Path) -> PublisherError:
    """Return an error that names the file."""
    if error.where == str(source):
        return error
    place = f"{source}, {error.where}" if error.where else str(source)
    return type(error)(error.message, hint=error.hint, where=place)


def _told(imposed: ImposedPdf, wish: ImpositionOptions) -> str:
    width, height = (f"{round(side, 1):g}" for side in imposed.paper_mm)
    left = f"; left behind: {', '.join(imposed.left)}" if imposed.left else ""
    return (
        f"{wish.scheme}, {imposed.pages} pages on {count_noun(imposed.sheets, 'sheet')} of {width} × {height} mm, "
        f"flipped over the {imposed.duplex} edge{left}"
    )
