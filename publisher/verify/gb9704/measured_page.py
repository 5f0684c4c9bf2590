"""The lines of text and the rules of a page, measured (for GB/T 9704-2012).

Input: the bytes of a PDF. Output: for each page its rows of characters and its horizontal rules. Lengths are in millimetres from
the upper left corner of the page. Places and sizes of characters come from the content of the page; ink, colours and rules are
measured on a picture of it, so that it does not matter how they are painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import PublisherError, SourceUnreadableError
from publisher.messages import translatable
from publisher.pdf.content_stream import glyph_runs
from publisher.pdf.font_names import without_subset_prefix
from publisher.pdf.open_file import open_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.pdf.glyph_run import GlyphRun

MM_PER_POINT: Final = 25.4 / 72
PIXELS_PER_MM: Final = 12
EM_TOP, EM_BOTTOM = 0.88, -0.12
"""The frame of a Chinese character above and below its baseline, in em."""
SAME_BASELINE = 0.6
"""Millimetres within which characters are in one row."""
SEGMENT_GAP = 1.2
"""Em between two characters from which on they are in different parts of a row."""
RULE_INK = 0.55
"""The darkness of a row of pixels, from 0 to 1, from which on it is a rule."""
RULE_LENGTH = 150.0
"""Millimetres of the shortest rule that is measured: a little less than the type area."""
MOST_PAGES = 400
"""Pages that are measured at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A character of a page."""

    character: str
    x: float
    """Its origin."""
    baseline: float
    em: float
    """The height of its em."""
    right: float
    """The end of its advance."""
    font: str
    is_red: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Characters of one row without a wide gap between them."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """The frame of the first character; a bracket or a digit has its origin there, too."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """The end of the frame of the last character."""
        return self.glyphs[-1].right

    @property
    def em(self) -> float:
        """The em of most of its characters."""
        sizes = sorted(glyph.em for glyph in self.glyphs)
        return sizes[len(sizes) // 2]

    @property
    def top(self) -> float:
        """The upper edge of the frames of its characters."""
        return self.glyphs[0].baseline - EM_TOP * self.em

    @property
    def bottom(self) -> float:
        """The lower edge of the frames of its characters."""
        return self.glyphs[0].baseline - EM_BOTTOM * self.em

    @property
    def width(self) -> float:
        """From the left to the right edge."""
        return self.right - self.left

    @property
    def centre(self) -> float:
        """Half way from the left to the right edge."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """Half way from the upper to the lower edge."""
        return (self.top + self.bottom) / 2

    @property
    def fonts(self) -> frozenset[str]:
        """The names of the fonts of its Chinese characters, or of all if it has none."""
        han = frozenset(glyph.font for glyph in self.glyphs if "一" <= glyph.character <= "鿿")
        return han or frozenset(glyph.font for glyph in self.glyphs)

    def slice(self, start: int, end: int | None = None) -> Segment:
        """Return its characters from ``start`` to ``end``."""
        return Segment(glyphs=self.glyphs[start:end])

    @property
    def is_red(self) -> bool:
        """Whether its first character is red."""
        return self.glyphs[0].is_red


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The parts of a row, from left to right."""

    segments: tuple[Segment, ...]

    @property
    def whole(self) -> Segment:
        """The row as one segment."""
        return Segment(glyphs=tuple(g for segment in self.segments for g in segment.glyphs))

    @property
    def text(self) -> str:
        """Its characters."""
        return self.whole.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A horizontal rule."""

    top: float
    bottom: float
    left: float
    right: float
    is_red: bool

    @property
    def height(self) -> float:
        """Its thickness."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """Its length."""
        return self.right - self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredPage:
    """A page with its rows, from top to bottom, and its rules."""

    number: int
    """From 1."""
    width: float
    height: float
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    red_ink: tuple[tuple[float, float, float, float], ...] = ()
    """Left, top, right, bottom of the ink of red characters, one for each red row from top to bottom."""


def measure_pages(data: bytes) -> tuple[MeasuredPage, ...]:
    """Return the pages of a PDF.

    Raises:
        SourceUnreadableError: PDFium or the content of a page cannot be read.
        UnsupportedFormatError: The file is not a PDF.
    """
    import pypdfium2

    reader = open_file(data, strict=False)
    fonts: dict[object, Any] = {}
    pages = []
    try:
        pictures = pypdfium2.PdfDocument(data)
        for number, (page, picture) in enumerate(zip(reader.pages, pictures, strict=False), 1):
            if number > MOST_PAGES:
                break
            runs = glyph_runs(page.get("/Contents"), page.get("/Resources"), fonts=fonts)
            pages.append(_measure(number, page, runs, picture))
        pictures.close()
    except PublisherError:
        raise
    except Exception as error:  # a damaged file raises anything
        raise SourceUnreadableError(
            translatable("cannot be measured: {name}", name=type(error).__name__),
            hint="save it again with another program",
        ) from error
    return tuple(pages)


def _measure(number: int, page: Any, runs: Sequence[GlyphRun], picture: Any) -> MeasuredPage:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    image = (
        picture.render(scale=PIXELS_PER_MM * MM_PER_POINT, optimize_mode=None)
        .to_pil()
        .convert("RGB")
    )
    red = _red_mask(image)
    glyphs = sorted(_glyphs(runs, left, top, red), key=lambda glyph: glyph.baseline)
    rows = tuple(_rows(glyphs))
    return MeasuredPage(
        number=number,
        width=round((right - left) * MM_PER_POINT, 2),
        height=round((top - bottom) * MM_PER_POINT, 2),
        rows=rows,
        rules=tuple(_rules(image)),
        red_ink=tuple(_ink(red, row.whole) for row in rows if row.whole.is_red),
    )


def _glyphs(runs: Sequence[GlyphRun], left: float, top: float, red: Any) -> Iterator[Glyph]:
    for run in runs:
        font = without_subset_prefix(run.font.lstrip("/"))
        em = abs(run.size) * MM_PER_POINT
        for character, x, y, advance in zip(
            run.characters, run.xs, run.ys, run.advances, strict=True
        ):
            if not character.strip():
                continue
            start, baseline = (x - left) * MM_PER_POINT, (top - y) * MM_PER_POINT
            end = start + advance * MM_PER_POINT
            frame = (start, baseline - EM_TOP * em, end, baseline - EM_BOTTOM * em)
            yield Glyph(
                character=character,
                x=start,
                baseline=baseline,
                em=em,
                right=end,
                font=font,
                is_red=red is not None and _share(red, frame) > RED_SHARE,
            )


RED_SHARE = 0.03
"""The share of the frame of a character that is red if the character is."""


def _pixels(frame: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(edge * PIXELS_PER_MM) for edge in frame)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _red_mask(image: Any) -> Any:
    """Return a mask of the red pixels of a picture; ``None`` if it has none."""
    from PIL import ImageChops

    red, green, blue = image.split()
    least = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    mask = least.point([255 if value > 70 else 0 for value in range(256)])
    return mask if mask.getbbox() else None


def _share(mask: Any, frame: tuple[float, float, float, float]) -> float:
    area = mask.crop(_pixels(frame))
    width, height = int(area.width), int(area.height)
    inked: int = area.histogram()[255]
    return inked / max(1, width * height)


def _ink(mask: Any, segment: Segment) -> tuple[float, float, float, float]:
    """Return the edges of the red ink of a row."""
    margin = 0.05 * segment.em
    left, top = segment.left - margin, segment.top - margin
    area = mask.crop(_pixels((left, top, segment.right + margin, segment.bottom + margin)))
    box = area.getbbox() or (0, 0, 0, 0)
    across, down = _pixels((left, top, left, top))[:2]
    edges = (box[0] + across, box[1] + down, box[2] + across, box[3] + down)
    return tuple(edge / PIXELS_PER_MM for edge in edges)  # type: ignore[return-value]  # four edges


def _is_red(red: int, green: int, blue: int) -> bool:
    return red > 150 and max(green, blue) < 90


def _rows(glyphs: Sequence[Glyph]) -> Iterator[Row]:
    """Yield the rows of characters that are sorted by their baselines."""
    start = 0
    for index in range(1, len(glyphs) + 1):
        if (
            index < len(glyphs)
            and glyphs[index].baseline - glyphs[index - 1].baseline < SAME_BASELINE
        ):
            continue
        row = sorted(glyphs[start:index], key=lambda glyph: glyph.x)
        start = index
        parts: list[list[Glyph]] = [[]]
        for glyph in row:
            before = parts[-1]
            far = before and glyph.x - before[-1].right > SEGMENT_GAP * glyph.em
            if far and not glyph.is_red:
                parts.append([])
            parts[-1].append(glyph)
        yield Row(segments=tuple(Segment(glyphs=tuple(part)) for part in parts))


def _rules(picture: Any) -> Iterator[Rule]:
    """Yield the rules of a page that are at least as long as the type area is wide, from its picture."""
    from PIL import Image, ImageChops

    red, green, blue = picture.split()
    darkness = ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))
    width, height = darkness.size
    middle = darkness.crop((width // 4, 0, 3 * width // 4, height))
    means = list(middle.resize((1, height), Image.Resampling.BOX).tobytes())
    runs = [y for y, mean in enumerate(means) if mean / 255 > RULE_INK]
    groups: list[list[int]] = []
    for y in runs:
        if groups and y - groups[-1][-1] == 1:
            groups[-1].append(y)
        else:
            groups.append([y])
    for group in groups:
        first, last = group[0], group[-1]
        line = darkness.crop((0, first, width, last + 1)).resize((width, 1), Image.Resampling.BOX)
        inked = [x for x, value in enumerate(line.tobytes()) if value > 100]
        if not inked or (inked[-1] - inked[0] + 1) / PIXELS_PER_MM < RULE_LENGTH:
            continue
        around = means[max(first - 1, 0) : last + 2]
        strongest = max(around)
        thickness = sum(around) / strongest / PIXELS_PER_MM
        above = means[first - 1] / strongest if first else 0.0
        top = (first - above) / PIXELS_PER_MM
        pixel = picture.getpixel(((inked[0] + inked[-1]) // 2, (first + last) // 2))
        yield Rule(
            top=top,
            bottom=top + thickness,
            left=inked[0] / PIXELS_PER_MM,
            right=(inked[-1] + 1) / PIXELS_PER_MM,
            is_red=isinstance(pixel, tuple) and _is_red(*pixel[:3]),
        )
