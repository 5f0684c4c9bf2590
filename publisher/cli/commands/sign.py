"""``publisher sign``: sign a finished publication, in place or into another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.arguments import add_signature_options
from publisher.messages import translatable
from publisher.text.control_characters import escape_controls

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher sign``."""
    parser.add_argument("pdf", type=Path, metavar="PDF")
    parser.add_argument(
        "--key",
        required=True,
        type=Path,
        metavar="FILE",
        help="the key with its certificates: .p12, .pfx or .pem; its passphrase is read from "
        "PUBLISHER_KEY_PASSWORD or asked for",
    )
    add_signature_options(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="the signed .pdf file; the record is copied beside it (default: the same file)",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Sign the publication; return 0."""
    from publisher.api.finished_files import sign_publication

    output: Path = arguments.output or arguments.pdf
    signed = sign_publication(
        arguments.pdf,
        arguments.key,
        output,
        level=arguments.level,
        tsa_url=arguments.tsa_url,
        validation=arguments.validation,
    )
    console.result(
        translatable(
            "{output}: signed by {signer}, level {level}",
            output=output,
            signer=escape_controls(signed.signer),
            level=signed.level,
        ),
        pdf=str(output),
        signer=signed.signer,
        level=str(signed.level),
    )
    return 0
