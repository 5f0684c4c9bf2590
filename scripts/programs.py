"""Make the cache of compiled patterns and dataclass methods (``publisher/system/startup_cache.py``).

All modules are imported and a report is built; the patterns and methods that Python compiles meanwhile are stored.
"""

import marshal
import os
import pkgutil
import re
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from publisher.system.startup_cache import (  # noqa: E402 - the checkout's own
    FOLDER,
    StartupCache,
    compile_method,
    path,
    store,
)

COMPILER: Any = import_module("re._compiler")
DATACLASSES: Any = import_module("dataclasses")
SAMPLE = ROOT / "samples" / "yunping-2016-bureau.txt"


def main() -> None:
    """Record the patterns and methods, and write the cache atomically."""
    patterns, methods = record()
    cache = StartupCache(
        {
            (isinstance(pattern, str), pattern, flags): marshal.dumps(program(pattern, flags))
            for pattern, flags in patterns
        },
        {text: marshal.dumps(compile_method(text)) for text in methods},
    )
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=FOLDER) as temporary_folder:
        temporary = Path(temporary_folder, "programs")
        store(temporary, cache)
        newest = max(source.stat().st_mtime for source in (ROOT / "publisher").rglob("*.py"))
        os.utime(temporary, (max(newest, time.time()),) * 2)  # never older than its sources
        for old in FOLDER.glob("programs-*"):
            old.unlink()
        temporary.rename(path())


def record() -> tuple[dict[tuple[str | bytes, int], None], dict[str, None]]:
    """Return the patterns with their flags, and the source texts of methods, that the toolkit compiles."""
    patterns: dict[tuple[str | bytes, int], None] = {}
    methods: dict[str, None] = {}
    stock = COMPILER.compile

    def compile_pattern(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str | bytes) and not flags & (re.LOCALE | re.DEBUG):
            patterns[pattern, int(flags)] = None
        return stock(pattern, flags)

    def execute(text: str, *names: Any) -> None:
        methods[text] = None
        exec(compile_method(text), *names)  # noqa: S102 - the source text that dataclasses wrote

    COMPILER.compile, DATACLASSES.exec = compile_pattern, execute
    use_everything()
    COMPILER.compile = stock
    del DATACLASSES.exec
    return patterns, methods


def use_everything() -> None:
    """Build a report, and import the modules that it did not need."""
    import publisher
    from publisher.cli.parser import command_parsers

    command_parsers()
    with TemporaryDirectory() as folder:
        publisher.publish(SAMPLE, publisher.Options(output=Path(folder)))
    for module in pkgutil.walk_packages(publisher.__path__, "publisher."):
        if module.name != "publisher.__main__":
            with suppress(ImportError):  # of an extra that is not installed
                import_module(module.name)


def program(pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """Return the arguments that ``re._compiler.compile`` passes to ``_sre.compile`` after the pattern."""
    parsed = import_module("re._parser").parse(pattern, flags)
    code = [int(opcode) for opcode in COMPILER._code(parsed, flags)]  # noqa: SLF001 - it has no public name
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return int(flags | state.flags), code, state.groups - 1, state.groupdict, tuple(names)


if __name__ == "__main__":
    main()
