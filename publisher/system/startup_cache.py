"""What Python makes anew at every start, made once: programs of regular expressions, methods of dataclasses.

Python keeps modules as bytecode, but not what their first lines ask for: 400 patterns and 900 methods are parsed
and compiled at each start, a quarter of what a small report takes. ``scripts/programs.py`` keeps them for this very
Python, each under the text that it is made of; what is made of another text, or not kept, is made as ever.
"""

from __future__ import annotations

import marshal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from types import CodeType

FOLDER = Path(__file__).parents[1] / "_compiled"
"""Where everything is kept that a set-up compiles."""
SUM = 4
"""Bytes of the sum that stands behind what is kept."""


class Kept(NamedTuple):
    """What is kept, marshalled one by one: a start needs a third of it."""

    programs: dict[tuple[bool, str | bytes, int], bytes]
    """Of a pattern, whether of text, and its flags: what ``_sre.compile`` is given after the pattern."""
    methods: dict[str, bytes]
    """Of the text of a method: its code."""


def file() -> Path:
    """Return where this Python's are kept, or would be."""
    return FOLDER / f"programs-{sys.implementation.cache_tag}-{sys.hexversion:x}"


def read() -> Kept | None:
    """Return what is kept for this Python; None where nothing is, or nothing whole."""
    try:
        data = file().read_bytes()
    except OSError:
        return None
    content, total = data[:-SUM], data[-SUM:]
    if crc32(content).to_bytes(SUM) != total:
        return None
    return Kept(*marshal.loads(content))  # noqa: S302 - beside the modules, as their bytecode is


def write(path: Path, kept: Kept) -> None:
    """Write what is to be kept, its sum behind it.

    Not as ``publisher.system.disk_cache`` does: what that imports has patterns of its own, and comes after this.
    """
    content = marshal.dumps(tuple(kept))
    path.write_bytes(content + crc32(content).to_bytes(SUM))


def method_of(text: str) -> CodeType:
    """Return the code of a method as ``dataclasses`` has it made, which imports nothing from the future."""
    return compile(text, "<string>", "exec", dont_inherit=True)


def use() -> None:
    """Have Python look among what is kept before it makes any.

    The seams: ``re._compiler.compile`` makes each pattern, ``exec`` in ``dataclasses`` each method.
    """
    compiler: Any = import_module("re._compiler")
    dataclasses: Any = import_module("dataclasses")
    kept = None if hasattr(dataclasses, "exec") else read()
    if kept is None:
        return
    programs, methods = kept
    assemble, loads, stock = import_module("_sre").compile, marshal.loads, compiler.compile

    def compiled(pattern: Any, flags: int = 0) -> Any:
        program = programs.get((isinstance(pattern, str), pattern, flags))
        return assemble(pattern, *loads(program)) if program else stock(pattern, flags)

    def executed(text: str, *names: Any) -> None:
        method = methods.get(text)
        code = loads(method) if method else method_of(text)
        exec(code, *names)  # noqa: S102 - what dataclasses wrote

    compiler.compile = compiled
    dataclasses.exec = executed
