"""The faults of a style of a person's own, each with its file and line.

Input: an error that a template raised, or a style. Output: the place and the words of the error, and findings about
its sheets: what is no CSS, and what asks for other files, which are never fetched.
"""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING, Any

from publisher.errors import UnknownStyleError
from publisher.messages import translatable
from publisher.model import Finding, Severity
from publisher.system.ordinary_file import SETTINGS_LIMIT, read_ordinary_file
from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from publisher.render.styles import Style

MAX_FINDINGS = 20
"""Faults of one sheet that are reported one by one."""
SHEETS = ("style.css", "print.css")
_POSITION = re.compile(r" at (\d+):\d+")
"""Where WeasyPrint says that a declaration is: line and column."""


def template_error(error: Exception, style: Style) -> UnknownStyleError:
    """Return the error for what a template of a style raised, with the template and its line."""
    where = ""
    filename, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if filename and line:
        where = f"{filename}, line {line}"
    else:
        folders = [str(folder) for folder in style.search_path]
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(tuple(folders)):
                where = f"{frame.filename}, line {frame.lineno}"
    words = str(error).splitlines()[0][:200] if str(error) else ""
    return UnknownStyleError(
        translatable(
            "the style {name!r} cannot be used: {template}: {words}",
            name=style.name,
            template=type(error).__name__,
            words=words,
        ),
        where=where,
        hint="see docs/styles.md",
    )


def sheet_findings(style: Style) -> Iterator[Finding]:
    """Yield the faults of the sheets of a style, those of this program's styles left out."""
    for path in _own_sheets(style):
        faults = list(_faults(path))
        yield from (_finding(path, *fault) for fault in faults[:MAX_FINDINGS])
        if len(faults) > MAX_FINDINGS:
            last = faults[MAX_FINDINGS][0]
            yield _finding(
                path,
                last,
                translatable(
                    "{fault_count} more faults follow", fault_count=len(faults) - MAX_FINDINGS
                ),
            )


def _own_sheets(style: Style) -> Iterator[Path]:
    """Yield the sheets of a style, those of this program's styles left out."""
    for folder in style.folders:
        if not folder.resolve().is_relative_to(styles_folder().resolve()):
            yield from (path for name in SHEETS if (path := folder / name).is_file())


def located_findings(findings: Iterable[Finding], style: Style, css: str) -> Iterator[Finding]:
    """Yield findings of the typesetter; those about the joined sheet name the file of the style and its line.

    What ``sheet_findings`` reports is left out.

    Args:
        findings: The findings.
        style: The style of the page.
        css: The joined sheet of the page, in whose lines the typesetter counts.

    """
    known = {(path, line) for path in _own_sheets(style) for line, _ in _faults(path)}
    left_out: list[tuple[Path, int]] = []
    count = 0
    for finding in findings:
        match = _POSITION.search(finding.message) if finding.clause == "typesetting" else None
        position = _sheet_position(style, css, int(match[1])) if match else None
        if match is None or position is None:
            yield finding
        elif position not in known:
            count += 1
            words = finding.message[: match.start()] + finding.message[match.end() :]
            if count <= MAX_FINDINGS:
                yield _finding(*position, words.rstrip("."))
            else:
                left_out.append(position)
    if left_out:
        yield _finding(
            *left_out[0],
            translatable("{fault_count} more faults follow", fault_count=len(left_out)),
        )


def _sheet_position(style: Style, css: str, line: int) -> tuple[Path, int] | None:
    """Return the file and the line that a line of a joined sheet is from; None for what the program adds."""
    joined = ((style.press_css, style.press_css_lines), (style.css, style.css_lines))
    for text, files in joined:
        start = css.find(text)
        if start < 0:
            continue
        line -= css.count("\n", 0, start)
        for path, count in files:
            if 1 <= line <= count:
                is_own = path.is_relative_to(styles_folder())
                return path.relative_to(styles_folder().parent) if is_own else path, line
            line -= count
        return None
    return None


def _finding(path: Path, line: int, message: str) -> Finding:
    return Finding(
        clause="style",
        severity=Severity.WARNING,
        message=translatable(
            "{path}, line {line}: {message}", path=path, line=line, message=message
        ),
        hint="correct the sheet of the style (docs/styles.md)",
    )


def _faults(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each fault of a sheet."""
    import tinycss2

    css = read_ordinary_file(path, SETTINGS_LIMIT).decode("utf-8")
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        yield from _rule_faults(rule)


def _rule_faults(rule: Any) -> Iterator[tuple[int, str]]:
    import tinycss2

    if rule.type == "error":
        yield rule.source_line, rule.message
        return
    if rule.type == "at-rule" and rule.lower_at_keyword == "import":
        yield (
            rule.source_line,
            "@import is not followed: nothing is fetched while a report is typeset",
        )
    if getattr(rule, "content", None) is None:
        return
    nested = rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports")
    parse = tinycss2.parse_rule_list if nested else tinycss2.parse_blocks_contents
    for item in parse(rule.content, skip_comments=True, skip_whitespace=True):
        if item.type in ("at-rule", "qualified-rule"):
            yield from _rule_faults(item)
        elif item.type == "error":
            yield item.source_line, item.message
        elif item.type == "declaration":
            yield from _broken_values(item.value)


def _broken_values(tokens: Iterable[Any]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        if token.type == "error":
            yield token.source_line, token.message
        elif token.type == "url" or (token.type == "function" and token.lower_name == "url"):
            yield (
                token.source_line,
                "url() is not followed: nothing is fetched while a report is typeset",
            )
