"""``publisher archive``: a BagIt bag for each source; the reports of a folder go into one bag."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.arguments import add_all_options, add_signature_options, add_sources

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher archive``."""
    add_sources(parser)
    parser.add_argument(
        "--info",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a line for bag-info.txt, such as 全宗号=0123; may be given several times",
    )
    parser.add_argument(
        "--sign",
        dest="key",
        type=Path,
        metavar="KEY",
        help="sign each PDF with this key and its certificates: .p12, .pfx or .pem",
    )
    add_signature_options(parser)
    add_all_options(parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Make the bags; return 0, the exit code of the only kind of error, or 1 for several kinds."""
    from publisher.cli.archive_bags import archive_bags

    return archive_bags(arguments, console)
