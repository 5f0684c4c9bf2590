"""The second wall: while a report is read or set, its process opens nothing that it need not.

The first wall is that nothing asks: readers resolve no address, the typesetter's fetcher refuses.
This one is an audit hook (PEP 578), for what the first may have forgotten: inside ``isolated``,
a connection, another program, a file written, and a file read outside the folders of the
interpreter, the toolkit and the fonts each raise ``SourceUnsafeError``. A hook cannot be taken
away, so only processes of the toolkit have it: the command line and its workers call ``install``, and a
host that wants it may. It looks at nothing outside such a block; other threads are not touched.
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
from publisher.system import resources
from publisher.system.locked_cache import locked_cache

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFUSED = (
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
_HEEDED = frozenset({*_REFUSED, "open"})
_CACHING = frozenset({"open", "os.mkdir", "os.rename", "os.remove"})
"""What Python does to keep a compiled module; it gives that up where it may not."""
_SYSTEM = ("/usr/share", "/usr/local/share", "/etc/fonts", "/usr/lib", "/lib", "/sys")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_where: ContextVar[str | None] = ContextVar("isolated", default=None)


@contextmanager
def isolated(where: str) -> Iterator[None]:
    """Let nothing out of the process, and nothing but the toolkit's own files in, where the hook is."""
    token = _where.set(where)
    try:
        yield
    finally:
        _where.reset(token)


@contextmanager
def trusted_io() -> Iterator[None]:
    """Let the toolkit's own files be read and written inside: no report has a say in which they are."""
    token = _where.set(None)
    try:
        yield
    finally:
        _where.reset(token)


@locked_cache
def install() -> None:
    """Add the hook to this process, once and for good."""
    _readable()
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _HEEDED:  # most are of no account, and there are thousands a report
        return
    where = _where.get()
    if where is None:
        return
    if event == "open" and _may_open(*arguments[:3]):
        return
    if event in _CACHING and _is_bytecode(arguments):  # a module loaded inside goes without
        raise PermissionError(EACCES, "no bytecode is written while a report is built")
    if event == "open":
        raise SourceUnsafeError(
            f"something in it asked for the file {arguments[0]!s}",
            where=where,
            hint="no file but the source is read for a report; look at what it links to",
        )
    what = " ".join(str(one) for one in arguments[:2])[:120]
    raise SourceUnsafeError(
        f"something in it asked for {event}: {what}",
        where=where,
        hint="nothing is fetched or run for a report; look at what the file links to",
    )


def _is_bytecode(arguments: tuple[object, ...]) -> bool:
    """Whether a path is where Python keeps compiled modules."""
    path = arguments[0] if arguments else None
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    name, prefix = os.path.abspath(os.fsdecode(path)), sys.pycache_prefix  # noqa: PTH100
    kept_apart = prefix is not None and Path(name).is_relative_to(os.path.abspath(prefix))  # noqa: PTH100
    return kept_apart or "__pycache__" in Path(name).parts


def _may_open(path: object, mode: object = None, flags: object = 0) -> bool:
    del mode
    if isinstance(path, int):
        return True
    if isinstance(flags, int) and flags & _WRITING:
        return str(path) == os.devnull
    name = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]  # noqa: PTH100
    return name == os.devnull or name.startswith(_readable())


@cache
def _readable() -> tuple[str, ...]:
    """Return the folders whose files any report may need, each with its separator."""
    folders = [
        *_SYSTEM,
        sys.prefix,
        sys.base_prefix,
        *(one for one in (*sys.path, sys.pycache_prefix) if one),
        str(Path(__file__).parents[1]),
        str(resources.styles_folder()),
        str(resources.fonts_folder()),
        *(str(one) for one in resources.font_file_folders()),
    ]
    return tuple(f"{os.path.abspath(one)}{os.sep}" for one in folders)  # noqa: PTH100
