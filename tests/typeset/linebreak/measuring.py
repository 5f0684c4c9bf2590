"""The lines of a finished file, measured from its glyphs."""

from dataclasses import dataclass

from publisher.pdf.structure_tree import MarkedContent
from publisher.typeset.linebreak.character_classes import CharacterClass, classify

MM = 72 / 25.4


@dataclass(frozen=True)
class SetLine:
    """The glyphs of a paragraph on one baseline: character, x, em, advance (points)."""

    page: int
    y: float
    glyphs: tuple[tuple[str, float, float, float], ...]
    last: bool = False

    @property
    def text(self):
        return "".join(glyph[0] for glyph in self.glyphs)

    @property
    def left(self):
        return self.glyphs[0][1]

    def right(self, *, traditional=False):
        """The right edge of the ink: half of a mark's em is blank."""
        character, x, em, advance = self.glyphs[-1]
        kind = classify(character[-1])
        blank = kind is CharacterClass.CLOSING or (
            kind is CharacterClass.PAUSE_OR_STOP and not traditional
        )
        return x + (em / 2 if blank and advance > 0.9 * em else advance)

    @property
    def full_right(self):
        """Where the last glyph's em ends."""
        return self.glyphs[-1][1] + self.glyphs[-1][3]

    @property
    def moved_right(self):
        """Where the last glyph's ink ends if it is a mark that is moved from the middle to the first half of its em."""
        return self.glyphs[-1][1] + 0.75 * self.glyphs[-1][3]

    @property
    def opened(self):
        """The mean room added between neighbouring ideographs, in em."""
        rooms = [
            (b[1] - a[1] - a[3]) / a[2]
            for a, b in zip(self.glyphs, self.glyphs[1:], strict=False)
            if classify(a[0][0]) is classify(b[0][0]) is CharacterClass.IDEOGRAPH
        ]
        return sum(rooms) / len(rooms) if rooms else 0.0

    def pairs(self):
        """Yield adjacent marks with the width that the two take up, in em."""
        marks = (CharacterClass.OPENING, CharacterClass.CLOSING, CharacterClass.PAUSE_OR_STOP)
        for a, b, after in zip(self.glyphs, self.glyphs[1:], self.glyphs[2:], strict=False):
            if classify(a[0][0]) in marks and classify(b[0][0]) in marks:
                yield a[0] + b[0], (after[1] - a[1]) / a[2]


def lines_of(pdf, element):
    """Return the lines of a structure element, in reading order."""
    lines = []
    for part in _content(element):
        for run in pdf.content.get(part, ()):
            for character, x, y, advance in zip(
                run.characters, run.xs, run.ys, run.advances, strict=True
            ):
                if not character:
                    continue
                key = (part.page, round(y, 1))
                if not lines or lines[-1][0] != key:
                    lines.append((key, []))
                lines[-1][1].append((character, x, run.size, advance))
    return [
        SetLine(page, y, tuple(glyphs), last=number == len(lines))
        for number, ((page, y), glyphs) in enumerate(lines, 1)
    ]


def _content(element):
    for child in element.children:
        if isinstance(child, MarkedContent):
            yield child
        elif hasattr(child, "children"):
            yield from _content(child)


def paragraphs(pdf):
    """Yield the lines of every paragraph that has more than one."""
    for element in pdf.structure.walk():
        if element.role in ("P", "LBody"):
            lines = lines_of(pdf, element)
            if len(lines) > 1:
                yield lines
