"""Keep what Python would make anew at every start (``publisher/system/startup_cache.py``).

All of the toolkit is loaded and a report built, and what is asked for meanwhile is written down.
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

from publisher.system.startup_cache import FOLDER, Kept, file, method_of, write  # noqa: E402 - the checkout's own

COMPILER: Any = import_module("re._compiler")
DATACLASSES: Any = import_module("dataclasses")
SAMPLE = ROOT / "samples" / "yunping-2016-bureau.txt"


def main() -> None:
    """Write down what is asked for, and put it in place whole."""
    patterns, methods = asked()
    kept = Kept(
        {
            (isinstance(pattern, str), pattern, flags): marshal.dumps(program(pattern, flags))
            for pattern, flags in patterns
        },
        {text: marshal.dumps(method_of(text)) for text in methods},
    )
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=FOLDER) as waiting:
        made = Path(waiting, "programs")
        write(made, kept)
        newest = max(one.stat().st_mtime for one in (ROOT / "publisher").rglob("*.py"))
        os.utime(made, (max(newest, time.time()),) * 2)  # never older than what it is made of
        for old in FOLDER.glob("programs-*"):
            old.unlink()
        made.rename(file())


def asked() -> tuple[dict[tuple[str | bytes, int], None], dict[str, None]]:
    """Return the patterns with their flags and the texts of methods that the toolkit asks for."""
    patterns: dict[tuple[str | bytes, int], None] = {}
    methods: dict[str, None] = {}
    stock = COMPILER.compile

    def compiled(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str | bytes) and not flags & (re.LOCALE | re.DEBUG):
            patterns[pattern, int(flags)] = None
        return stock(pattern, flags)

    def executed(text: str, *names: Any) -> None:
        methods[text] = None
        exec(method_of(text), *names)  # noqa: S102 - what dataclasses wrote

    COMPILER.compile, DATACLASSES.exec = compiled, executed
    load()
    COMPILER.compile = stock
    del DATACLASSES.exec
    return patterns, methods


def load() -> None:
    """Build a report, and load what that did not need."""
    import publisher
    from publisher.cli.parser import command_parsers

    command_parsers()
    with TemporaryDirectory() as folder:
        publisher.publish(SAMPLE, publisher.Options(output=Path(folder)))
    for module in pkgutil.walk_packages(publisher.__path__, "publisher."):
        if module.name != "publisher.__main__":
            with suppress(ImportError):  # of an extra that is not here
                import_module(module.name)


def program(pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """Return what ``re._compiler.compile`` gives to ``_sre.compile`` after the pattern."""
    parsed = import_module("re._parser").parse(pattern, flags)
    code = [int(one) for one in COMPILER._code(parsed, flags)]  # noqa: SLF001 - the half that makes no pattern
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return int(flags | state.flags), code, state.groups - 1, state.groupdict, tuple(names)


if __name__ == "__main__":
    main()
