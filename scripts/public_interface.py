"""Describe the public Python interface in Markdown, from its signatures and docstrings."""

import ast
import dataclasses
import enum
import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import publisher


def functions_page() -> str:
    """Return a section for each public function."""
    names = [name for name in publisher.__all__ if inspect.isfunction(getattr(publisher, name))]
    return "\n".join(_function(name, getattr(publisher, name)) for name in names)


def types_page() -> str:
    """Return a section for each public type that is not an error."""
    values = {name: getattr(publisher, name) for name in publisher.__all__}
    return "\n".join(
        _type(name, value)
        for name, value in values.items()
        if inspect.isclass(value) and not issubclass(value, Exception)
    )


def errors_page() -> str:
    """Return the tree of the errors, each with its exit code."""
    return "```\n" + "\n".join(_tree(publisher.PublisherError, 0)) + "\n```\n"


def _tree(error: type[publisher.PublisherError], depth: int) -> Iterator[str]:
    yield f"{'    ' * depth}{error.__name__} ({error.exit_code})"
    public = [
        subclass for subclass in error.__subclasses__() if subclass.__module__ == error.__module__
    ]
    for below in sorted(public, key=lambda subclass: subclass.exit_code):
        yield from _tree(below, depth + 1)


def _function(name: str, function: Any) -> str:
    signature = _signature(function)
    text, sections = _sections(inspect.getdoc(function) or "")
    parts = [f"### {name}\n", f"```python\n{name}{signature}\n```\n", f"{_ticks(text)}\n"]
    if "Args" in sections:
        items = _items(sections["Args"])
        parts.append("\n".join(f"- `{key}`: {_ticks(value)}" for key, value in items) + "\n")
    if "Returns" in sections:
        parts.append(f"Returns: {_ticks(_joined(sections['Returns']))}\n")
    if "Raises" in sections:
        items = _items(sections["Raises"])
        parts.append("Raises:\n")
        parts.append("\n".join(f"- `{key}`: {_ticks(value)}" for key, value in items) + "\n")
    if "Example" in sections:
        parts.append(f"```pycon\n{textwrap.dedent(sections['Example']).strip()}\n```\n")
    return "\n".join(parts)


def _type(name: str, value: Any) -> str:
    text, sections = _sections(inspect.getdoc(value) or "")
    parts = [f"### {name}\n", f"{_ticks(text)}\n"]
    if issubclass(value, enum.Enum):
        texts = _field_texts(value)
        lines = [
            f"- `{member.name}` (`{member.value}`)" + (f": {texts[key]}" if key in texts else "")
            for key, member in value.__members__.items()
        ]
        parts.append("\n".join(lines) + "\n")
    elif name == "Options":
        parts.append("Its keywords are those of the [configuration](configuration.md).\n")
    elif dataclasses.is_dataclass(value):
        texts = _field_texts(value)
        parts.append(
            "\n".join(
                f"- `{field.name}` (`{field.type}`)"
                + (f": {_ticks(texts[field.name])}" if field.name in texts else "")
                for field in dataclasses.fields(value)
            )
            + "\n"
        )
    methods = list(_methods(value))
    if methods and not issubclass(value, enum.Enum):
        parts.append("\n".join(methods) + "\n")
    del sections
    return "\n".join(parts)


def _methods(value: Any) -> Iterator[str]:
    for name, member in vars(value).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"- `{name}`: {_ticks(_joined(inspect.getdoc(member) or ''))}"
        elif inspect.isfunction(member):
            text, _ = _sections(inspect.getdoc(member) or "")
            yield f"- `{name}{_signature(member, method=True)}`: {_ticks(_joined(text))}"


def _signature(function: Any, *, method: bool = False) -> str:
    signature = inspect.signature(function)
    parameters = list(signature.parameters.values())[int(method) :]
    text = str(signature.replace(parameters=parameters))
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)  # annotations are texts here
    if len(text) > 84:
        inside, _, result = text[1:].rpartition(") -> ")
        parts = ",\n    ".join(re.split(r", (?![^\[]*\])", inside))
        return f"(\n    {parts},\n) -> {result}"
    return text


def _sections(docstring: str) -> tuple[str, dict[str, str]]:
    """Return the text of a docstring and its sections (``Args:`` …) by name."""
    text, *rest = re.split(r"(?m)^(Args|Returns|Raises|Example):\n", docstring)
    return text.strip(), dict(zip(rest[::2], rest[1::2], strict=True))


def _items(section: str) -> list[tuple[str, str]]:
    """Return the items of a section: ``name: words``, continued on indented lines."""
    items: list[tuple[str, str]] = []
    for line in textwrap.dedent(section).strip().splitlines():
        if line.startswith(" "):
            items[-1] = items[-1][0], f"{items[-1][1]} {line.strip()}"
        elif ": " in line:
            name, _, words = line.partition(": ")
            items.append((name, words))
    return items


@cache
def _field_texts(value: type) -> dict[str, str]:
    """Return the text under each field of a class."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(value))).body
    texts: dict[str, str] = {}
    body = getattr(node, "body", [])
    for field, text in pairwise(body):
        target = field.target if isinstance(field, ast.AnnAssign) else None
        if isinstance(field, ast.Assign):
            target = field.targets[0]
        match target, text:
            case ast.Name(id=name), ast.Expr(value=ast.Constant(value=str(words))):
                texts[name] = _joined(words)
    return texts


def _joined(text: str) -> str:
    return " ".join(text.split())


def _ticks(text: str) -> str:
    return text.replace("``", "`")
