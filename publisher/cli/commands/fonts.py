"""``publisher fonts``: list the fonts of the catalogue and whether they are installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command has no arguments of its own."""


def run(_arguments: argparse.Namespace, console: Console) -> int:
    """Print each font with its roles and its licence; return 0."""
    from publisher.typeset.fonts.catalogue import load_catalogue
    from publisher.typeset.fonts.library import load_library

    catalogue = load_catalogue()
    missing = {family.name for family in load_library().missing}
    width = max(map(len, catalogue.families))
    for name, family in catalogue.families.items():
        roles = sorted(
            {
                role.value
                for chains in catalogue.chains.values()
                for role, names in chains.items()
                if name in names
            }
        )
        state = "missing" if name in missing else "installed"
        console.result(
            f"{name:{width}}  {state:9}  {', '.join(roles) or 'fallback'}  ({family.licence})",
            name=name,
            present=name not in missing,
            roles=roles,
            licence=family.licence,
            version=family.version,
        )
    return 0
