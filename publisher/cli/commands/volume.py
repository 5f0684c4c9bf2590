"""``publisher volume``: bind the publications of a folder into one tagged volume."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.arguments import path_of
from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.output_names import PDF
from publisher.record import refuse_to_overwrite_publication
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher volume``."""
    parser.add_argument("folder", type=path_of, metavar="FOLDER")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="the volume (default: FOLDER/volume.pdf)"
    )
    parser.add_argument(
        "--title",
        default="",
        metavar="TEXT",
        help="title of the volume (default: the folder's name)",
    )
    parser.add_argument(
        "--issuer",
        default="",
        metavar="TEXT",
        help="office on the cover (default: that of the reports, if all have the same)",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Bind the volume and write it; return 0."""
    from publisher.api.collections import bind_volume

    folder: Path = arguments.folder
    output: Path = arguments.output or folder / "volume.pdf"
    if output.suffix != PDF:
        raise UsageError(
            translatable("{output}: a volume is a .pdf file", output=output),
            hint="name such a file with -o",
        )
    refuse_to_overwrite_publication(output)
    volume = bind_volume(folder, output, title=arguments.title, issuer=arguments.issuer)
    for finding in volume.findings:
        console.finding(finding, where=str(output))
    declares = (
        join_texts(", ", volume.declares)
        if volume.declares
        else translatable("no standard declared")
    )
    console.result(
        translatable(
            "{output}: {reports}, {pages} ({standards})",
            output=output,
            reports=count_noun(len(volume.parts), "report"),
            pages=count_noun(volume.pages, "page"),
            standards=declares,
        ),
        output=str(output),
        title=volume.title,
        parts=[str(part.path) for part in volume.parts],
        pages=volume.pages,
        declares=list(volume.declares),
    )
    return 0
