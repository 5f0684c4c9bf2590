"""The HTML page that a report is typeset from, its text in pieces, and the text that a style adds."""

from __future__ import annotations

from dataclasses import dataclass

BROWSER_RULES = (
    ".emphasis-dots { text-emphasis: filled dot; text-emphasis-position: under right; }\n"
)
"""Rules that only browsers need: the typesetter draws emphasis dots itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of the page's text, without white space."""

    text: str
    generated: bool
    page_of: str = ""
    """The id of the element whose page number is shown here instead of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The HTML page before typesetting."""

    html: str
    css: str
    pieces: tuple[Piece, ...]
    """Its text in reading order; ``generated`` marks what the style adds."""

    def standalone(self) -> str:
        """Return the page with its style sheet embedded, for a browser."""
        style = f"<style>\n{self.css}{BROWSER_RULES}</style>\n</head>"
        return self.html.replace("</head>", style, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Text that a style adds to the report's text, before the character ``at`` (white space not counted)."""

    at: int
    text: str
