"""Files of the cache folder, each kept with its digest: whole, or as if they were not there.

Enters: what can be made again. Leaves: the same for another process, unless anything happened to the file.
The digest stands at the end, so that a file which a library opens by its name begins as it should.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

_DIGEST = 32


def read_kept(path: Path) -> bytes | None:
    """Return what a file keeps; None where it is not there, no file, or not as it was written."""
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:
        return None
    content, digest = data[:-_DIGEST], data[-_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else None


def keep(path: Path, content: bytes) -> bool:
    """Keep something for other processes, and return whether it is; no error where it cannot be."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content + hashlib.sha256(content).digest())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        return True
    return False
