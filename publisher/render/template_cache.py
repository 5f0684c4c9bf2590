"""A cache of compiled templates in the cache folder, used for the templates in ``styles/`` only.

Input: a template. Output: its bytecode, if the cache has it undamaged (by its digest) and Jinja confirms that it
is of this source. File names depend on the versions of Python and Jinja and on the state of the environment. Templates from
elsewhere, such as those of a bag, are compiled each time and leave no file behind.
"""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING

import jinja2

from publisher.system.disk_cache import load, store
from publisher.system.resources import cache_folder, styles_folder

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket


class CompiledTemplates(jinja2.BytecodeCache):
    """Jinja's bytecode cache in the cache folder."""

    def __init__(self, environment: bytes) -> None:
        """Use the cache for one environment; another ``environment`` has files of its own."""
        folder = cache_folder()
        self._folder = folder / "templates" if folder else None
        self._styles_prefix = f"{styles_folder()}{os.sep}"
        versions = f"{jinja2.__version__} {sys.implementation.cache_tag} "
        self._state = hashlib.sha256(versions.encode() + environment).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the bytecode of a template, if the cache has it undamaged."""
        path = self._path(bucket)
        bytecode = load(path) if path else None
        if bytecode is not None:
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the bytecode of a template; a cache folder that is not writable is no error."""
        path = self._path(bucket)
        if path:
            store(path, bucket.bytecode_to_string())

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template's file; empty for a template that is not cached."""
        if not filename or not filename.startswith(self._styles_prefix):
            return ""
        return hashlib.sha256(f"{self._state} {name} {filename}".encode()).hexdigest()

    def _path(self, bucket: Bucket) -> Path | None:
        if self._folder is None or not bucket.key:
            return None
        return self._folder / f"{bucket.key[:32]}-{bucket.checksum[:32]}"
