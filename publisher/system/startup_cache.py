"""A cache of compiled regular expressions and dataclass methods, for a faster start of the command line.

Python caches the bytecode of modules, but not the results of executing them: 400 patterns and 900 methods are parsed
and compiled at each start, a quarter of the time that a small report takes. ``scripts/programs.py`` stores them for
this very Python, each under the text that it was made from. A pattern or a method of another text is compiled as ever.
"""

from __future__ import annotations

import marshal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from publisher.system.file_trust import distrust

if TYPE_CHECKING:
    from types import CodeType

FOLDER = Path(__file__).parents[1] / "_compiled"
"""The folder of everything that a set-up compiles."""
CHECKSUM_LENGTH = 4
"""Bytes of the checksum at the end of the file."""


class StartupCache(NamedTuple):
    """The content of the cache; each value is marshalled separately, as a start needs a third of them."""

    patterns: dict[tuple[bool, str | bytes, int], bytes]
    """By pattern (whether it is text, the pattern, its flags): the arguments of ``_sre.compile`` after the pattern."""
    methods: dict[str, bytes]
    """By the source text of a method: its code."""


def path() -> Path:
    """Return the path of this Python's cache, which may not exist."""
    return FOLDER / f"programs-{sys.implementation.cache_tag}-{sys.hexversion:x}"


def load() -> StartupCache | None:
    """Return this Python's cache; None if there is none, it is damaged, or another account may have written it."""
    try:
        data = b"" if distrust(path()) else path().read_bytes()
    except OSError:
        return None
    content, checksum = data[:-CHECKSUM_LENGTH], data[-CHECKSUM_LENGTH:]
    if crc32(content).to_bytes(CHECKSUM_LENGTH) != checksum:
        return None
    return StartupCache(*marshal.loads(content))  # noqa: S302 - part of the installation, as bytecode is


def store(file: Path, cache: StartupCache) -> None:
    """Write a cache, its checksum at the end.

    ``publisher.system.disk_cache`` is not used: its imports have patterns of their own, and come after this.
    """
    content = marshal.dumps(tuple(cache))
    file.write_bytes(content + crc32(content).to_bytes(CHECKSUM_LENGTH))


def compile_method(text: str) -> CodeType:
    """Return the code of a method as ``dataclasses`` compiles it, without imports from ``__future__``."""
    return compile(text, "<string>", "exec", dont_inherit=True)


def install() -> None:
    """Have Python look into the cache before it compiles a pattern or a dataclass method.

    This replaces ``re._compiler.compile`` and ``exec`` in ``dataclasses`` for the whole process: only the toolkit's
    own processes call it.
    """
    compiler: Any = import_module("re._compiler")
    dataclasses: Any = import_module("dataclasses")
    cache = None if hasattr(dataclasses, "exec") else load()
    if cache is None:
        return
    patterns, methods = cache
    assemble, loads, stock = import_module("_sre").compile, marshal.loads, compiler.compile

    def compile_pattern(pattern: Any, flags: int = 0) -> Any:
        program = patterns.get((isinstance(pattern, str), pattern, flags))
        return assemble(pattern, *loads(program)) if program else stock(pattern, flags)

    def execute(text: str, *names: Any) -> None:
        method = methods.get(text)
        code = loads(method) if method else compile_method(text)
        exec(code, *names)  # noqa: S102 - the source text that dataclasses wrote

    compiler.compile = compile_pattern
    dataclasses.exec = execute
