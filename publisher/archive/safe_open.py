"""Safe opening of files from untrusted bags.

Only regular files are opened. A symbolic link is not followed, and a pipe or a device, which might never end, is
not read.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from publisher.system.platform_features import NO_FOLLOW, READ_FLAGS

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


def open_regular_file(path: Path) -> BinaryIO:
    """Open a regular file for reading; raise ``OSError`` for anything else."""
    descriptor = os.open(path, READ_FLAGS | NO_FOLLOW)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    return os.fdopen(descriptor, "rb")
