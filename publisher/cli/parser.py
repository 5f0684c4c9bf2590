"""What can be typed: every command with its arguments; the options come from ``Options``.

Nothing is imported that a command needs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
from dataclasses import Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher._version import __version__
from publisher.options import NO_FILE, Options

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name

SHELLS = ("bash", "zsh", "fish")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="publisher", description="Chinese public reports in, accessible and archival PDFs out."
    )
    top.add_argument("--version", action="version", version=f"publisher {__version__}")
    commands: Commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        _build, _check, _stats, _volume, _verify, _sign, _archive, _rebuild, _preflight, _impose,
        _explain_lines,
    ):  # fmt: skip
        add(commands)
    _command(commands, "doctor", "say what is installed, what is missing and how to get it")
    _command(commands, "styles", "list the styles")
    _command(commands, "fonts", "list the fonts and what they are for")
    rules = _command(commands, "rules", "explain the rules that change text and report findings")
    rules.add_argument("name", nargs="?", default="", metavar="NAME", help="a rule or a clause")
    rules.add_argument(
        "--markdown", action="store_true", help="print the page docs/rules.md, with all rules"
    )
    completion = _command(commands, "completion", "print the completion script for a shell")
    completion.add_argument("shell", choices=SHELLS)
    return top


def _build(commands: Commands) -> None:
    build = _command(commands, "build", "publish reports as PDF, each with its record")
    _add_sources(build)
    build.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="of a Dask scheduler that builds a folder"
    )
    build.add_argument(
        "--storage",
        default="",
        metavar="URL",
        help="where the cluster writes results, as fsspec knows it (default: the output folder)",
    )
    build.add_argument(
        "--chunk-size",
        type=int,
        default=20,
        metavar="N",
        help="number of reports in one cluster task (default: 20)",
    )
    build.add_argument(
        "--force", action="store_true", help="of a folder, build also what is unchanged"
    )
    build.add_argument(
        "--dry-run", action="store_true", help="say what would be built, and build nothing"
    )
    _add_options(build)


def _explain_lines(commands: Commands) -> None:
    explain = _command(
        commands, "explain-lines", "print why each line of a page ends where it does"
    )
    explain.add_argument("source", type=Path, metavar="FILE")
    explain.add_argument(
        "--page", type=int, required=True, metavar="N", help="number of the page, from 1"
    )
    _add_options(explain)


def _check(commands: Commands) -> None:
    check = _command(commands, "check", "check the figures of reports, without building them")
    check.add_argument("sources", nargs="+", type=Path, metavar="SOURCE")
    for name in ("encoding", "script", "vocabulary", "names", "glossary"):
        _add_option(check, next(item for item in fields(Options) if item.name == name))
    check.add_argument("--strict", action="store_true", help="a check that fails is an error")


def _stats(commands: Commands) -> None:
    stats = _command(commands, "stats", "gather the figures of a folder of records in one table")
    stats.add_argument("folder", type=Path, metavar="FOLDER")
    stats.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("out/statistics.csv"),
        metavar="FILE",
        help="a .csv or .parquet file (default: out/statistics.csv)",
    )
    stats.add_argument(
        "--strict", action="store_true", help="a carry-over that disagrees is an error"
    )


def _volume(commands: Commands) -> None:
    volume = _command(commands, "volume", "bind the publications of a folder into one volume")
    volume.add_argument("folder", type=Path, metavar="FOLDER")
    volume.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a .pdf file (default: FOLDER/volume.pdf)"
    )
    volume.add_argument(
        "--title", default="", metavar="TEXT", help="of the volume (default: the folder's name)"
    )
    volume.add_argument(
        "--issuer", default="", metavar="TEXT", help="default: that of all reports, if it is one"
    )


def _verify(commands: Commands) -> None:
    verify = _command(commands, "verify", "check publications against their records, and bags")
    verify.add_argument("pdfs", nargs="+", type=Path, metavar="PDF|BAG")
    verify.add_argument(
        "--speech",
        action="store_true",
        help="print what a screen reader would speak, and verify nothing",
    )
    verify.add_argument(
        "--trust-anchor",
        dest="trust_anchors",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="file with trusted root certificates (PEM); every signature must chain to one of them",
    )


def _preflight(commands: Commands) -> None:
    preflight = _command(commands, "preflight", "say whether a print shop can print PDFs")
    preflight.add_argument("pdfs", nargs="+", type=Path, metavar="PDF")
    for item in fields(Options):
        if item.name in ("icc", "bleed"):
            _add_option(preflight, item)
    preflight.add_argument(
        "--max-ink",
        type=float,
        default=300.0,
        metavar="PERCENT",
        help="all inks on one spot together (default: 300)",
    )
    preflight.add_argument(
        "--min-ppi",
        type=float,
        default=300.0,
        metavar="N",
        help="pixels an inch of pictures (default: 300)",
    )


def _impose(commands: Commands) -> None:
    impose = _command(commands, "impose", "put the pages of a PDF on sheets for a print shop")
    impose.add_argument("pdf", type=Path, metavar="PDF")
    impose.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a .pdf file (default: NAME.imposed.pdf)"
    )
    impose.add_argument(
        "--scheme",
        default="booklet",
        metavar="SCHEME",
        help="booklet, n-up or cut-and-stack (default: booklet)",
    )
    impose.add_argument("--cells", metavar="CxR", help="columns x rows on a side; of no booklet")
    impose.add_argument(
        "--signature",
        type=int,
        default=0,
        metavar="N",
        help="sheets of a booklet folded into one another (default: 0, all)",
    )
    impose.add_argument(
        "--creep",
        type=float,
        default=0.0,
        metavar="MM",
        help="thickness of a sheet, which pushes the inner ones out (default: 0)",
    )
    impose.add_argument(
        "--paper",
        default="",
        metavar="PAPER",
        help="a name such as A3 or SRA3, or WxH in mm (default: the smallest that fits)",
    )
    impose.add_argument(
        "--bleed", type=float, metavar="MM", help="how much bleed is kept (default: all there is)"
    )
    impose.add_argument(
        "--marks", action="store_true", help="paint crop, fold and registration marks"
    )
    impose.add_argument(
        "--binding", default="left", metavar="SIDE", help="left or right (default: left)"
    )
    impose.add_argument(
        "--duplex",
        default="",
        metavar="EDGE",
        help="edge over which the press flips a sheet: long or short (default: the one parallel to the spine)",
    )


def _sign(commands: Commands) -> None:
    sign = _command(commands, "sign", "sign a finished publication")
    sign.add_argument("pdf", type=Path, metavar="PDF")
    sign.add_argument(
        "--key",
        required=True,
        type=Path,
        metavar="FILE",
        help="the key with its certificates: .p12, .pfx or .pem",
    )
    _add_signing(sign)
    sign.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a .pdf file (default: the same file)"
    )


def _add_signing(command: argparse.ArgumentParser) -> None:
    """Add what is to be said of a signature besides the key; ``cli.commands.sign`` reads it."""
    command.add_argument(
        "--level",
        choices=("B-B", "B-T", "B-LTA"),
        help="PAdES baseline level (default: B-T with --tsa-url, otherwise B-B)",
    )
    command.add_argument(
        "--tsa-url", default="", metavar="URL", help="URL of a time-stamping authority (RFC 3161)"
    )
    command.add_argument(
        "--validation",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="certificates or lists of revoked ones that B-LTA embeds",
    )


def _archive(commands: Commands) -> None:
    archive = _command(
        commands, "archive", "put reports into BagIt bags with all that they were made from"
    )
    _add_sources(archive)
    archive.add_argument(
        "--info",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a line for bag-info.txt, such as 全宗号=0123; may be given several times",
    )
    archive.add_argument(
        "--sign",
        dest="key",
        type=Path,
        metavar="KEY",
        help="sign each PDF with this key and its certificates: .p12, .pfx or .pem",
    )
    _add_signing(archive)
    _add_options(archive)


def _rebuild(commands: Commands) -> None:
    rebuild = _command(commands, "rebuild", "build the PDFs of bags again, and compare them")
    rebuild.add_argument("bags", nargs="+", type=Path, metavar="BAG")


def _add_sources(command: argparse.ArgumentParser) -> None:
    """Add the sources, which files of a folder are meant, and what each report may cost."""
    command.add_argument("sources", nargs="+", type=Path, metavar="SOURCE")
    for flag, text in (("--include", "of a folder, only"), ("--exclude", "of a folder, not")):
        command.add_argument(
            flag,
            action="append",
            default=[],
            metavar="GLOB",
            help=f"{text} the files whose path below it fits",
        )
    command.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="how many reports are built at once (default: one a processor)",
    )
    command.add_argument(
        "--deadline",
        type=float,
        default=300.0,
        metavar="SECONDS",
        help="how long a report may take, where several are built at once (default: 300)",
    )
    command.add_argument(
        "--memory",
        type=int,
        default=2048,
        metavar="MB",
        help="how much memory a report may want, where several are built at once (default: 2048)",
    )


def _add_options(command: argparse.ArgumentParser) -> None:
    """Add every option that a configuration can set too, and the configuration."""
    for item in fields(Options):
        if item.name != "fonts":
            _add_option(command, item, suppressed=True)
    command.add_argument(
        "--config", type=Path, metavar="FILE", help="options from a file; else publisher.toml"
    )


def _add_option(
    command: argparse.ArgumentParser, item: Field[Any], *, suppressed: bool = False
) -> None:
    """Add an option of ``Options``; ``suppressed`` leaves out what was not given."""
    flags = [f"--{item.name.replace('_', '-')}"]
    if item.metadata["flag"]:
        flags.insert(0, item.metadata["flag"])
    default = argparse.SUPPRESS if suppressed else item.default
    if isinstance(item.default, bool):
        text = item.metadata["help"]
        command.add_argument(*flags, action="store_true", default=default, help=text)
        return
    choices = item.metadata["choices"]
    several = isinstance(item.default, tuple)
    shown = "{" + ",".join(choices) + "}" if choices and not several else None
    command.add_argument(
        *flags,
        dest=item.name,
        default=default,
        type=_listed if several else type(item.default),
        metavar=item.metadata["metavar"] or shown,
        help=f"{item.metadata['help']}{_default(item.default)}",
    )


def _command(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    much = command.add_mutually_exclusive_group()
    much.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    much.add_argument("-v", "--verbose", action="store_true", help="say more")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(usage=command.format_usage)
    return command


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _default(value: object) -> str:
    return f" (default: {value})" if value not in ("", (), NO_FILE) else ""
