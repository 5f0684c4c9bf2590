"""The command line: arguments → ``Options`` → exit code, and nothing else.

What a command does stands in ``publisher.commands``, imported when it is asked for, so that
``--help`` answers at once. Results go to standard output, diagnostics to standard error.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from dataclasses import Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import __version__
from publisher.options import NO_FILE, Options

if TYPE_CHECKING:
    from collections.abc import Sequence

SHELLS = ("bash", "zsh", "fish")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; the options come from ``Options``."""
    top = argparse.ArgumentParser(
        prog="publisher", description="Chinese public reports in, accessible and archival PDFs out."
    )
    top.add_argument("--version", action="version", version=f"publisher {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

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
        "--group",
        type=int,
        default=20,
        metavar="N",
        help="how many reports are one task of the cluster (default: 20)",
    )
    build.add_argument(
        "--force", action="store_true", help="of a folder, build also what is unchanged"
    )
    build.add_argument(
        "--dry-run", action="store_true", help="say what would be built, and build nothing"
    )
    _add_options(build)

    check = _command(commands, "check", "check the figures of reports, without building them")
    check.add_argument("sources", nargs="+", type=Path, metavar="SOURCE")
    for name in ("encoding", "script", "vocabulary", "names", "glossary"):
        _add_option(check, next(item for item in fields(Options) if item.name == name))
    check.add_argument("--strict", action="store_true", help="a check that fails is an error")

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

    verify = _command(commands, "verify", "check publications against their records, and bags")
    verify.add_argument("pdfs", nargs="+", type=Path, metavar="PDF|BAG")
    verify.add_argument(
        "--as-heard", action="store_true", help="print each as a screen reader would speak it"
    )
    _archive(commands)
    _rebuild(commands)

    _command(commands, "doctor", "say what is installed, what is missing and how to get it")
    _command(commands, "styles", "list the styles")
    _command(commands, "fonts", "list the fonts and what they are for")
    completion = _command(commands, "completion", "print the completion script for a shell")
    completion.add_argument("shell", choices=SHELLS)
    return top


def _archive(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
    _add_options(archive)


def _rebuild(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    much = command.add_mutually_exclusive_group()
    much.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    much.add_argument("-v", "--verbose", action="store_true", help="say more")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    return command


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _default(value: object) -> str:
    return f" (default: {value})" if value not in ("", (), NO_FILE) else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code that ``docs/exit-codes.md`` explains."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed before the program began
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = parser().parse_args(arguments)
    from publisher.commands import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
