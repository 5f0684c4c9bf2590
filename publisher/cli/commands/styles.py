"""``publisher styles``: list the styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command has no arguments of its own."""


def run(_arguments: argparse.Namespace, console: Console) -> int:
    """Print each style with its summary; return 0."""
    from publisher.render.styles import load_style, style_names

    names = style_names()
    width = max(map(len, names))
    for name in names:
        style = load_style(name)
        console.result(
            translatable("{name}  {summary}", name=name.ljust(width), summary=style.summary),
            name=name,
            summary=style.summary,
        )
    return 0
