"""Files in the cache folder, each with a digest: a file is returned whole, or as if it did not exist.

In: content that can be made again. Out: the same content for another process, unless the file was changed or cut off.
The digest is at the end of the file, so that a library that opens the file by its name finds the content at its
beginning. The digest proves that a file is whole, not who wrote it: some content runs as code, so a file or a folder
that another account owns or may write is as if it did not exist.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from publisher.system.file_trust import distrust, distrust_status

_DIGEST_LENGTH = 32


def load(path: Path) -> bytes | None:
    """Return the content of a file; None if there is no such file, it is not as it was stored, or not to be trusted."""
    try:
        data = path.read_bytes() if path.is_file() and not distrust(path) else b""
    except OSError:
        return None
    content, digest = data[:-_DIGEST_LENGTH], data[-_DIGEST_LENGTH:]
    return content if hashlib.sha256(content).digest() == digest else None


def store(path: Path, content: bytes) -> bool:
    """Store content for other processes; return whether it could be stored, which needs a folder of one's own."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if distrust_status(path.parent.stat()):
            return False
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content + hashlib.sha256(content).digest())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        return True
    return False
