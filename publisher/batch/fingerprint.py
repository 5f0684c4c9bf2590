"""What a result depends on besides its source, as one digest.

Enters: the options of a report. Leaves: a digest of them, of the style's files, of the fonts and of the software,
our own code included. Where it and the source are as they were, the result would be too
(same input, same bytes), so that it need not be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.options import NO_FILE, Options
from publisher.pdf.icc import load_output_profile
from publisher.profiles import PROFILES
from publisher.render.styles import load_style, style_files
from publisher.system import resources
from publisher.system.software import software
from publisher.typeset.fonts.library import load_library

if TYPE_CHECKING:
    from collections.abc import Iterable

FONT_HEAD = 1 << 16
"""Bytes at the head of a font file: the table directory, which has a checksum of each table."""
CODE_FILES = (".py", ".tsv", ".txt")
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


def compute_fingerprint(options: Options) -> str:
    """Return the digest for reports built with these options; raise for a style that is none."""
    preferred = tuple(name for _, names in options.fonts for name in names)
    said = {
        "options": options.to_record(),
        "emit": sorted(options.emit),
        "glossary": _content(options.glossary) if options.glossary != NO_FILE else "",
        "press": _press(options),
        "style": _style(options.style),
        "fonts": _fonts(preferred),
        "software": _software(),
        "date": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _content(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""


def _press(options: Options) -> str:
    """Return a digest of the printing condition; nothing for what is not printed."""
    if not PROFILES[options.profile].pdf_x:
        return ""
    return hashlib.sha256(load_output_profile(options.icc).data).hexdigest()


@cache
def _style(name: str) -> str:
    return _digest(style_files(load_style(name)))


@cache
def _fonts(preferred: tuple[str, ...]) -> str:
    digest = hashlib.sha256((resources.fonts_folder() / "catalogue.toml").read_bytes())
    for path in load_library(preferred).files:
        with path.open("rb") as file:
            digest.update(f"{path.name} {path.stat().st_size}\n".encode())
            digest.update(file.read(FONT_HEAD))
    return digest.hexdigest()


@cache
def _software() -> dict[str, str]:
    """Return the versions of all that we build on, and a digest of our own code."""
    installed: dict[str, str] = {}
    waiting = ["publisher"]
    while waiting:
        name = waiting.pop()
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        installed[name] = found.version
        for line in found.requires or ():
            wanted = _REQUIREMENT.match(line)
            if wanted and "extra ==" not in line and wanted[0] not in installed:
                waiting.append(wanted[0])
    code = Path(resources.__file__).parents[1].rglob("*")
    return {
        **installed,
        **software(),
        "code": _digest(path for path in code if path.suffix in CODE_FILES),
    }


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
