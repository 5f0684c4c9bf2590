"""Collect the messages of the program and make their catalogues.

``python scripts/messages.py`` reads the modules, puts new messages into
``publisher/messages/locale/zh_Hans/LC_MESSAGES/publisher.po`` without a translation, takes out those that are gone, makes the
catalogue of Traditional Chinese with the toolkit's own conversion, and compiles both. ``--check`` writes
nothing, prints what is not up to date or not translated, and exits with 1.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


MARKER = "translatable"
"""The function whose first argument is a message."""
WRITERS = frozenset(
    "Finding finding _finding bag_finding result summary message progress rule_finding".split()
)
"""Functions whose arguments are messages."""
TEXT_FIELDS = frozenset("hint message problem remedy help description epilog".split())
"""Keyword arguments that are messages in any call."""
TEXT_CONSTANTS = frozenset(("HINT", "MESSAGE"))
"""Endings of the names of constants that are messages."""


def messages() -> dict[str, list[str]]:
    """Return the modules with each message, by the message."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "publisher").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        for text in _module_messages(ast.parse(path.read_text(encoding="utf-8"))):
            modules = found.setdefault(text, [])
            if module not in modules:
                modules.append(module)
    return found


def _module_messages(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                yield from _call_messages(node)
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                if name.rpartition("_")[2] in TEXT_CONSTANTS:
                    yield from _texts(value)
                elif name == "COMMANDS" and isinstance(value, ast.Dict):
                    for part in value.values:
                        yield from _texts(part)


def _call_messages(call: ast.Call) -> Iterator[str]:
    function = call.func
    name = (
        function.id
        if isinstance(function, ast.Name)
        else function.attr
        if isinstance(function, ast.Attribute)
        else ""
    )
    if name == MARKER:
        yield from _texts(call.args[0])
        return
    if name == "_option":
        yield from _texts(call.args[1])
    elif name in WRITERS or name.endswith(("Error", "_error", "_finding")):
        for argument in call.args:
            yield from _texts(argument)
    for keyword in call.keywords:
        if keyword.arg in TEXT_FIELDS:
            yield from _texts(keyword.value)


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression may be: of both branches of a condition, and of a sequence."""
    match node:
        case ast.Constant(value=str(text)):
            if " " in text or text.istitle():
                yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body)
            yield from _texts(orelse)
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _texts(part)
