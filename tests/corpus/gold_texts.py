"""Gold texts: sources with their right normalised text, and how far a result is from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "gold" / "text"
_CONTEXT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where the result is not the right text."""

    kind: str
    """``false`` if the source had it right, ``missed`` if the source is unchanged, otherwise ``other``."""
    right: str
    result: str
    context: str


def documents(part: str) -> list[Path]:
    """Return the sources of ``open`` or ``blind``, if there are any."""
    if not (FOLDER / part).is_dir():
        return []
    return sorted(
        path
        for path in (FOLDER / part).iterdir()
        if ".expected" not in path.name and path.name != "README.md"
    )


def right_text(path: Path) -> str:
    """Return the right text of a source."""
    expected = path.with_name(f"{path.name.partition('.')[0]}.expected.txt")
    return _without_line_ends(expected.read_text(encoding="utf-8"))


def _without_line_ends(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n") if line.strip())


def _comparable(text: str) -> str:
    """Return the text with tabs as wide gaps: whether gaps make a table is not for normalising to say."""
    return re.sub("\u3000*\t[\u3000 ]*", "\t", _without_line_ends(text)).replace("\t", "\u3000")


def differences(source: str, result: str, right: str) -> list[Difference]:
    """Return where a result differs from the right text."""
    result, right = _comparable(result), _comparable(right)
    matcher = SequenceMatcher(None, right, result, autojunk=False)
    result_differences = []
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            continue
        before, after = right[max(0, start - _CONTEXT) : start], right[end : end + _CONTEXT]
        if before + right[start:end] + after in source:
            kind = "false"
        elif before + result[first:last] + after in source:
            kind = "missed"
        else:
            kind = "other"
        result_differences.append(
            Difference(
                kind=kind,
                right=right[start:end],
                result=result[first:last],
                context=right[max(0, start - 12) : end + 12],
            )
        )
    return result_differences
