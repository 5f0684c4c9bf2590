"""The fingerprint of a build: one digest of everything that a result depends on besides its source.

Input: the options of a report. Output: a digest of the options, the style's files, the fonts and the software,
including this package's own code. If the fingerprint and the source are unchanged, a build would give the same
bytes, so it is skipped.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from publisher._version import DISTRIBUTION
from publisher.extensions import load_extensions
from publisher.options import NO_FILE, Options
from publisher.pdf.icc import load_output_profile
from publisher.profiles import PROFILES
from publisher.render.styles import load_style, style_files
from publisher.system import resources
from publisher.system.software import software
from publisher.typeset.fonts.library import load_library

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FONT_HEADER_BYTES = 1 << 16
"""Bytes read from each font file; they include the table directory with a checksum of every table."""
_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


def compute_fingerprint(options: Options) -> str:
    """Return the fingerprint (SHA-256, hexadecimal) of builds with these options.

    Raises ``UnknownStyleError`` or ``ExtensionError`` if the style or an extension cannot be loaded.
    """
    extensions = load_extensions(options.extensions)
    preferred = tuple(name for _, names in options.fonts for name in names)
    inputs = {
        "options": options.to_record(),
        "emit": sorted(options.emit),
        "glossary": _file_digest(options.glossary) if options.glossary != NO_FILE else "",
        "press": _output_intent_digest(options),
        "style": _style_digest(extensions.style_path(options.style)),
        "extensions": {str(item): _code_digest(item.folders) for item in extensions.packages},
        "fonts": _font_digest(preferred),
        "software": _software_versions(),
        "date": os.environ.get("SOURCE_DATE_EPOCH", ""),
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""


def _output_intent_digest(options: Options) -> str:
    """Return a digest of the ICC profile of the printing condition; empty for profiles other than PDF/X."""
    if not PROFILES[options.profile].pdf_x:
        return ""
    return hashlib.sha256(load_output_profile(options.icc).data).hexdigest()


def _code_digest(folders: Iterable[Path]) -> str:
    """Return a digest of the files of an extension."""
    return _digest(
        path
        for folder in folders
        for path in (folder.rglob("*") if folder.is_dir() else [folder])
        if path.parent.name != "__pycache__"
    )


@cache
def _style_digest(name: str) -> str:
    return _digest(style_files(load_style(name)))


@cache
def _font_digest(preferred: tuple[str, ...]) -> str:
    digest = hashlib.sha256((resources.fonts_folder() / "catalogue.toml").read_bytes())
    for path in load_library(preferred).files:
        with path.open("rb") as file:
            digest.update(f"{path.name} {path.stat().st_size}\n".encode())
            digest.update(file.read(FONT_HEADER_BYTES))
    return digest.hexdigest()


@cache
def _software_versions() -> dict[str, str]:
    """Return the versions of all packages and libraries in use, and the digest of this program's code."""
    installed: dict[str, str] = {}
    pending = [DISTRIBUTION]
    while pending:
        name = pending.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        installed[name] = package.version
        for line in package.requires or ():
            requirement = _REQUIREMENT.match(line)
            if requirement and "extra ==" not in line and requirement[0] not in installed:
                pending.append(requirement[0])
    return {**installed, **software()}


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
