"""Arguments that several commands share: sources, limits, options of ``Options``, signatures."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

from publisher.cli.measures import millimetres
from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.options import NO_FILE, Options, flag_of

_MEASURES = {"MM": millimetres}
"""The types of options whose values may have a unit, by how their values are called."""


def path_of(argument: str) -> Path:
    """Return the path that an argument names; raise ``UsageError`` for an empty one, which would be the current folder."""
    if not argument:
        raise UsageError(
            "an argument is empty, where a file or a folder is expected",
            hint="name it; a variable of the shell may not be set",
        )
    return Path(argument)


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add the sources, the patterns that select files of a folder, and the limits of a report."""
    parser.add_argument("sources", nargs="+", type=path_of, metavar="SOURCE")
    add_limits(parser)


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add the patterns that select files of a folder, and the limits of a report."""
    for flag, text in (
        ("--include", translatable("include only")),
        ("--exclude", translatable("leave out")),
    ):
        parser.add_argument(
            flag,
            action="append",
            default=[],
            metavar="GLOB",
            help=translatable(
                "(folders) {text} files whose path below the folder matches; `*` also matches `/`; may be given "
                "several times",
                text=text,
            ),
        )
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="number of reports built at the same time, each in its own process "
        "(default: the number of processors)",
    )
    parser.add_argument(
        "--deadline",
        type=float,
        default=300.0,
        metavar="SECONDS",
        help="time limit of a report if several are built at the same time (default: 300)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=2048,
        metavar="MB",
        help="memory limit of a report if several are built at the same time (default: 2048); "
        "exceeding a limit fails only that report",
    )


def add_all_options(
    parser: argparse.ArgumentParser, *, without: frozenset[str] = frozenset()
) -> None:
    """Add every option of ``Options`` that is not a table, but those in ``without``, and ``--config``.

    An option that is not given is absent from the parsed arguments, so that the configuration can set it.
    """
    for field in fields(Options):
        if field.name != "fonts" and field.name not in without:
            add_option(parser, field.name, required_default=False)
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="read the options from this file (default: the nearest publisher.toml)",
    )


def add_option(
    parser: argparse.ArgumentParser, name: str, *, required_default: bool = True
) -> None:
    """Add one option of ``Options`` with its help text and, if wanted, its default."""
    field = next(field for field in fields(Options) if field.name == name)
    text, default = field.metadata["help"], field.default
    flags = [flag_of(name)]
    if field.metadata["flag"]:
        flags.insert(0, field.metadata["flag"])
    value = default if required_default else argparse.SUPPRESS
    if isinstance(default, bool):
        parser.add_argument(*flags, action="store_true", default=value, help=text)
        return
    choices = field.metadata["choices"]
    is_list = isinstance(default, tuple)
    metavar = field.metadata["metavar"]
    values = "{" + ",".join(choices) + "}" if choices and not is_list else None
    parser.add_argument(
        *flags,
        dest=name,
        default=value,
        type=_split_list if is_list else _MEASURES.get(metavar, type(default)),
        metavar=metavar or values,
        help=text
        if default in ("", (), NO_FILE)
        else translatable("{text} (default: {default})", text=text, default=default),
    )


def add_signature_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a signature other than its key."""
    parser.add_argument(
        "--level",
        choices=("B-B", "B-T", "B-LTA"),
        help="PAdES baseline level (default: B-T with --tsa-url, otherwise B-B)",
    )
    parser.add_argument(
        "--tsa-url", default="", metavar="URL", help="URL of a time-stamping authority (RFC 3161)"
    )
    parser.add_argument(
        "--validation",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="certificates or revocation lists that B-LTA embeds; may be given several times",
    )


def _split_list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())
