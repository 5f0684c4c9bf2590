"""Checks of the styles and glossaries that a record in a bag refers to.

Input: a path from a record, and the inventory of its bag. Output: ``VerificationError`` for a path that is not a style or
a glossary of the bag. A path that leads out of the bag is refused before any file is opened.
"""

from __future__ import annotations

import posixpath
import tomllib
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import GLOSSARIES, STYLES
from publisher.errors import VerificationError
from publisher.messages import join_texts, translatable
from publisher.model import Severity
from publisher.render.styles import MANIFEST, MAX_EXTENDED, style_names

if TYPE_CHECKING:
    from publisher.archive.fixity import Inventory


def require_glossary(inventory: Inventory, path: str) -> None:
    """Raise ``VerificationError`` for a path that is not a glossary of the bag."""
    if not _is_below(path, GLOSSARIES) or path not in inventory.fixities:
        raise VerificationError(translatable("{path!r} is not a glossary of the bag", path=path))


def require_style(inventory: Inventory, path: str) -> None:
    """Raise ``VerificationError`` for a path that is not a style of the bag.

    The styles that it extends must be in the bag or be styles of the package.
    """
    for item in inventory.findings:
        is_error = item.finding.severity is Severity.ERROR
        if is_error and f"{item.path}/".startswith(f"{STYLES}/"):
            raise VerificationError(
                translatable(
                    "its style cannot be used: {path} {message}",
                    path=item.path,
                    message=item.finding.message,
                )
            )
    for _ in range(MAX_EXTENDED):
        manifest = f"{path}/{MANIFEST}"
        if not _is_below(path, STYLES) or manifest not in inventory.fixities:
            raise VerificationError(
                translatable(
                    "{path!r} is neither a style of the bag nor one of Publisher's styles",
                    path=path,
                ),
                hint=translatable(
                    "styles: {style_names}, or a folder in {styles} with {manifest}",
                    style_names=join_texts(", ", style_names()),
                    styles=STYLES,
                    manifest=MANIFEST,
                ),
            )
        extends = _extended(inventory, manifest)
        if not extends or extends in style_names():
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), extends))
    raise VerificationError(
        translatable("its style extends more than {max_extended} others", max_extended=MAX_EXTENDED)
    )


def _extended(inventory: Inventory, manifest: str) -> str:
    try:
        return str(tomllib.loads(inventory.read(manifest).decode()).get("extends", ""))
    except (ValueError, RecursionError) as error:
        raise VerificationError(
            translatable(
                "its style cannot be used: {manifest}: {error}", manifest=manifest, error=error
            )
        ) from error


def _is_below(path: str, folder: str) -> bool:
    """Return whether a path is normalised and is below a folder."""
    return path.startswith(f"{folder}/") and path == posixpath.normpath(path)
