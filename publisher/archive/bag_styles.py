"""The files that a record of a bag may name: the bag's own styles and glossaries, and no others.

Enters: a path that a record has, and the inventory of its bag. Leaves: nothing, or ``VerificationError``. What leads out
of the bag is refused before anything there is opened.
"""

from __future__ import annotations

import posixpath
import tomllib
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import GLOSSARIES, STYLES
from publisher.errors import VerificationError
from publisher.model import Severity
from publisher.render.styles import DEEPEST, MANIFEST, style_names

if TYPE_CHECKING:
    from publisher.archive.fixity import Inventory


def require_glossary(inventory: Inventory, path: str) -> None:
    """Refuse what is no glossary of the bag."""
    if not _is_below(path, GLOSSARIES) or path not in inventory.fixities:
        raise VerificationError(f"{path!r} is no glossary of the bag")


def require_style(inventory: Inventory, path: str) -> None:
    """Refuse what is no style of the bag, and one that extends what is neither there nor the toolkit's."""
    for one in inventory.findings:
        if one.finding.severity is Severity.ERROR and f"{one.path}/".startswith(f"{STYLES}/"):
            raise VerificationError(f"its style cannot be used: {one.path} {one.finding.message}")
    for _ in range(DEEPEST):
        manifest = f"{path}/{MANIFEST}"
        if not _is_below(path, STYLES) or manifest not in inventory.fixities:
            raise VerificationError(
                f"{path!r} is no style of the bag and none of the toolkit's",
                hint=f"styles: {', '.join(style_names())}, or a folder in {STYLES} with {MANIFEST}",
            )
        extends = _extended(inventory, manifest)
        if not extends or extends in style_names():
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), extends))
    raise VerificationError(f"its style extends more than {DEEPEST} others")


def _extended(inventory: Inventory, manifest: str) -> str:
    try:
        return str(tomllib.loads(inventory.read(manifest).decode()).get("extends", ""))
    except (ValueError, RecursionError) as error:
        raise VerificationError(f"its style cannot be used: {manifest}: {error}") from error


def _is_below(path: str, folder: str) -> bool:
    """Tell a path in its one form that leads below a folder."""
    return path.startswith(f"{folder}/") and path == posixpath.normpath(path)
