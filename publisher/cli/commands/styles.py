"""``publisher styles``: the styles, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.render.styles import load_style, style_names

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def run(_arguments: argparse.Namespace, console: Console) -> int:
    """List them."""
    names = style_names()
    width = max(map(len, names))
    for name in names:
        style = load_style(name)
        console.result(f"{name:{width}}  {style.summary}", name=name, summary=style.summary)
    return 0
