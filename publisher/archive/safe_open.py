"""Files of a bag opened without following where they lead.

Enters: a path. Leaves: an open file, which is an ordinary one. A bag may come from anybody: a link is not
followed, and a pipe or a device, which might never end, is not read.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def open_ordinary(path: Path) -> BinaryIO:
    """Open an ordinary file; raise ``OSError`` for any other."""
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    return os.fdopen(descriptor, "rb")
