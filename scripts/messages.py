"""Collect the messages of the program and make their catalogues.

``python scripts/messages.py`` reads the modules, puts new messages into
``publisher/messages/locale/zh_Hans/LC_MESSAGES/publisher.po`` without a translation, takes out those that are gone, makes the
catalogue of Traditional Chinese with the toolkit's own conversion, and compiles both. ``--check`` writes
nothing, prints what is not up to date or not translated, and exits with 1.
"""

import ast
import errno
import io
import os
import re
import string
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

from babel.messages import Catalog, mofile, pofile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from publisher.cli.commands import COMMANDS  # noqa: E402 - the checkout's own
from publisher.cli.rule_catalogue import entry_messages, load_entries  # noqa: E402
from publisher.conversion import convert  # noqa: E402
from publisher.imposition.options import DUPLEX_EDGES, SCHEMES  # noqa: E402
from publisher.messages.catalogue import FOLDER  # noqa: E402
from publisher.model import CheckKind, Outcome, Passage, Reason, Severity  # noqa: E402
from publisher.options import ROLES, ConversionOptions  # noqa: E402
from publisher.readers import read_bytes  # noqa: E402
from publisher.render.styles import load_style, style_names  # noqa: E402
from publisher.text.edits import locate  # noqa: E402
from publisher.typeset.fonts.catalogue import Need  # noqa: E402
from publisher.verify.screen_reader import SPOKEN_ROLES  # noqa: E402

MARKER = "translatable"
"""The function whose first argument is a message."""
WRITERS = frozenset(
    "Finding finding _finding bag_finding result summary message progress rule_finding word_item length_item size_item face_item".split()
)
"""Functions whose arguments are messages."""
EDITS = frozenset(("Replacement", "EditRule"))
"""What an edit is made of; its reason is a message."""
TEXT_FIELDS = frozenset("hint message problem remedy help description epilog".split())
"""Keyword arguments that are messages in any call."""
TEXT_CONSTANTS = frozenset(("HINT", "MESSAGE"))
"""Endings of the names of constants that are messages."""
DATA_FIELDS = frozenset(("metavar", "unchanged", "examples", "fails", "holds", "name", "profile"))
"""Keyword arguments that are data."""


_TEMPLATE_MESSAGE = re.compile(r'\btr\("([^"]+)"')
"""A message in a template of a page."""
TEMPLATE_FOLDERS = ("publisher", "styles")
SYSTEM_ERRORS = (
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.EEXIST,
    errno.ENOSPC,
    errno.EROFS,
    errno.EIO,
    errno.ELOOP,
    errno.ENAMETOOLONG,
)
"""Errors of files that the system words."""
WORDS = (
    *(severity.value for severity in Severity),
    *(outcome.value for outcome in Outcome),
    *(reason.value for reason in Reason if reason),
    *COMMANDS.values(),
    *(f"{summary[0].upper()}{summary[1:]}." for summary in COMMANDS.values()),
    *get_args(CheckKind),
    *"provenance record semantics signatures tables text widths".split(),
    "visible text",
    "structure (not compared)",
    "signatures (none)",
    "provenance (no record)",
    "verified",
    "NOT VERIFIED",
    *"hold fail built unchanged failed same changed added removed moved".split(),
    *"document letter decree minutes matterhorn default glossary vocabulary".split(),
    *(need.value for need in Need),
    *ROLES,
    *SCHEMES,
    *DUPLEX_EDGES,
    *SPOKEN_ROLES.values(),
    *"structure links bookmarks destinations form scripts actions signatures portfolio".split(),
    *"text stroke fill picture mask shading".split(),
    "not started",
    *"yes no none two red".split(),
    "page size",
    *(os.strerror(number) for number in SYSTEM_ERRORS),
    "{count} rate has",
    "{count} rates have",
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "show program's version number and exit",
)
"""Words of enumerations, of results and of argparse."""
SEPARATORS = (", ", "; ", " and ")
"""What lists in messages are joined with."""
PROSE = re.compile(
    r"(?<![\w./-])[A-Za-z][a-z]*['’]?[a-z-]*,? (?:[A-Za-z]['’a-z-]*,? )*[a-z][a-z'’-]+"
)
"""Words in a row: a text that a person reads, if its module writes for persons."""
CODE = re.compile(
    r"\\|\(\?|\n|[<>]|%s|^publisher [a-z-]+( |$)|[;-]src '|realm=|CIDFont|max-age|^document-number "
)
"""What patterns, markup, formats of the log, commands and lists of keys have, and no text."""
NO_PROSE = (
    "publisher/__init__.py",
    "publisher/archive/premis_events.py",
    "publisher/archive/pronom_formats.py",
    "publisher/export/data_package.py",
    "publisher/parse/outline/forms.py",
    "publisher/readers/encoding.py",
    "publisher/readers/html/class_styles.py",
    "publisher/reference/",
    "publisher/render/inline_markup.py",
    "publisher/render/labels.py",
    "publisher/signing/incremental_update.py",
    "publisher/statistics/checks/text_against_form.py",
    "publisher/statistics/grammar/",
    "publisher/statistics/relations.py",
    "publisher/text/language.py",
    "publisher/text/name_suggestions.py",
    "publisher/typeset/linebreak/break_opportunities.py",
    "publisher/typeset/linebreak/plain_lines.py",
    "publisher/pdf/fogra39.py",
    "publisher/serve/api/metrics.py",
    "publisher/typeset/patches/",
    "publisher/typeset/document_hooks.py",
    "publisher/typeset/engine.py",
)
"""Modules whose words are those of records, of reports or of the language, not messages."""
NOUNS = "count_noun"
"""The function whose second argument is a noun in the singular."""
_LINE_END = "\u2028"
"""Stands for a line end of a message where each message is a line."""
SIMPLIFIED, TRADITIONAL = "zh_Hans", "zh_Hant"
PROGRAM = "scripts/messages.py"


def main() -> int:
    """Write the catalogues, or check them; return the exit code."""
    check = "--check" in sys.argv[1:]
    catalogue = updated_catalogue()
    problems = list(mistakes(catalogue))
    files = {}
    for language in (catalogue, traditional(catalogue)):
        folder = FOLDER / str(language.locale) / "LC_MESSAGES"
        files[folder / "publisher.po"] = _written(pofile.write_po, language, width=0)
        files[folder / "publisher.mo"] = _written(mofile.write_mo, language)
    for path, data in files.items():
        if path.is_file() and path.read_bytes() == data:
            continue
        problems.append(f"{path.relative_to(ROOT)}: {'not up to date' if check else 'written'}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for problem in problems:
        print(problem)  # noqa: T201
    return int(check and bool(problems))


def _written(write: Callable[..., None], catalogue: Catalog, **options: object) -> bytes:
    stream = io.BytesIO()
    write(stream, catalogue, **options)
    return stream.getvalue()


def updated_catalogue() -> Catalog:
    """Return the catalogue of Simplified Chinese with the messages of the modules, sorted, and no others."""
    path = FOLDER / SIMPLIFIED / "LC_MESSAGES" / "publisher.po"
    known = {}
    if path.is_file():
        with path.open("rb") as stream:
            known = {entry.id: entry.string for entry in pofile.read_po(stream)}
    catalogue = _empty_catalogue(SIMPLIFIED)
    for text, modules in sorted(messages().items()):
        locations = [(module, None) for module in modules]
        catalogue.add(text, known.get(text, ""), locations=locations)
    return catalogue


def traditional(simplified: Catalog) -> Catalog:
    """Return the catalogue in Traditional Chinese, with the words of Taiwan, as the toolkit converts it."""
    entries = [entry for entry in simplified if entry.id and entry.string]
    texts = convert_lines([entry.string for entry in entries]) if entries else []
    catalogue = _empty_catalogue(TRADITIONAL)
    for entry, text in zip(entries, texts, strict=True):
        catalogue.add(entry.id, text)
    return catalogue


class _Catalogue(Catalog):
    """A catalogue whose header has no date and no version, so that the same messages give the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the headers that gettext needs."""
        return [
            ("Language", str(self.locale)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def _empty_catalogue(language: str) -> Catalog:
    header = f"# Messages of Publisher; {PROGRAM} puts new ones in."
    return _Catalogue(locale=language, header_comment=header, charset="utf-8", fuzzy=False)


def convert_lines(lines: list[str]) -> list[str]:
    """Return lines of Simplified Chinese in the forms and with the words of Taiwan."""
    options = ConversionOptions(
        script="zh-Hant-TW", vocabulary=True, glossary=FOLDER / "glossary.tsv"
    )
    text = "\n".join(line.replace("\n", _LINE_END) for line in lines)
    source = read_bytes(text.encode(), name="messages.txt")[0]
    source = replace(source, segments=(Passage(text=locate(source.decoded)),))  # none is a table
    converted = convert(source, options)[0].plain_text().split("\n")
    return [line.replace(_LINE_END, "\n") for line in converted]


def mistakes(catalogue: Catalog) -> Iterator[str]:
    """Yield a line for each message without a translation, and for each with other placeholders."""
    for entry in catalogue:
        if not entry.id:
            continue
        if not entry.string:
            yield f"not translated: {entry.id!r}"
        elif placeholders(entry.id) != placeholders(entry.string):
            yield f"other placeholders: {entry.id!r} → {entry.string!r}"


def placeholders(text: str) -> set[tuple[str, str, str]]:
    """Return the names in braces of a template, each with its format and conversion; none if it is no template."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return set()
    return {(name, form or "", change or "") for _, name, form, change in parts if name}


@cache
def messages() -> dict[str, list[str]]:
    """Return the modules with each message, by the message."""
    modules_by_text: dict[str, list[str]] = {word: [PROGRAM] for word in (*WORDS, *SEPARATORS)}
    for entry in load_entries():
        for text in filter(_has_words, entry_messages(entry)):
            modules_by_text.setdefault(text, []).append("publisher/cli/rule_catalogue.py")
    for name in style_names():
        modules_by_text.setdefault(load_style(name).summary, []).append(f"styles/{name}/style.toml")
    for path in sorted((ROOT / "publisher").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = list(_module_messages(tree))
        if not module.startswith(NO_PROSE):
            texts += _prose(tree)
        for text in texts:
            modules = modules_by_text.setdefault(text, [])
            if module not in modules:
                modules.append(module)
    for path in sorted(p for name in TEMPLATE_FOLDERS for p in (ROOT / name).rglob("*.j2")):
        for match in _TEMPLATE_MESSAGE.finditer(path.read_text(encoding="utf-8")):
            modules_by_text.setdefault(match[1], []).append(path.relative_to(ROOT).as_posix())
    return {text: sorted(set(modules)) for text, modules in modules_by_text.items()}


def _has_words(text: str) -> bool:
    """Return whether a text of a rule is more than the number of a clause."""
    return text.isalpha() or bool(re.search("[a-z]{3,} [a-z]+|[a-z] [a-z]{3,}", text))


def _prose(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of several words that are neither docstrings nor parts of other texts."""
    others = {id(part) for node in ast.walk(tree) for part in _not_prose(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in others:
                if PROSE.search(text) and not CODE.search(text):
                    yield text


def _not_prose(node: ast.AST) -> Iterator[ast.AST]:
    """Yield docstrings, lists of words that are split, names of types, and examples of rules below a node."""
    match node:
        case ast.Expr(value=ast.Constant()):
            yield node.value
        case ast.JoinedStr():
            yield from node.values
        case ast.Call(func=ast.Attribute(value=text, attr="split")):
            yield text
        case ast.Call(func=ast.Name(id="Example")):
            yield from ast.walk(node)
        case ast.Call():
            for keyword in node.keywords:
                if keyword.arg in DATA_FIELDS:
                    yield from ast.walk(keyword.value)


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
        yield from _texts(call.args[0], words=True)
        return
    if name == NOUNS and isinstance(call.args[1], ast.Constant):
        noun = call.args[1].value
        yield from (f"{{count}} {noun}", f"{{count}} {noun}s")
        return
    if name in EDITS:
        reasons = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
        for argument in (*call.args, *reasons):
            yield from _texts(argument)
        return
    if name == "_option":
        yield from _texts(call.args[1])
    elif name in WRITERS or name.endswith(("Error", "_error", "_finding")):
        for argument in call.args:
            yield from _texts(argument)
    for keyword in call.keywords:
        if keyword.arg in TEXT_FIELDS or keyword.arg == "metavar":
            yield from _texts(keyword.value, words=keyword.arg == "metavar")


def _texts(node: ast.expr, *, words: bool = False) -> Iterator[str]:
    """Yield the texts that an expression may be: of both branches of a condition, and of a sequence.

    A single word is one of them only with ``words``; elsewhere it may be a key or a name.
    """
    match node:
        case ast.Constant(value=str(text)):
            if text and (words or " " in text or text.istitle()):
                yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, words=words)
            yield from _texts(orelse, words=words)
        case (
            ast.BoolOp(values=parts)
            | ast.Tuple(elts=parts)
            | ast.List(elts=parts)
            | ast.Dict(values=parts)
        ):
            for part in parts:
                yield from _texts(part, words=words)


if __name__ == "__main__":
    sys.exit(main())
