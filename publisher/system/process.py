"""Ownership of the process: whether the toolkit may change what belongs to all of it.

The command line and its workers are processes of the toolkit's own: they call ``own`` once. The toolkit then pauses
the garbage collector, changes the switch interval, caches compiled patterns between starts and installs an audit
hook. In any other process it is a guest: it changes nothing that lasts longer than a call or that other threads see.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class _Process:
    owned: bool = False
    cores_are_shared: bool = False


_PROCESS = _Process()


def own(*, cores_are_shared: bool = False) -> None:
    """Declare that this process is the toolkit's own.

    With ``cores_are_shared`` it is one of several worker processes, and works in one thread.
    """
    _PROCESS.owned = True
    _PROCESS.cores_are_shared = cores_are_shared


def is_owned() -> bool:
    """Return whether this process is the toolkit's own."""
    return _PROCESS.owned


def may_use_second_core() -> bool:
    """Return whether native work may run in a second thread."""
    return not _PROCESS.cores_are_shared
