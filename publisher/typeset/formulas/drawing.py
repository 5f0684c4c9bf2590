"""The drawing of a formula: outlines of the font STIX Two Math, and the positions of Chinese characters.

In: the normal form of a formula. Out: its extents in em, its outlines as operators of a content stream (ISO 32000-1,
8.5), and each character that is set in the font of the text around it, as that font has no Chinese characters.
ziamath makes the layout, after the MATH table of the font (OpenType 1.9). The font is drawn and not embedded; its licence,
the SIL Open Font License 1.1, allows both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from publisher.messages import translatable
from publisher.system.locked_cache import locked_cache
from publisher.text.characters import is_cjk
from publisher.text.mathml import parse_mathml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EM = 100.0
"""The size at which formulas are laid out."""
ASCENT, DESCENT = 0.86, 0.14
"""The extents of a Chinese character above and below the baseline, in em."""
_HALF_WIDTH = str.maketrans("（）［］｛｝＋－＝＜＞／％", "()[]{}+-=<>/%")
"""Full-width operators, which are drawn as those of mathematics."""
_PATH_TOKEN = re.compile(r"[A-Za-z]|-?[0-9.]+")
MAX_WORK = 3000
"""The most nodes that are laid out for a formula: ziamath lays out the content of each row twice, and rows nest."""
_ROWS = frozenset({"math", "mrow", "mtd", "msqrt", "menclose"})
_LAYOUT = Lock()
"""Held while a formula is laid out: the font's features change meanwhile."""


class FormulaDrawingError(Exception):
    """A formula that cannot be drawn; the message continues a sentence."""


@dataclass(frozen=True, slots=True)
class DrawnCharacter:
    """A character in the font of the text; lengths in em of the text."""

    character: str
    x: float
    y: float
    """Of its baseline, downwards from the baseline of the formula."""
    size: float


@dataclass(frozen=True, slots=True)
class FormulaDrawing:
    """A drawing of a formula; lengths in em."""

    width: float
    height: float
    """Above the baseline."""
    depth: float
    """Below the baseline."""
    outlines: bytes
    """Operators that fill the outlines, in em, downwards from the baseline at the left."""
    characters: tuple[DrawnCharacter, ...]


@lru_cache(maxsize=500)
def draw_formula(mathml: str) -> FormulaDrawing:
    """Return the drawing of a formula, written as MathML.

    Raise ``FormulaDrawingError`` if the font lacks a character, and ``MathMLError`` if the MathML has no normal form.
    """
    math = parse_mathml(mathml)
    math.attrib.setdefault("display", "inline")
    for token in math.iter("mo"):
        token.text = (token.text or "").translate(_HALF_WIDTH)
    if _work(math) > MAX_WORK:
        raise FormulaDrawingError("its parts are nested too deeply")
    svg = ET.Element("svg")
    with _LAYOUT:
        try:
            node = _layout(math)
            node.draw(0, 0, svg)
        except FormulaDrawingError:
            raise
        except Exception as error:  # the library has no error of its own
            raise FormulaDrawingError(
                translatable("it cannot be drawn ({name})", name=type(error).__name__)
            ) from error
    left, right = node.bbox.xmin, max(node.bbox.xmax, node.xadvance())
    shift = -min(left, 0.0)
    painter = _Painter(shift)
    for element in svg:
        painter.paint(element)
    return FormulaDrawing(
        width=(right + shift) / EM,
        height=max(node.bbox.ymax / EM, 0.0),
        depth=max(-node.bbox.ymin / EM, 0.0),
        outlines=b"\n".join(painter.operators),
        characters=tuple(painter.characters),
    )


def _work(element: ET.Element) -> int:
    """Return how many nodes are laid out for a part of a formula."""
    inner = sum(map(_work, element))
    return 1 + (2 * inner if element.tag in _ROWS else inner)


def _layout(math: ET.Element) -> Any:
    """Return the layout of a formula, a node of ziamath."""
    from ziamath.nodes import Mnode
    from ziamath.styles import parse_style

    root: Any = SimpleNamespace(
        font=_font(), size=EM, style=parse_style(math), element=math, mtag="math", nodes=[]
    )
    return Mnode.fromelement(math, parent=root)


@locked_cache
def _font() -> Any:
    """Return STIX Two Math, with Chinese characters as empty boxes of one em."""
    import ziamath
    from ziafont.fonttypes import BBox
    from ziafont.glyph import SimpleGlyph
    from ziamath.mathfont import MathFont

    class TextGlyph(SimpleGlyph):  # type: ignore[misc, unused-ignore]  # the library has no types
        """A character of the font of the text."""

        def __init__(self, character: str, font: Any) -> None:
            em = font.info.layout.unitsperem
            super().__init__(0, (), BBox(0, em, -DESCENT * em, ASCENT * em), font)
            self.text, self.em = character, em
            self.__dict__["place"] = self._text_element

        def advance(self, nextchr: Any = None) -> int:  # noqa: ARG002 - the library passes it by its name
            return int(self.em)

        def _text_element(self, x: float, y: float, point_size: float) -> ET.Element:
            position = {"x": repr(x), "y": repr(y), "size": repr(point_size)}
            element = ET.Element("text", position)
            element.text = self.text
            return element

    class TextMathFont(MathFont):  # type: ignore[misc, unused-ignore]
        """A font for mathematics without glyphs for Chinese characters."""

        def findglyph(self, char: str, variant: Any) -> Any:
            if is_cjk(char):
                return TextGlyph(char, self)
            if not self.glyphindex(char) and not char.isspace():
                raise FormulaDrawingError(
                    translatable("the font for formulas lacks “{char}”", char=char)
                )
            return super().findglyph(char, variant)

        def glyph_fromid(self, glyphid: int) -> Any:
            return _outlined(super().glyph_fromid(glyphid))

    file = Path(ziamath.__file__).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    font = TextMathFont(file, EM)
    table = font.math
    for name in ("variant", "variant_minmax"):
        setattr(table, name, _outlining(getattr(table, name)))
    return font


def _outlining(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that returns a glyph, changed so that the glyph is placed as an outline."""

    def outline(*arguments: Any, **options: Any) -> Any:
        return _outlined(function(*arguments, **options))

    return outline


def _outlined(glyph: Any) -> Any:
    """Return a glyph that is placed as an outline; by itself it is a symbol and uses of it."""

    def outline(x: float, y: float, point_size: float) -> ET.Element | None:
        scale = point_size / glyph.DFLT_SIZE_PT
        path: ET.Element | None = glyph.svgpath(x0=x, y0=y, scale_factor=scale)
        return path

    vars(glyph)["place"] = outline
    return glyph


class _Painter:
    """Collects the operators and the characters of a drawing."""

    def __init__(self, shift: float) -> None:
        self._shift = shift
        self.operators: list[bytes] = []
        self.characters: list[DrawnCharacter] = []

    def paint(self, element: ET.Element) -> None:
        """Add an element of the drawing; symbols, which glyphs refer to elsewhere, are not used."""
        if element.tag == "text":
            x, y, size = (float(element.attrib[name]) / EM for name in ("x", "y", "size"))
            character = DrawnCharacter(element.text or "", x + self._shift / EM, y, size)
            self.characters.append(character)
        elif element.tag == "rect":
            self._rectangle(element)
        elif element.tag == "path":
            path = " ".join(self._path(element.attrib["d"]))
            self.operators.append(f"{path} f".encode())
        elif element.tag == "g":
            for child in element:
                self.paint(child)
        elif element.tag != "symbol":
            raise FormulaDrawingError(translatable("it cannot be drawn ({tag})", tag=element.tag))

    def _rectangle(self, element: ET.Element) -> None:
        """Add a rule, or the frame of a box."""
        x, y, width, height = (
            float(element.get(name, 0)) for name in ("x", "y", "width", "height")
        )
        x += self._shift
        operators = _rectangle(x, y, width, height)
        if element.get("stroke"):
            line = float(element.get("stroke-width", 1))
            inner = _rectangle(x + line, y + line, width - 2 * line, height - 2 * line)
            self.operators.append(f"{operators} {inner} f*".encode())
        else:
            self.operators.append(f"{operators} f".encode())

    def _path(self, data: str) -> Iterator[str]:
        """Yield the operators of an SVG path with absolute commands."""
        tokens = iter(_PATH_TOKEN.findall(data))
        x = y = 0.0

        def point() -> tuple[float, float]:
            return float(next(tokens)) + self._shift, float(next(tokens))

        for command in tokens:
            if command in ("M", "L"):
                x, y = point()
                yield f"{_em(x)} {_em(y)} {'m' if command == 'M' else 'l'}"
            elif command == "Q":
                (cx, cy), (end_x, end_y) = point(), point()
                controls = (
                    x + (cx - x) * 2 / 3,
                    y + (cy - y) * 2 / 3,
                    end_x + (cx - end_x) * 2 / 3,
                    end_y + (cy - end_y) * 2 / 3,
                )
                x, y = end_x, end_y
                yield " ".join(map(_em, (*controls, x, y))) + " c"
            elif command == "C":
                first, second, (x, y) = point(), point(), point()
                yield " ".join(map(_em, (*first, *second, x, y))) + " c"
            elif command == "Z":
                yield "h"
            else:
                raise FormulaDrawingError(
                    translatable("it cannot be drawn (path command {command})", command=command)
                )


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"{_em(x)} {_em(y)} {_em(width)} {_em(height)} re"


def _em(length: float) -> str:
    """Return a length in em, as a content stream writes it."""
    return format(length / EM, ".5f").rstrip("0").rstrip(".") or "0"
