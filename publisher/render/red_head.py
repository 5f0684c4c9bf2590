"""The head of an official document, placed as GB/T 9704-2012 says (7.2, 10.1 to 10.3).

Input: a report and the lengths of the style. Output: a ``RedHead``: each line of the head with its place, the red rules, and
where the text goes on. The lines stay in the order of the source; only their places follow the standard. Lengths are in
millimetres from the upper edge of the type area. The mark is so high that the text below the head is on the grid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import PartLine
from publisher.render.mark_place import ASCENT, DESCENT, MarkPlace
from publisher.render.office_mark import office_mark
from publisher.render.official_form import (
    SUFFIX,
    Form,
    document_form,
    mark_lines,
    title_is_mark,
)
from publisher.render.text_width import ems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Block, Report, Text

MARK_TOP: dict[Form, float] = {"document": 35, "minutes": 35, "decree": 20, "letter": -7}
"""The upper edge of the mark: 35 or 20 mm below that of the type area, or 30 mm below that of the page, 37 mm above it."""
RULE_GAP = 4.0
"""Between 发文字号 and the red rule, and between the mark of a letter and its rule."""
RULE, DOUBLE_RULE = 0.5, 2.0
"""The height of the red rule, and of the double rule of a letter: thick, gap, thin."""
LETTER_RULE_WIDTH = 170.0
LETTER_FOOT_RULE = 297.0 - 20.0 - 37.0 - DOUBLE_RULE
"""The upper edge of the second double rule, whose lower edge is 20 mm above that of the page."""
_TOP_ROLES = ("copy-number", "secrecy", "urgency")
_NAME_GAP = re.compile("(?:[、，]|[\\s　]+)")
_NAME = re.compile("[^、，\\s　]+")
_LABEL = re.compile("[^：:]{1,5}[：:]\\s*")
MOST_NAMES = 5
"""Names of offices above one another from which on the mark gets no higher."""
TITLE_OFFSET = (ASCENT - DESCENT) / 2 - 0.38
"""How far the frame of a character of 宋体 is below the middle of its line, in em: Noto Serif CJK has more room above."""
TITLE_SHARE = 22 / 15.75
"""The em of a title of 2号 in characters of the text."""
LEAST_MARK = 12.0
"""Millimetres: the least height of the ink of a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLine:
    """A line of the head, or a part of one, with its place."""

    role: str
    """The class of its element."""
    style: str
    """Its place as CSS declarations."""
    text: Text | None = None
    words: str = ""
    """What the style adds, if the report has no such line."""
    others: tuple[Block | PartLine, ...] = ()
    """Lines without a place of their own, or pictures; they are set below the head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedHead:
    """The head of a document with the places of its lines."""

    form: Form
    above: tuple[HeadLine, ...]
    """The lines above the title in the order of the source."""
    title: str
    """The place of a title that is the mark, or the space above and below a title of its own, as CSS declarations."""
    title_is_mark: bool
    below: tuple[HeadLine, ...]
    """The lines below the title; those without a place follow the title."""
    rules: tuple[str, ...]
    """The place of each red rule."""
    height: float
    """Where the text goes on, or the title with the distance of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeArea:
    """The type area of a style and its grid, in millimetres."""

    width: float
    pitch: float
    """Of the lines."""
    character: float
    """The em of the text."""

    @property
    def leading(self) -> float:
        """Between two lines: 7/8 of a character (3.2)."""
        return self.pitch - self.character


def red_head(report: Report, grid: TypeArea) -> RedHead | None:
    """Return the head of a report; ``None`` if the report names no office that issues it."""
    form = document_form(report)
    is_mark = title_is_mark(report, form)
    names = () if is_mark else mark_lines(report)
    words = "" if names or is_mark else office_mark(report.metadata, is_letter=form == "letter")
    if not (names or words or is_mark):
        return None
    return _Composer(report, grid, form, names, words).compose()


class _Composer:
    """Places the lines of one head."""

    def __init__(
        self, report: Report, grid: TypeArea, form: Form, names: Sequence[PartLine], words: str
    ) -> None:
        self._report, self._grid, self._form = report, grid, form
        self._names, self._words = names, words
        self._generated = _NAME_GAP.split(words.removesuffix(SUFFIX)) if words else []
        self._title_is_mark = not (names or words)
        self._mark = self._mark_place(MARK_TOP[form], self._mark_height())
        self._signers = [
            name
            for line in (*report.masthead, *report.below_title)
            if isinstance(line, PartLine) and line.role == "signer"
            for name in _signer_names(line)[1]
        ]

    def compose(self) -> RedHead:
        report, grid, form = self._report, self._grid, self._form
        after_mark = self._mark.top + self._mark.ink
        rules: list[str] = []
        if form == "letter":
            rule = after_mark + RULE_GAP
            rules = [
                _letter_rule(rule, "first"),
                _letter_rule(LETTER_FOOT_RULE, "last"),
            ]
            first_line = rule + DOUBLE_RULE + grid.leading / 2
            rows = sum(
                isinstance(line, PartLine) and line.role in _TOP_ROLES for line in report.masthead
            )
            height = rule + DOUBLE_RULE + max(rows, 1) * grid.pitch
            number = first_line
        else:
            first_line = 0.0
            number = after_mark + 2 * grid.pitch + grid.leading / 2
            signer_rows = (len(self._signers) + 1) // 2
            number += max(signer_rows - 1, 0) * grid.pitch
            line_end = number + grid.leading / 2 + grid.character
            if form == "decree":
                height = line_end + 2 * grid.pitch + grid.leading / 2
            else:
                rules = [f"top: {line_end + RULE_GAP:.3f}mm; height: {RULE}mm"]
                height = line_end + RULE_GAP + RULE
        if self._title_is_mark and form != "decree":
            height += 2 * grid.pitch + grid.leading / 2
        above = self._lines(report.masthead, number, first_line)
        if self._words:
            above = (*self._generated_mark(), *above)
        return RedHead(
            form=form,
            above=above,
            title=self._mark.whole("".join(text.string for text in report.title).strip())
            if self._title_is_mark
            else self._title_space(),
            title_is_mark=self._title_is_mark,
            below=self._lines(report.below_title, number, first_line),
            rules=tuple(rules),
            height=round(height, 3),
        )

    def _mark_height(self) -> float:
        """Return the height of the ink of the mark with which the text below the head is on the grid."""
        grid, form = self._grid, self._form
        offset = MARK_TOP[form] + grid.leading / 2
        if form == "letter" and self._title_is_mark:
            offset = MARK_TOP[form] + RULE_GAP + DOUBLE_RULE + grid.leading / 2
        elif form == "letter":  # rule, one line, two lines, title, one line
            offset = (
                MARK_TOP[form]
                + RULE_GAP
                + DOUBLE_RULE
                + TITLE_SHARE * grid.character
                + 1.5 * grid.leading
            )
        elif form != "decree":
            offset = MARK_TOP[form] + RULE_GAP + RULE
            if self._title_is_mark:
                offset += grid.leading / 2
            else:
                offset += TITLE_SHARE * grid.character + 1.5 * grid.leading
        height = -offset % grid.pitch
        while height < LEAST_MARK:
            height += grid.pitch
        count = len(self._generated) or max(len(self._names), 1)
        return height + (min(count, MOST_NAMES) - 1) * grid.pitch

    def _title_space(self) -> str:
        """Return the space with which the title is two lines below the head and one above the text (7.3.1, 7.3.2)."""
        grid = self._grid
        overhang = (TITLE_SHARE * grid.character - grid.pitch) / 2
        lowered = TITLE_OFFSET * TITLE_SHARE * grid.character
        above = 2 * grid.pitch + grid.leading + overhang - lowered
        below = grid.pitch + grid.leading / 2 + overhang + lowered
        return f"padding-top: {above:.3f}mm; padding-bottom: {below:.3f}mm"

    def _lines(
        self, children: Sequence[Block | PartLine], number: float, first_line: float
    ) -> tuple[HeadLine, ...]:
        grid = self._grid
        lines: list[HeadLine] = []
        present = [
            role
            for role in _TOP_ROLES
            if any(
                isinstance(child, PartLine) and child.role == role
                for child in self._report.masthead
            )
        ]
        for child in children:
            if not isinstance(child, PartLine):
                _append_other(lines, child)
            elif child.role in present and children is self._report.masthead:
                line = first_line + present.index(child.role) * grid.pitch
                lines.append(HeadLine(role=child.role, style=f"top: {line:.3f}mm", text=child.text))
            elif any(child is name for name in self._names):
                lines += self._name(child)
            elif child.role == "document-number" and "：" not in child.text.string:
                lines.append(
                    HeadLine(
                        role=self._number_class(), style=f"top: {number:.3f}mm", text=child.text
                    )
                )
            elif child.role == "signer":
                lines += self._signer_lines(child, number)
            else:
                _append_other(lines, child)
        return tuple(lines)

    def _number_class(self) -> str:
        if self._form == "letter":
            return "document-number at-right"
        return "document-number at-left" if self._signers else "document-number"

    # 签发人 (7.2.6)

    def _signer_lines(self, line: PartLine, number: float) -> Iterator[HeadLine]:
        """Place the names of a line: two in a row, the label before the first, the last row in that of the number."""
        label, names = _signer_names(line)
        widths = [
            max((ems(name.string) for name in self._signers[column::2]), default=0.0)
            for column in (0, 1)
        ]
        rights = [1 + widths[1] + (1 if widths[1] else 0), 1.0]
        before = [name.string for name in self._signers].index(names[0].string) if names else 0
        last_row = (len(self._signers) - 1) // 2
        if label.string:
            top = number - (last_row - before // 2) * self._grid.pitch
            style = f"top: {top:.3f}mm; right: {rights[0] + widths[0]:g}em"
            yield HeadLine(role="signer-label", style=style, text=label)
        for index, name in enumerate(names, before):
            top = number - (last_row - index // 2) * self._grid.pitch
            column = index % 2
            style = f"top: {top:.3f}mm; right: {rights[column]:g}em; width: {widths[column]:g}em"
            yield HeadLine(role="signer", style=style, text=name)

    # 发文机关标志 (7.2.4)

    def _mark_place(self, top: float, ink: float) -> MarkPlace:
        lines = self._generated or [name.text.string.strip() for name in self._names]
        names = [name.removesuffix(SUFFIX) for name in lines]
        last = self._words or "".join(lines[-1:])
        return MarkPlace(
            names=[name for name in names if name],
            has_suffix=last.endswith(SUFFIX),
            top=top,
            ink=ink,
            width=self._grid.width,
        )

    def _name(self, line: PartLine) -> Iterator[HeadLine]:
        """Place a line of the mark; 文件 of several offices is at their right."""
        text, mark = line.text.strip(), self._mark
        if len(mark.names) < 2:
            yield HeadLine(role="office-mark", style=mark.whole(text.string), text=text)
            return
        length = len(text.string.removesuffix(SUFFIX))
        if length:
            style = mark.name([name is line for name in self._names].index(True))
            yield HeadLine(role="office-mark", style=style, text=text.slice(0, length))
        if length < len(text):
            yield HeadLine(role="office-mark", style=mark.suffix(), text=text.slice(length))

    def _generated_mark(self) -> Iterator[HeadLine]:
        mark = self._mark
        if len(mark.names) < 2:
            style = mark.whole(self._words)
            yield HeadLine(role="office-mark", style=style, words=self._words)
            return
        for index, name in enumerate(mark.names):
            yield HeadLine(role="office-mark", style=mark.name(index), words=name)
        if mark.has_suffix:
            yield HeadLine(role="office-mark", style=mark.suffix(), words=SUFFIX)


def _append_other(lines: list[HeadLine], child: Block | PartLine) -> None:
    """Add a line without a place of its own to those directly above it."""
    others = lines.pop().others if lines and lines[-1].others else ()
    lines.append(HeadLine(role="", style="", others=(*others, child)))


def _signer_names(line: PartLine) -> tuple[Text, list[Text]]:
    """Return the label 签发人： of a line and its names; a name may have gaps between its characters."""
    text = line.text
    match = _LABEL.match(text.string)
    start = match.end() if match else 0
    spans = [(word.start(), word.end()) for word in _NAME.finditer(text.string, start)]
    if all(end - first == 1 for first, end in spans):
        spans = [(start, len(text))] if spans else []
    bounds = [
        *(first for first, _ in spans[1:]),
        len(text),
    ]  # a mark between names stays with the first
    parts = [text.slice(first, end).strip() for (first, _), end in zip(spans, bounds, strict=True)]
    return text.slice(0, spans[0][0] if spans else len(text)), parts


def _letter_rule(top: float, position: str) -> str:
    left = 105 - LETTER_RULE_WIDTH / 2 - 28
    thick, thin = (1.0, 0.4) if position == "first" else (0.4, 1.0)
    return (
        f"top: {top:.3f}mm; left: {left}mm; width: {LETTER_RULE_WIDTH}mm; height: {DOUBLE_RULE - thick - thin:.2f}mm; "
        f"border-top: {thick}mm solid; border-bottom: {thin}mm solid"
    )
