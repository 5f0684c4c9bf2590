"""``publisher fonts``: the fonts of the catalogue, a line each, and whether they are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.typeset.fonts.catalogue import load_catalogue
from publisher.typeset.fonts.library import load_library

if TYPE_CHECKING:
    import argparse

    from publisher.cli.console import Console


def run(_arguments: argparse.Namespace, console: Console) -> int:
    """List them."""
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
        state = "missing" if name in missing else "here"
        console.result(
            f"{name:{width}}  {state:7}  {', '.join(roles) or 'fallback'}  ({family.licence})",
            name=name,
            present=name not in missing,
            roles=roles,
            licence=family.licence,
            version=family.version,
        )
    return 0
