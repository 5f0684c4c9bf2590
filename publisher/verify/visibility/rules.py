"""The rules of text that cannot be seen."""

from __future__ import annotations

from publisher.model import Severity
from publisher.verify.rule import VerdictRules, VerificationRule

_LOOK = "do not trust this file; compare its pages with its text"
RULES = VerdictRules(
    profile="visible text",
    summary="the text of each page against what the page shows, rendered with and without it",
    rules=(
        VerificationRule(
            clause="covered",
            problem="Text is transparent, clipped, covered, in a layer that is off, or has the colour of its ground.",
            remedy=_LOOK,
            standard="this program: what can be read can be seen",
        ),
        VerificationRule(
            clause="beneath text",
            problem="Text is beneath other text.",
            remedy=_LOOK,
            standard="this program: what can be read can be seen",
        ),
        VerificationRule(
            clause="off the page",
            problem="Text lies outside the visible part of the page.",
            remedy=_LOOK,
            standard="ISO 32000-1, 14.11.2",
        ),
        VerificationRule(
            clause="tiny",
            problem="Text is too small to be seen.",
            remedy=_LOOK,
            standard="this program: what can be read can be seen",
        ),
        VerificationRule(
            clause="turned",
            problem="Text is mirrored or upside down.",
            remedy=_LOOK,
            standard="this program: what can be read can be seen",
        ),
        VerificationRule(
            clause="blank",
            problem="Characters have glyphs without ink.",
            remedy=_LOOK,
            standard="this program: what can be read can be seen",
        ),
        VerificationRule(
            clause="invisible",
            problem="Text is painted invisibly (rendering mode 3), as text recognition does under a scanned page.",
            remedy="if the pages are scanned, this is as it should be",
            standard="ISO 32000-1, 9.3.6",
        ),
        VerificationRule(
            clause="unjudged",
            problem="It is not judged whether the text can be seen.",
            remedy="install pypdfium2 to have pages rendered",
            standard="this program: a comparison that is left out is reported",
            severity=Severity.NOTE,
        ),
    ),
)
