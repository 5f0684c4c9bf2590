"""Which font files of the catalogue are missing, or are other versions than the catalogue describes.

Input: the catalogue, and the folders where fonts are looked for. Output: the files to install.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from publisher.typeset.fonts.catalogue import Need
from publisher.typeset.fonts.file_search import locate_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from publisher.typeset.fonts.catalogue import Catalogue, FontFile


def missing_files(
    catalogue: Catalogue, folders: Iterable[Path], *, optional: bool = False
) -> tuple[FontFile, ...]:
    """Return the files to install, those of one package one after another.

    Args:
        catalogue: The fonts.
        folders: Where fonts are looked for. The first file of a name counts.
        optional: Whether to return the files of optional families too.

    """
    wanted = {
        name: catalogue.files[name]
        for family in catalogue.families.values()
        if optional or family.need is not Need.OPTIONAL
        for name in family.files
        if name in catalogue.files
    }
    paths = locate_files(set(wanted), folders)
    missing = [
        file
        for name, file in wanted.items()
        if name not in paths or checksum(paths[name]) != file.sha256
    ]
    return tuple(sorted(missing, key=lambda file: (file.package, file.name)))


def required_names(catalogue: Catalogue) -> frozenset[str]:
    """Return the names of the files without which some text cannot be set."""
    return frozenset(
        name
        for family in catalogue.families.values()
        if family.need is Need.REQUIRED
        for name in family.files
    )


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file; an empty string if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
