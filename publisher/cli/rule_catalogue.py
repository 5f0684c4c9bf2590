"""The documented rules of all packages, for the command ``rules`` and the page ``docs/rules.md``.

A package offers its rules in a module ``rule_entries`` with a tuple ``ENTRIES`` of ``RuleEntry``; it is
listed here without being named. Input: these modules. Output: entries, and their text or Markdown.
"""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import FindingRule, RuleEntry
from publisher.text import unicode_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.messages.catalogue import Catalogue
    from publisher.model import Example

PIPELINE = (
    "readers",
    "decisions",
    "normalise",
    "conversion",
    "parse",
    "statistics",
    "render",
    "verify",
)
"""Packages whose rules are listed first, in the order in which they run."""
LONGEST_EXAMPLE = 120
"""Characters of an example that is printed whole; of a longer one the middle is left out."""
_VISIBLE = str.maketrans(
    {"\n": "↵", "\r": "␍", "\t": "⇥", "\u3000": "<U+3000>", "\xa0": "<U+00A0>"}
)

PAGE_HEAD = """\
# Rules

Each change that the program makes to a text, and each finding that it reports, has a name. The record
lists every change under the name of its rule (`edits`, see [record](record.md)). `publisher rules` prints
this list, `publisher rules NAME` one entry; NAME may also be the clause of a finding.

In the examples ↵ is a line feed, ␍ a carriage return, ⇥ a tab, and `<U+3000>` stands for a
character that would not be seen, by its code.

## Add a normalising rule

Two files:

1. **The rule.** In a module of `publisher/normalise/rules/` (an existing one, or a new one), write a
   function that takes a `Context` and yields `Replacement`s in order and without overlaps. Its docstring
   begins with the summary. Decorate it with `rule(...)`: name, order, reason, evidence, examples, exceptions, and
   texts that stay unchanged. `order` decides when it runs; no two rules share a number. The list of
   rules is derived from the modules.
2. **Its test.** Write the cases that matter in `tests/normalise/`; `apply_rule(rule, text)` of
   `tests/corpus/rules.py` returns what a rule makes of a text. The examples and the unchanged texts
   of the entry are tested already.

This rule, `publisher/normalise/rules/empty_pages.py`, removes a line that says that its page is empty:

```python
\"\"\"Lines about a page that a new layout does not have.\"\"\"

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.rule import rule
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

_EMPTY_PAGE = re.compile("^[（(]此页无正文[）)]\\n", re.MULTILINE)


@rule(
    name="empty-page-line",
    order=175,
    reason="The line belongs to a page of the old layout.",
    evidence="a line of nothing else",
    examples=(("（此页无正文）\\n某市办公室", "某市办公室"),),
    exceptions="the words inside a sentence.",
    unchanged=("末页应当注明（此页无正文）。",),
)
def remove_empty_page_lines(context: Context) -> Iterator[Replacement]:
    \"\"\"Remove a line that says that its page is empty.\"\"\"
    for match in _EMPTY_PAGE.finditer(context.string):
        yield Replacement(
            start=match.start(), end=match.end(), after="", reason="the page is not in this layout"
        )
```

Then write this page again and run the tests:

```
publisher rules --markdown > docs/rules.md
pytest tests/normalise tests/cli/commands/test_rules.py
```

The rules run until none changes anything, and never change a figure; `tests/normalise/test_rules.py`
checks both.

## Document the rules of another package

Give the package a module `rule_entries` with a tuple `ENTRIES` of `publisher.model.RuleEntry`. A rule
that reports is a `FindingRule`, which also makes its findings. `tests/cli/commands/test_rules.py` runs the
examples; add there how an example of a new kind is run.
"""


def load_entries() -> tuple[RuleEntry, ...]:
    """Return the entries of every package that has a module ``rule_entries``, in pipeline order."""
    packages = sorted(
        (
            folder.name
            for folder in files("publisher").iterdir()
            if folder.is_dir() and (folder / "rule_entries.py").is_file()
        ),
        key=lambda name: (PIPELINE.index(name) if name in PIPELINE else len(PIPELINE), name),
    )
    modules = [import_module(f"publisher.{name}.rule_entries") for name in packages]
    return tuple(entry for module in modules for entry in module.ENTRIES)


def extension_entries(names: Sequence[str]) -> tuple[tuple[RuleEntry, str], ...]:
    """Return the rules and checks of some extensions, each with the name and version of its package."""
    from publisher.extensions import load_extensions

    return tuple(
        (entry, str(package))
        for package in load_extensions(names).packages
        for entry in (*package.rules, *package.checks)
    )


def find_entries(entries: Sequence[RuleEntry], code: str) -> tuple[RuleEntry, ...]:
    """Return the entries with this name; if there are none, those with this clause."""
    named = tuple(entry for entry in entries if entry.name == code)
    return named or tuple(entry for entry in entries if code in entry.codes)


def entry_text(entry: RuleEntry, catalogue: Catalogue) -> str:
    """Return an entry for a terminal in the language of a catalogue, a field per line."""
    lines = [
        translatable("{name} ({kind})", name=entry.name, kind=translatable(entry.kind)),
        translatable("  {summary}", summary=entry.summary),
        translatable("  Reason: {reason}", reason=entry.reason),
    ]
    if isinstance(entry, FindingRule):
        severity = translatable(entry.severity.value)
        lines.append(
            translatable("  Clause: {clause} ({severity})", clause=entry.clause, severity=severity)
        )
        if entry.hint and not entry.examples:
            lines.append(translatable("  What to do: {hint}", hint=entry.hint))
    lines += [_example_line(entry, example, catalogue) for example in entry.examples]
    if entry.evidence:
        lines.append(translatable("  Evidence: {evidence}", evidence=entry.evidence))
    if entry.exceptions:
        lines.append(translatable("  Not applied to: {exceptions}", exceptions=entry.exceptions))
    label = translatable(entry.UNCHANGED_LABEL)
    lines += [
        translatable("  {label}: {text}", label=label, text=_visible(text))
        for text in entry.unchanged
    ]
    return "\n".join(map(catalogue.translate, lines)).replace("``", "")


def _example_line(entry: RuleEntry, example: Example, catalogue: Catalogue) -> str:
    """Return an example; what a rule reports is a message."""
    after = example.after
    if entry.EXAMPLE_LABEL != RuleEntry.EXAMPLE_LABEL or isinstance(entry, FindingRule):
        after = catalogue.translate(catalogue.recognise(after))
    options = translatable(" (with {options})", options=example.options) if example.options else ""
    return translatable(
        "  {label}: {before} → {after}{options}",
        label=translatable(entry.EXAMPLE_LABEL),
        before=_visible(example.before),
        after=_visible(after),
        options=options,
    )


def entry_messages(entry: RuleEntry) -> Iterator[str]:
    """Yield the texts of an entry that are translated."""
    yield from filter(None, (entry.summary, entry.reason, entry.evidence, entry.exceptions))
    yield from (entry.kind, entry.EXAMPLE_LABEL, entry.UNCHANGED_LABEL)
    if isinstance(entry, FindingRule):
        yield from filter(None, (entry.message, entry.hint))


def entry_fields(entry: RuleEntry) -> dict[str, object]:
    """Return an entry as JSON has it."""
    fields: dict[str, object] = {
        "name": entry.name,
        "kind": entry.kind,
        "summary": entry.summary,
        "reason": entry.reason,
        "examples": [
            {"before": example.before, "after": example.after, "options": example.options}
            for example in entry.examples
        ],
        "evidence": entry.evidence,
        "exceptions": entry.exceptions,
        "unchanged": list(entry.unchanged),
    }
    if isinstance(entry, FindingRule):
        fields |= {"clause": entry.clause, "severity": entry.severity.value, "hint": entry.hint}
    return fields


def markdown_page(entries: Sequence[RuleEntry]) -> str:
    """Return the page ``docs/rules.md``."""
    parts = [PAGE_HEAD]
    for kind, group in groupby(entries, key=lambda entry: entry.kind):
        parts.append(f"## {kind[0].upper()}{kind[1:]}s\n")
        parts.extend("\n".join(_markdown_entry(entry)) for entry in group)
    return "\n".join(parts)


def _markdown_entry(entry: RuleEntry) -> Iterator[str]:
    yield f"### {entry.name}\n"
    yield f"{_markdown(entry.summary)}\n"
    yield f"- Reason: {_markdown(entry.reason)}"
    if isinstance(entry, FindingRule):
        yield f"- Clause in the record: `{entry.clause}` ({entry.severity})"
        if entry.hint and not entry.examples:
            yield f"- What to do: {_markdown(entry.hint)}"
    for example in entry.examples:
        options = f", with `{example.options}`" if example.options else ""
        after = _visible(example.after)
        result = f"“{after}”" if isinstance(entry, FindingRule) else _code(after)
        yield f"- {entry.EXAMPLE_LABEL}: {_code(_visible(example.before))} → {result}{options}"
    if entry.evidence:
        yield f"- Evidence: {_markdown(entry.evidence)}"
    if entry.exceptions:
        yield f"- Not applied to: {_markdown(entry.exceptions)}"
    if entry.unchanged:
        yield f"- {entry.UNCHANGED_LABEL}: {', '.join(_code(_visible(text)) for text in entry.unchanged)}"
    yield ""


def _markdown(text: str) -> str:
    """Return a sentence of an entry, whose code is between double backticks as in docstrings."""
    return text.replace("``", "`")


def _code(text: str) -> str:
    """Return text as inline code, whatever backticks it has."""
    fence = "``" if "`" in text else "`"
    space = " " if "`" in text or text != text.strip() else ""
    return f"{fence}{space}{text}{space}{fence}"


def _visible(text: str) -> str:
    """Return text on one line, with a sign for every invisible or combining character."""
    if len(text) > LONGEST_EXAMPLE:
        half = LONGEST_EXAMPLE // 2
        text = f"{text[:half]} … {text[-half:]}"
    return "".join(
        character
        if character.isprintable() and not unicode_data.combining(character)
        else f"<U+{ord(character):04X}>"
        for character in text.translate(_VISIBLE)
    )
