"""``publisher styles``: list the styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.cli.arguments import add_option
from publisher.messages import translatable

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the extensions whose styles are listed, too."""
    add_option(parser, "extensions")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print each style with its summary; return 0."""
    from publisher.extensions import load_extensions
    from publisher.options import Options
    from publisher.render.styles import load_style, style_names

    extensions = load_extensions(Options(extensions=arguments.extensions).extensions)
    origins = {name: str(item) for item in extensions.packages for name in item.styles}
    names = (*style_names(), *origins)
    width = max(map(len, names))
    for name in names:
        summary = load_style(extensions.style_path(name)).summary
        origin = origins.get(name, "")
        line = translatable("{name}  {summary}", name=name.ljust(width), summary=summary)
        console.result(
            translatable("{line} ({origin})", line=line, origin=origin) if origin else line,
            name=name,
            summary=summary,
            extension=origin,
        )
    return 0
