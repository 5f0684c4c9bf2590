"""The toolkit's own templates, compiled once: what Jinja makes of them is kept in the cache folder.

Enters: a template of ``styles/``. Leaves: its bytecode, where a file of the cache holds it whole: its digest is
checked, and Jinja checks that it is of this source. The name says which Python, which Jinja and which state of the
environment it is for. Templates from elsewhere, such as a bag's, are compiled each time: nobody else's
file leaves anything behind.
"""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING

import jinja2

from publisher.system.disk_cache import keep, read_kept
from publisher.system.resources import cache_folder, styles_folder

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket


class CompiledTemplates(jinja2.BytecodeCache):
    """Jinja's bytecode cache, in the folder for what can be made again."""

    def __init__(self, environment: bytes) -> None:
        """Keep what an environment compiles; another description of it compiles anew."""
        folder = cache_folder()
        self._folder = folder / "templates" if folder else None
        self._own = f"{styles_folder()}{os.sep}"
        made = f"{jinja2.__version__} {sys.implementation.cache_tag} "
        self._state = hashlib.sha256(made.encode() + environment).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its bytecode; nothing where the file is not there, or not as it was written."""
        path = self._path(bucket)
        bytecode = read_kept(path) if path else None
        if bytecode is not None:
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's bytecode; a folder that cannot be written to is no error."""
        path = self._path(bucket)
        if path:
            keep(path, bucket.bytecode_to_string())

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return what tells a template's file from others; empty for one that is not kept."""
        if not filename or not filename.startswith(self._own):
            return ""
        return hashlib.sha256(f"{self._state} {name} {filename}".encode()).hexdigest()

    def _path(self, bucket: Bucket) -> Path | None:
        if self._folder is None or not bucket.key:
            return None
        return self._folder / f"{bucket.key[:32]}-{bucket.checksum[:32]}"
