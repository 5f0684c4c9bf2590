"""A sandbox inside the process: while a report is read or typeset, the process may only read its own files.

It is a second line of defence, as readers resolve no address and the typesetter's fetcher refuses all. It is an audit
hook (PEP 578): inside ``sandboxed``, a connection, another program, a written file, and a file read outside the
folders of the interpreter, the toolkit and the fonts raise ``SourceUnsafeError``. A hook cannot be removed, so it is
installed only in the toolkit's own processes, by the command line and its workers, and by a host that calls
``install``. Outside such a block, and in other threads, it does nothing.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from errno import EACCES
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import SourceUnsafeError
from publisher.messages import translatable
from publisher.system import resources
from publisher.system.locked_cache import locked_cache

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORBIDDEN_EVENTS = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
    "urllib.Request",
    "http.client.connect",
    "ftplib.connect",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.forkpty",
    "sqlite3.connect",
    "os.startfile",
    "webbrowser.open",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "os.truncate",
    "shutil.rmtree",
)
_WATCHED_EVENTS = frozenset({*_FORBIDDEN_EVENTS, "open"})
_BYTECODE_EVENTS = frozenset({"open", "os.mkdir", "os.rename", "os.remove"})
"""Events of writing a module's bytecode, which Python does without if it fails."""
_SYSTEM_FOLDERS = ("/usr/share", "/usr/local/share", "/etc/fonts", "/usr/lib", "/lib", "/sys")
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_where: ContextVar[str | None] = ContextVar("sandboxed", default=None)


@contextmanager
def sandboxed(where: str) -> Iterator[None]:
    """Forbid connections, other programs, writing, and reading of other files than the toolkit's own.

    ``where`` names the report in the error.
    """
    token = _where.set(where)
    try:
        yield
    finally:
        _where.reset(token)


@contextmanager
def trusted_io() -> Iterator[None]:
    """Allow the toolkit to read and write files whose names do not depend on a report."""
    token = _where.set(None)
    try:
        yield
    finally:
        _where.reset(token)


@locked_cache
def install() -> None:
    """Add the hook to this process; it cannot be removed."""
    _readable()
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _WATCHED_EVENTS:  # there are thousands of other events in a report
        return
    where = _where.get()
    if where is None:
        return
    if event == "open" and _may_open(*arguments[:3]):
        return
    if event in _BYTECODE_EVENTS and _is_bytecode(
        arguments
    ):  # a module that is imported inside has none
        raise PermissionError(EACCES, "no bytecode is written while a report is built")
    if event == "open":
        raise SourceUnsafeError(
            translatable(
                "something in it asked for the file {arguments!s}", arguments=arguments[0]
            ),
            where=where,
            hint="no file but the source is read for a report; look at what it links to",
        )
    request = " ".join(str(argument) for argument in arguments[:2])[:120]
    raise SourceUnsafeError(
        translatable("something in it asked for {event}: {request}", event=event, request=request),
        where=where,
        hint="nothing is fetched or run for a report; look at what the file links to",
    )


def _is_bytecode(arguments: tuple[object, ...]) -> bool:
    """Return whether a path is a bytecode file or its folder."""
    path = arguments[0] if arguments else None
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    name, prefix = os.path.abspath(os.fsdecode(path)), sys.pycache_prefix  # noqa: PTH100
    in_prefix = prefix is not None and Path(name).is_relative_to(os.path.abspath(prefix))  # noqa: PTH100
    return in_prefix or "__pycache__" in Path(name).parts


def _may_open(path: object, mode: object = None, flags: object = 0) -> bool:
    del mode
    if isinstance(path, int):
        return True
    if isinstance(flags, int) and flags & _WRITE_FLAGS:
        return str(path) == os.devnull
    name = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]  # noqa: PTH100
    return name == os.devnull or name.startswith(_readable())


@cache
def _readable() -> tuple[str, ...]:
    """Return the folders that may be read inside, each with a separator at its end."""
    folders = [
        *_SYSTEM_FOLDERS,
        sys.prefix,
        sys.base_prefix,
        *(folder for folder in (*sys.path, sys.pycache_prefix) if folder),
        str(Path(__file__).parents[1]),
        str(resources.styles_folder()),
        str(resources.fonts_folder()),
        *map(str, resources.font_file_folders()),
    ]
    return tuple(f"{os.path.abspath(folder)}{os.sep}" for folder in folders)  # noqa: PTH100
