"""Whether a file that runs as code, or that decides what runs, may be trusted: by its owner and its mode.

Input: a path. Output: a reason against it, empty if there is none. A file is trusted if the account of this
process, the administrator or the owner of the program itself owns it, and nobody else may write it; the same holds
for its folder, in which anybody who may write could replace it. Links are followed: the file they lead to counts.
"""

from __future__ import annotations

import stat
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.system.platform_features import account_number

if TYPE_CHECKING:
    import os

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def distrust(path: Path, *, owners: frozenset[int] = frozenset()) -> str:
    """Return why a file or folder may not be trusted; empty if it may.

    Args:
        path: The file or folder; it must exist.
        owners: Numbers of further accounts that may own it, such as the owner of the source beside it.

    Raises:
        OSError: The path cannot be looked at.

    """
    path = path.resolve()
    return _distrust(path, owners) or _distrust(path.parent, owners, folder=True)


def distrust_status(status: os.stat_result, *, owners: frozenset[int] = frozenset()) -> str:
    """Return why a file with this status may not be trusted, without its folder; empty if it may."""
    if status.st_uid not in trusted_accounts() | owners:
        return translatable("it belongs to the account {account}", account=status.st_uid)
    if status.st_mode & _OTHERS_WRITE and not _is_private_group(status):
        return "other accounts may write it"
    return ""


@cache
def trusted_accounts() -> frozenset[int]:
    """Return the numbers of the accounts that are always trusted: this process, root, and the program's owner."""
    return frozenset({account_number(), 0, Path(__file__).stat().st_uid})


def _distrust(path: Path, owners: frozenset[int], *, folder: bool = False) -> str:
    status = path.stat()
    if folder and status.st_mode & stat.S_ISVTX:
        # in such a folder, as /tmp is, only owners replace their files
        return (
            ""
            if status.st_uid in trusted_accounts() | owners
            else "its folder is another account's"
        )
    reason = distrust_status(status, owners=owners)
    return translatable("of its folder: {reason}", reason=reason) if reason and folder else reason


def _is_private_group(status: os.stat_result) -> bool:
    """Return whether only the group may write, and it is the group of the owner alone, as many systems have it."""
    if status.st_mode & stat.S_IWOTH:
        return False
    try:
        import grp
        import pwd

        owner, group = pwd.getpwuid(status.st_uid), grp.getgrgid(status.st_gid)
    except (ImportError, KeyError):
        return False
    return group.gr_gid == owner.pw_gid and set(group.gr_mem) <= {owner.pw_name}
