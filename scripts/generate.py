"""Generate the files of the repository that repeat what the code says.

``python scripts/generate.py`` writes them; with ``--check`` it writes nothing, prints the files that are not up
to date and exits with 1. A generated part of a page is between ``<!-- generated: NAME -->`` and
``<!-- end -->``.
"""

import argparse
import ast
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from publisher.cli.parser import command_parsers  # noqa: E402
from publisher.model import record_types  # noqa: E402 - the checkout's own
from publisher.options import NO_FILE, Options  # noqa: E402
from scripts.public_interface import errors_page, functions_page, types_page  # noqa: E402


def main() -> int:
    """Write the generated files, or check them; return the exit code."""
    check = "--check" in sys.argv[1:]
    stale = []
    for path, text in generated_files().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path.relative_to(ROOT)))
        if not check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name}: {'not up to date' if check else 'written'}")  # noqa: T201
    return int(check and bool(stale))


def generated_files() -> dict[Path, str]:
    """Return the text of every generated file."""
    files = {ROOT / "publisher" / "record.schema.json": record_schema()}
    for name, blocks in PAGES.items():
        path = ROOT / "docs" / name
        files[path] = with_blocks(path.read_text(encoding="utf-8"), blocks)
    return files


def with_blocks(page: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with its generated blocks replaced."""
    for name, make in blocks.items():
        before, start, rest = page.partition(f"<!-- generated: {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        if not start or not end:
            raise ValueError(f"the page has no block {name!r}")
        page = f"{before}{start}\n{make().strip()}\n\n{end}{after}"
    return page


def record_schema() -> str:
    """Return ``record.schema.json``: the types of the record as JSON Schema 2020-12."""
    from msgspec.json import schema

    generated = schema(record_types.Record)
    for name, texts in documented_fields().items():
        definition = generated["$defs"].get(name)
        for key, text in texts.items() if definition else ():
            definition["properties"][key]["description"] = text
    return (
        json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": "The record of a publication",
                "description": "NAME.record.json beside NAME.pdf. Keys may be added and are never "
                "renamed. Offsets count code points of the decoded source.",
                **generated,
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def documented_fields() -> dict[str, dict[str, str]]:
    """Return the text under each field of the record's types, by type and field."""
    tree = ast.parse(Path(record_types.__file__).read_text(encoding="utf-8"))
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    fields = {name: dict(_field_texts(node)) for name, node in classes.items()}
    fields["ConversionRecord"] |= {"from": "The script of the source: zh-Hans, zh-Hant or mixed."}
    return fields


def _field_texts(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in zip(node.body, [*node.body[1:], None], strict=True):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, words


def record_tables() -> str:
    """Return the tables of ``docs/record.md``: the keys of the record and of its parts."""
    from msgspec.json import schema

    definitions = schema(record_types.Record)["$defs"]
    texts = documented_fields()
    parts = [_record_table("Record", definitions, texts)]
    for name, definition in definitions.items():
        if name != "Record":
            heading = _part_name(name)
            parts.append(f"### {heading}\n\n{definition['description']}\n")
            parts.append(_record_table(name, definitions, texts))
    return "\n".join(parts)


def _record_table(name: str, definitions: dict[str, Any], texts: dict[str, dict[str, str]]) -> str:
    definition = definitions[name]
    required = definition.get("required", [])
    lines = ["| key | type | content |", "|---|---|---|"]
    for key, field in sorted(definition["properties"].items()):
        about = texts[name].get(key, "")
        inherited = texts.get("StatisticsRecord", {}).get(key, "")
        optional = "" if key in required else " (optional)"
        lines.append(f"| `{key}` | {_type_words(field)}{optional} | {about or inherited} |")
    return "\n".join(lines) + "\n"


def _type_words(field: dict[str, Any]) -> str:
    """Return a JSON Schema type in words, with a link to the part that it refers to."""
    if "$ref" in field:
        name = _part_name(field["$ref"].rpartition("/")[2])
        return f"[{name}](#{name.lower().replace(' ', '-')})"
    if "anyOf" in field:
        return " or ".join(map(_type_words, field["anyOf"]))
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type_words(field['items'])}"
    if field.get("type") == "object":
        return "object with texts"
    return {"string": "text", "integer": "integer", "number": "number"}.get(
        field["type"], field["type"]
    )


def _part_name(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Record"))
    return words.capitalize() or "Record"


def common_options() -> str:
    """Return the table of the options that every command has."""
    return _option_table(command_parsers()["doctor"], common=True)


def command_options(name: str) -> Callable[[], str]:
    """Return a function that returns the table of a command's own options."""
    return lambda: _option_table(command_parsers()[name], common=False)


def _option_table(parser: argparse.ArgumentParser, *, common: bool) -> str:
    lines = ["| option | meaning |", "|---|---|"]
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way
        if action.option_strings and (action.dest in COMMON) is common:
            flags = ", ".join(f"`{flag}`" for flag in action.option_strings[:-1])
            last = action.option_strings[-1]
            metavar = "" if action.nargs == 0 else f" {_metavar(action)}"
            shown = f"{flags}, `{last}{metavar}`" if flags else f"`{last}{metavar}`"
            required = "; required" if action.required else ""
            lines.append(f"| {shown} | {_with_values(action)}{required} |")
    return "\n".join(lines) + "\n"


def _metavar(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return action.dest.upper() if metavar.startswith("{") else metavar


def _with_values(action: argparse.Action) -> str:
    """Return the help text, with the possible values that it does not name."""
    text = (action.help or "").replace("%%", "%")
    choices = next(
        (list(field.metadata["choices"]) for field in fields(Options) if field.name == action.dest),
        [],
    ) or list(action.choices or ())
    return _add_values(text, choices)


def _add_values(text: str, choices: list[str]) -> str:
    """Return the text with all possible values, unless it names each of them."""
    if all(f"`{value}`" in text for value in choices):
        return text
    return f"{text}; values: {', '.join(f'`{value}`' for value in choices)}"


def configuration_options() -> str:
    """Return the table of the keys of ``publisher.toml``."""
    lines = ["| key | type | default | meaning |", "|---|---|---|---|"]
    for field in fields(Options):
        default = field.default
        if isinstance(default, bool):
            kind, shown = "true or false", f"`{str(default).lower()}`"
        elif isinstance(default, float):
            kind, shown = "number", f"`{default:g}`"
        elif field.name == "fonts":
            kind, shown = "table: role → list of families", ""
        elif isinstance(default, tuple):
            kind, shown = "list of texts", ""
        elif isinstance(default, Path):
            kind = "text, a folder" if field.name == "output" else "text, a file"
            shown = "" if default == NO_FILE else f"`{default}`"
        else:
            kind = "text or TOML date" if field.name == "date" else "text"
            shown = f"`{default}`" if default else ""
        text = _add_values(field.metadata["help"], list(field.metadata["choices"]))
        lines.append(f"| `{field.name}` | {kind} | {shown} | {text} |")
    return "\n".join(lines) + "\n"


COMMON = ("help", "quiet", "verbose", "json")
COMMANDS_WITH_OPTIONS = (
    "build", "explain-lines", "check", "review", "serve", "watch", "compare", "stats", "volume", "verify", "sign", "archive", "preflight",
    "impose", "fonts", "styles", "rules",
)  # fmt: skip
PAGES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "commands.md": {
        "common options": common_options,
        **{name: command_options(name) for name in COMMANDS_WITH_OPTIONS},
    },
    "configuration.md": {"options": configuration_options},
    "python.md": {"functions": functions_page, "types": types_page, "errors": errors_page},
    "record.md": {"record": record_tables},
}
"""The generated blocks of each page in ``docs/``."""

if __name__ == "__main__":
    sys.exit(main())
