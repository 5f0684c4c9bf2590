"""Real content and artifacts of the pages, and their relation to the structure tree.

Input: the structure tree and the glyph runs of the pages. Output: the real content by its marked-content
references, its text in logical order, the artifacts, and the text that is neither. Serves ISO 32000-1 14.7.4.2
(marked content), 14.8.2.2 (real content and artifacts) and 14.9.4 (replacement text).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.pdf.structure_tree import Element, MarkedContent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.pdf.glyph_run import GlyphRun, MarkedSequence
    from publisher.pdf.structure_tree import ObjectReference, Structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """Text that is not part of the author's content, such as a page number (14.8.2.2)."""

    page: int
    type: str
    """Pagination, Layout, Page or Background; empty if the file has none."""
    subtype: str
    """Header, Footer, Watermark and so on; empty if the file has none."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachableContent:
    """Text that is neither an artifact nor content of a structure element."""

    page: int
    run: GlyphRun


def index_content(pages: Sequence[Sequence[GlyphRun]]) -> Mapping[MarkedContent, list[GlyphRun]]:
    """Return the runs of each marked-content sequence that is real content, by page and MCID."""
    content: dict[MarkedContent, list[GlyphRun]] = {}
    for page, runs in enumerate(pages):
        for run in runs:
            key = _reference(page, run.marked)
            if key is not None and run.artifact is None:
                content.setdefault(key, []).append(run)
    return content


def logical_text(
    element: Element, content: Mapping[MarkedContent, Sequence[GlyphRun]], *, replaced: bool = True
) -> str:
    """Return the text of an element in logical order, without separators between lines or elements.

    Args:
        element: The structure element.
        content: The real content, from ``index_content``.
        replaced: Whether ActualText of elements and of Span sequences replaces the text of the glyphs
            (14.9.4).

    """
    parts: list[str] = []
    used_replacements: set[MarkedSequence] = set()
    pending: list[Element | MarkedContent | ObjectReference] = [element]
    while pending:
        node = pending.pop()
        if isinstance(node, Element):
            if replaced and node.actual_text is not None:
                parts.append(node.actual_text)
            else:
                pending.extend(reversed(node.children))
        elif isinstance(node, MarkedContent):
            for run in content.get(node, ()):
                replacement = run.replacement if replaced else None
                if replacement is None:
                    parts.append(run.text)
                elif replacement not in used_replacements:
                    used_replacements.add(replacement)
                    parts.append(replacement.actual_text or "")
    return "".join(parts)


def unreachable_content(
    structure: Structure | None, pages: Sequence[Sequence[GlyphRun]]
) -> tuple[UnreachableContent, ...]:
    """Return the runs with text that are neither in an artifact nor in an element, page by page."""
    reached = set(structure.content()) if structure else set[MarkedContent]()
    return tuple(
        UnreachableContent(page=page, run=run)
        for page, runs in enumerate(pages)
        for run in runs
        if run.artifact is None
        and (run.text or run.replacement)
        and _reference(page, run.marked) not in reached
    )


def _reference(page: int, marked: MarkedSequence | None) -> MarkedContent | None:
    """Return the reference by which an element would name a sequence; None without an MCID."""
    return None if marked is None else MarkedContent(page, marked.mcid or 0, marked.stream)


def artifacts(pages: Sequence[Sequence[GlyphRun]]) -> tuple[Artifact, ...]:
    """Return the artifacts that have text, each once, in painting order."""
    texts: dict[tuple[int, MarkedSequence], list[str]] = {}
    for page, runs in enumerate(pages):
        for run in runs:
            if run.artifact is not None:
                texts.setdefault((page, run.artifact), []).append(run.text)
    return tuple(
        Artifact(page=page, type=artifact.type, subtype=artifact.subtype, text="".join(parts))
        for (page, artifact), parts in texts.items()
    )
