"""What belongs to the whole process, and who may change it.

The command line and its workers are processes of the toolkit: they call ``own`` once, and may then pause the
garbage collector, change the switch interval, stand in for slow imports and keep an audit hook. In any other
process the library is a guest: it changes nothing that outlasts a call or that another thread can see.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class _Process:
    owned: bool = False
    cores_are_shared: bool = False


_PROCESS = _Process()


def own(*, cores_are_shared: bool = False) -> None:
    """Declare that this process belongs to the toolkit.

    With ``cores_are_shared`` it is one of several at work, and does everything in one thread.
    """
    _PROCESS.owned = True
    _PROCESS.cores_are_shared = cores_are_shared


def is_owned() -> bool:
    """Return whether this process belongs to the toolkit."""
    return _PROCESS.owned


def may_use_second_core() -> bool:
    """Return whether native work may run in a thread beside the interpreter's."""
    return not _PROCESS.cores_are_shared
