"""Real content and artifacts: what the structure tree reaches of the pages' text, and the rest.

Enters: the structure and the pages' glyph runs. Leaves: the real content by its marked-content
references, its text in logical order, the artifacts, and what is neither. Serves ISO 32000-1
14.7.4.2 (marked content), 14.8.2.2 (real content and artifacts) and 14.9.4 (replacement text).
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
    """Text that a screen reader passes over (14.8.2.2)."""

    page: int
    type: str
    """Pagination, Layout, Page or Background; empty where the file does not say."""
    subtype: str
    """Header, Footer, Watermark and so on; empty where the file does not say."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachableContent:
    """Text that is neither an artifact nor content of a structure element."""

    page: int
    run: GlyphRun


def index_content(pages: Sequence[Sequence[GlyphRun]]) -> Mapping[MarkedContent, list[GlyphRun]]:
    """Return the runs of every marked-content sequence that is no artifact, by page and MCID."""
    content: dict[MarkedContent, list[GlyphRun]] = {}
    for page, runs in enumerate(pages):
        for run in runs:
            key = _place(page, run.marked)
            if key is not None and run.artifact is None:
                content.setdefault(key, []).append(run)
    return content


def logical_text(
    element: Element, content: Mapping[MarkedContent, Sequence[GlyphRun]], *, replaced: bool = True
) -> str:
    """Return an element's text in logical order; nothing is put between lines or elements.

    ``content`` comes from ``index_content``. ``replaced`` honours ActualText of elements and of
    Span sequences (14.9.4); otherwise the text is that of the glyphs alone.
    """
    parts: list[str] = []
    spoken: set[MarkedSequence] = set()
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
                elif replacement not in spoken:
                    spoken.add(replacement)
                    parts.append(replacement.actual_text or "")
    return "".join(parts)


def unreachable_content(
    structure: Structure | None, pages: Sequence[Sequence[GlyphRun]]
) -> tuple[UnreachableContent, ...]:
    """Return the runs with text that no element reaches and no artifact covers, page by page."""
    reached = set(structure.content()) if structure else set[MarkedContent]()
    return tuple(
        UnreachableContent(page=page, run=run)
        for page, runs in enumerate(pages)
        for run in runs
        if run.artifact is None
        and (run.text or run.replacement)
        and _place(page, run.marked) not in reached
    )


def _place(page: int, marked: MarkedSequence | None) -> MarkedContent | None:
    """Return what an element calls a sequence; None where it cannot name any."""
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
