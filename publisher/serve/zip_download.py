"""Several files in one ZIP file, for a download.

Input: files by their names in the archive. Output: a file that has no name on the disk and is gone when it is closed, and its bytes in
parts for an answer.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

MEDIA_TYPE = "application/zip"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The same files give the same bytes."""
_CHUNK = 1 << 16


def write_zip(files: Iterable[tuple[str, Path]], folder: Path | None = None) -> IO[bytes]:
    """Return an open ZIP file, at its beginning; ``read_chunks`` closes it.

    Args:
        files: For each file its name in the archive and its path.
        folder: A folder on a disk that has room; by default that for temporary files.

    """
    archive = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by read_chunks
    try:
        with zipfile.ZipFile(archive, "w") as package:
            for name, path in files:
                entry = zipfile.ZipInfo(name, _TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.file_size = path.stat().st_size
                with path.open("rb") as source, package.open(entry, "w") as target:
                    shutil.copyfileobj(source, target)
    except BaseException:
        archive.close()
        raise
    archive.seek(0)
    return archive


def read_chunks(archive: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file, and close it."""
    with archive:
        while chunk := archive.read(_CHUNK):
            yield chunk
