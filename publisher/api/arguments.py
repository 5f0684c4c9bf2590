"""The arguments of the functions of the library, checked before anything else is done.

Input: what a program gives. Output: the same; ``UsageError`` for an object of another kind.
"""

from __future__ import annotations

import os
from pathlib import Path

from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.options import Options


def checked_options(options: Options | None) -> Options:
    """Return the options, by default ``Options()``; raise ``UsageError`` for another object, such as a dictionary."""
    if options is None:
        return Options()
    if not isinstance(options, Options):
        raise UsageError(
            translatable("options: {kind} is not Options", kind=type(options).__name__),
            hint="for example Options(style='reader')",
        )
    return options


def require_path(source: object) -> Path:
    """Return the path of a file; raise ``UsageError`` for an open file, and for a text with line ends."""
    is_text = isinstance(source, str) and "\n" in source
    if is_text or not isinstance(source, str | os.PathLike):
        raise UsageError(
            "source: this is a text, not the name of a file"
            if is_text
            else translatable(
                "source: {kind} is neither the name of a file nor bytes", kind=type(source).__name__
            ),
            hint="give the content as bytes, with its name: text.encode(), file.read()",
        )
    return Path(source)
