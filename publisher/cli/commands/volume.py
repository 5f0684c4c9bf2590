"""``publisher volume``: bind the publications of a folder into one tagged volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import UsageError
from publisher.record import refuse_to_overwrite_publication
from publisher.system.atomic_write import write_whole
from publisher.volume.bind import bind

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from publisher.cli.console import Console


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Bind, write and tell; return 0."""
    folder: Path = arguments.folder
    output: Path = arguments.output or folder / "volume.pdf"
    if output.suffix != ".pdf":
        raise UsageError(f"{output}: a volume is a .pdf file", hint="name such a file with -o")
    refuse_to_overwrite_publication(output)
    volume = bind(folder, output, title=arguments.title, issuer=arguments.issuer)
    for finding in volume.findings:
        console.finding(finding, where=str(output))
    write_whole({output: volume.data})
    declares = ", ".join(volume.declares) or "no standard declared"
    console.result(
        f"{output}: {len(volume.parts)} reports, {volume.pages} pages ({declares})",
        output=str(output),
        title=volume.title,
        parts=[str(part.path) for part in volume.parts],
        pages=volume.pages,
        declares=list(volume.declares),
    )
    return 0
