"""Reading of the pages of a file for preflight; what is damaged of a page is a problem of this page.

Input: the page tree from pypdf. Output: a ``PreflightPage`` for each page object. Serves ISO 32000-1, 7.7.3 (page
tree, inherited entries) and 14.11.2 (page boundaries). Nothing is raised for a damaged page: it is judged as far as
it can be read, as viewers show it, and the others are judged like any other.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from publisher.messages import translatable
from publisher.pdf.document import INHERITABLE_KEYS, read_rectangle
from publisher.pdf.library_errors import describe_error
from publisher.pdf.syntax import content_streams, object_number, painted_data, resolve
from publisher.verify.preflight.document import PreflightPage
from publisher.verify.preflight.page_interpreter import PageInterpreter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.geometry import Rectangle
    from publisher.verify.preflight.colour_spaces import ColourSpaces

PAGE_BOXES: Final = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
LETTER: Final = (0.0, 0.0, 612.0, 792.0)
"""The MediaBox that viewers use for a page without one."""
MAX_PAGES: Final = 100_000
"""Page objects that are read of one file."""


def read_page_tree(catalogue: Any) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the page objects with their inherited entries, and what is damaged of the page tree.

    Each page has the key ``/Self`` with the page itself. What is no page, or was met before, is left out.
    """
    pages: list[dict[str, Any]] = []
    problems: list[str] = []
    pending: list[tuple[Any, dict[str, Any]]] = [(catalogue.get("/Pages"), {})]
    visited: set[int] = set()
    while pending and len(pages) < MAX_PAGES:
        reference, inherited = pending.pop()
        number = object_number(reference)
        name = f"object {number}" if number else "a node"
        try:
            node = resolve(reference)
            if not isinstance(node, dict):
                problems.append(
                    translatable(
                        "{name} of the page tree is neither a page nor a list of pages", name=name
                    )
                )
                continue
            key = number or id(node)
            if key in visited:
                problems.append(
                    translatable("{name} is in the page tree twice, or inside itself", name=name)
                )
                continue
            visited.add(key)
            own: Any = node
            inherited = inherited | {k: own.raw_get(k) for k in INHERITABLE_KEYS if k in own}
            kids = resolve(own["/Kids"]) if "/Kids" in own else None
        except Exception as error:  # noqa: BLE001 - pypdf raises anything for a damaged object
            problems.append(
                translatable(
                    "{name} of the page tree cannot be read: {error}",
                    name=name,
                    error=describe_error(error),
                )
            )
            continue
        if isinstance(kids, list):
            pending.extend((kid, inherited) for kid in reversed(kids))
        elif "/Kids" in own:
            problems.append(
                translatable("{name} of the page tree has Kids that are no list", name=name)
            )
        else:
            pages.append(inherited | {"/Self": own})
    return pages, tuple(problems)


def read_page(
    entries: dict[str, Any], number: int, fonts: dict[object, Font], colour_spaces: ColourSpaces
) -> PreflightPage:
    """Read a page and what it paints; what is damaged of it is listed in the page."""
    page = entries["/Self"]
    problems: list[str] = []

    def attempt(read: Callable[[], Any], default: Any, subject: str) -> Any:
        try:
            return read()
        except Exception as error:  # noqa: BLE001 - a damaged object raises anything
            problems.append(
                translatable(
                    "{subject} cannot be read: {error}",
                    subject=subject,
                    error=describe_error(error),
                )
            )
            return default

    unit = attempt(lambda: _positive(page.get("/UserUnit", 1)), 1.0, "its UserUnit")
    resources = attempt(lambda: resolve(entries.get("/Resources")), None, "its Resources")
    if resources is not None and not isinstance(resources, dict):
        problems.append("its Resources are not a dictionary")
    resources = resources if isinstance(resources, dict) else {}
    boxes = {
        name: _scale(box, unit)
        for name in PAGE_BOXES
        if (box := attempt(lambda: _box(entries, page, name), None, f"its {name}"))  # noqa: B023 - called at once
    }
    if "MediaBox" not in boxes:
        if not any("MediaBox" in problem for problem in problems):
            problems.append("it has no MediaBox")
        boxes["MediaBox"] = _scale(LETTER, unit)
    page_fonts = attempt(lambda: tuple(_fonts(resources)), (), "its fonts")
    interpreter, fault = PageInterpreter(fonts, colour_spaces, boxes["MediaBox"]), ""
    try:
        data = b"\n".join(map(painted_data, content_streams(page)))
        interpreter.begin((unit, 0, 0, unit, 0, 0))
        interpreter.interpret(data, resources)
        interpreter.interpret_type3_glyphs(resources)
    except Exception as error:  # noqa: BLE001 - a finding, so that the other pages are verified
        fault = describe_error(error)
    page_group = attempt(
        lambda: _blend_space(page, resources, colour_spaces), frozenset(), "its transparency group"
    )
    annotations = attempt(lambda: list(_annotations(page, problems)), [], "its annotations")
    return PreflightPage(
        number=number,
        boxes=boxes,
        painted_objects=tuple(interpreter.painted_objects),
        annotations=tuple((kind, _scale(box, unit)) for kind, box in annotations),
        groups=frozenset(interpreter.groups) | page_group,
        forbidden=frozenset(interpreter.forbidden),
        fonts=page_fonts,
        shown_fonts=tuple(
            (_font_name(font.dictionary), font.dictionary)
            for font in interpreter.shown_fonts.values()
        ),
        unjudged=tuple(interpreter.unjudged),
        failures=interpreter.failures,
        first_failure=interpreter.first_failure,
        fault=fault,
        problems=tuple(problems),
    )


def _positive(raw: Any) -> float:
    number = float(resolve(raw))
    if not (isfinite(number) and number > 0):
        raise ValueError(number)
    return number


def _box(entries: dict[str, Any], page: Any, name: str) -> Rectangle | None:
    """Return a page boundary; None if the page has none of this name."""
    raw = entries.get(f"/{name}", page.get(f"/{name}"))
    if resolve(raw) is None:
        return None
    box = read_rectangle(raw)
    if not all(map(isfinite, box)):
        raise ValueError(box)
    return box


def _blend_space(page: Any, resources: Any, colour_spaces: ColourSpaces) -> frozenset[str]:
    """Return the colour space in which the page as a group is blended, if it says so."""
    group = resolve(page.get("/Group")) or {}
    if "/CS" not in group:
        return frozenset()
    return frozenset({colour_spaces.read(group["/CS"], resources).name})


def _scale(box: Rectangle, unit: float) -> Rectangle:
    """Return a rectangle in points, for a page with another unit (UserUnit)."""
    left, bottom, right, top = (side * unit for side in box)
    return left, bottom, right, top


def _annotations(page: Any, problems: list[str]) -> Iterator[tuple[str, Rectangle]]:
    """Yield subtype and rectangle of each annotation; a damaged one is a problem."""
    for reference in resolve(page.get("/Annots")) or ():
        try:
            annotation = resolve(reference)
            if annotation is None:
                continue
            rectangle = annotation.get("/Rect")
            box = (0.0, 0.0, 0.0, 0.0) if rectangle is None else read_rectangle(rectangle)
            subtype = str(annotation.get("/Subtype", "")).lstrip("/")
        except Exception as error:  # noqa: BLE001 - a damaged object raises anything
            problems.append(
                translatable("an annotation cannot be read: {error}", error=describe_error(error))
            )
            continue
        yield subtype, box


def _fonts(resources: Any) -> Iterator[tuple[str, Any]]:
    """Yield BaseFont and dictionary of the fonts in resources, including those of forms and patterns."""
    pending, visited = [resources], set[int]()
    while pending:
        current = pending.pop()
        for raw in (resolve(current.get("/Font")) or {}).values():
            font = resolve(raw)
            if isinstance(font, dict):
                yield _font_name(font), font
        for category in ("/XObject", "/Pattern"):
            for raw in (resolve(current.get(category)) or {}).values():
                holder: Any = resolve(raw)
                nested = resolve(holder.get("/Resources")) if isinstance(holder, dict) else None
                if isinstance(nested, dict) and id(nested) not in visited:
                    visited.add(id(nested))
                    pending.append(nested)


def _font_name(font: Any) -> str:
    return str(font.get("/BaseFont", "without a name")).lstrip("/")
