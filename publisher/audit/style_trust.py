"""Whether the style that a record names may run here: a record may come from anybody, and a style is a program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import UnknownStyleError
from publisher.extensions import load_extensions, load_style_of
from publisher.messages import translatable
from publisher.render.styles import style_files, style_names
from publisher.system.file_trust import distrust

if TYPE_CHECKING:
    from publisher.options import Options


def require_style_of_trust(options: Options) -> None:
    """Raise ``UnknownStyleError`` if a style is not here, or if another account owns or may write its files."""
    if options.style in style_names():
        return
    folder = Path(load_extensions(options.extensions).style_path(options.style))
    if not folder.is_dir():
        raise UnknownStyleError(
            translatable("there is no style {style!r} here", style=options.style)
        )
    for path in (folder, *style_files(load_style_of(options))):
        reason = distrust(path)
        if reason:
            raise UnknownStyleError(
                translatable(
                    "the style {style!r} is not used: {name}: {reason}",
                    style=options.style,
                    name=path.name,
                    reason=reason,
                ),
                hint="change the owner or the permissions of the style's folder",
            )
