"""The page that a report is set from, its text in pieces, and what a style adds to that text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, white space taken out."""

    text: str
    generated: bool
    page_of: str = ""
    """The id of the element whose page number layout puts here, instead of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The intermediate page."""

    html: str
    css: str
    pieces: tuple[Piece, ...]
    """Its text in reading order, the report's own told from what the style adds."""

    def standalone(self) -> str:
        """Return the page with its style inside, for a person to open."""
        return self.html.replace("</head>", f"<style>\n{self.css}</style>\n</head>", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Text that a style adds to the report's own: before its character ``at``."""

    at: int
    text: str
