"""``publisher rules``: the rules and findings with their reasons and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.cli.arguments import add_option
from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.messages.catalogue import Catalogue
from publisher.options import Options
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher rules``."""
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="a rule or a clause")
    parser.add_argument(
        "--markdown", action="store_true", help="print the page docs/rules.md, with all rules"
    )
    add_option(parser, "extensions")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print one entry, the list of all entries, or the page of the documentation.

    Raises:
        UsageError: No rule has the name.

    """
    from publisher.cli.rule_catalogue import (
        entry_fields,
        entry_text,
        extension_entries,
        find_entries,
        load_entries,
        markdown_page,
    )

    added = extension_entries(Options(extensions=arguments.extensions).extensions)
    entries = (*load_entries(), *(entry for entry, _ in added))
    origins = {id(entry): origin for entry, origin in added}
    if arguments.markdown:
        console.result(markdown_page(entries).rstrip("\n"), page="rules.md")
        return 0
    if not arguments.name:
        width = max(len(entry.name) for entry in entries)
        for entry in entries:
            summary = console.translate(entry.summary).replace("``", "")
            origin = origins.get(id(entry), "")
            line = f"{entry.name:{width}}  {summary}"
            console.result(
                f"{line} ({origin})" if origin else line, **entry_fields(entry), extension=origin
            )
        return 0
    matching = find_entries(entries, arguments.name)
    if not matching:
        names = tuple(entry.name for entry in entries)
        raise UsageError(
            translatable("{name}: no rule has this name", name=arguments.name),
            hint=suggest_name(arguments.name, names, translatable("publisher rules lists them")),
        )
    for entry in matching:
        text = entry_text(entry, Catalogue(console.language))
        origin = origins.get(id(entry), "")
        if origin:
            text = (
                f"{text}\n{console.translate(translatable('  Extension: {origin}', origin=origin))}"
            )
        console.result(text, **entry_fields(entry), extension=origin)
    return 0
