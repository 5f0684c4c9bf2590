"""The roles of all series, chosen together: those that contradict the evidence least.

Each series has a cost as headings and a cost as items. A cost is a number of contradictions: 0 for what the evidence
demands, 1 for what it speaks against, more for what it excludes. The costs of the lines are means; those of the series add to
them. Series of one style want the same role, and nothing inside an item is a heading, so that the choice is repeated until
it stays.
"""

from __future__ import annotations

from math import fsum
from statistics import fmean
from typing import TYPE_CHECKING

from publisher.parse.outline.forms import Form
from publisher.parse.outline.series import is_consecutive
from publisher.text.numbering import NUMBERING_STYLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.parse.outline.forms import LineForm
    from publisher.parse.outline.series import Role, Series

FORM_COSTS: Mapping[Form, tuple[float, float]] = {
    Form.TITLE: (0.0, 0.8),
    Form.RUN_IN: (0.0, 0.8),
    Form.LONG_RUN_IN: (0.2, 0.5),
    Form.LEAD: (0.5, 0.5),
    Form.SHORT_SENTENCE: (0.6, 0.3),
    Form.STATEMENT: (0.8, 0.4),
    Form.QUESTION: (1.2, 0.3),
    Form.FIELD: (1.8, 0.1),
    Form.LIST_PART: (3.0, 0.0),
    Form.DEFINITION: (2.5, 0.0),
    Form.SENTENCE: (2.5, 0.0),
}
"""By form of a line: what it costs as a heading, and as an item."""
TEXT_BELOW = (0.0, 0.8)
"""A line with text below it: as a heading, as an item."""
NO_TEXT = (1.0, 0.0)
"""A line on which nothing follows, neither in it nor below it."""
STYLE_COSTS: Mapping[str, tuple[float, float]] = {
    "part": (0.0, 3.0),
    "chapter": (0.0, 3.0),
    "section": (0.0, 3.0),
    "stem": (0.0, 1.0),
    "formal": (0.0, 1.0),
    "roman": (0.0, 0.6),
    "comma": (0.0, 0.4),
    "article": (99.0, 0.0),
    "figure-bracket": (0.3, 0.0),
    "roman-bracket": (1.2, 0.0),
    "letter-bracket": (1.2, 0.0),
    "circle": (0.5, 0.0),
}
"""What offices use a style for."""
DECIMALS = (0.0, 1.0)
"""1.1: only headings are numbered so."""
DECIMAL_SENTENCE = (1.5, 0.0)
"""A sentence with such a number: a numbered paragraph."""
UNNUMBERED = (0.0, 99.0)
"""Lines without a number are in a series only if they are headings."""
SINGLE = (0.4, 0.0)
"""A series of one line that does not run on."""
INTRODUCED = (0.8, 0.0)
"""The line above the series ends with a colon."""
RUNS_ON = (0.8, 0.0)
"""The numbers run on over the headings between them: they count paragraphs."""
INSIDE_ITEM = (99.0, 0.0)
"""Nothing inside an item or an article is a heading."""
SAME_STYLE = 0.6
"""What it costs to differ from all other series of the style."""
MOST_ROUNDS = 6
"""The choice is repeated at most so often."""
CHAPTERS = frozenset(style.name for style in NUMBERING_STYLES if style.is_chapter)


def choose_roles(all_series: Sequence[Series], forms: Mapping[int, LineForm]) -> None:
    """Set the role of each series."""
    has_text = any(form.has_text or form.form is not Form.TITLE for form in forms.values())
    for series in all_series:
        series.costs = _evidence(series, forms, has_text=has_text)
    by_style: dict[str, list[Series]] = {}
    for series in all_series:
        by_style.setdefault(series.style, []).append(series)
        series.role = _cheaper(series.costs)
    for _ in range(MOST_ROUNDS):
        before = [series.role for series in all_series]
        headings = {
            style: sum(len(series.members) for series in group if series.role == "heading")
            for style, group in by_style.items()
        }
        lines = {
            style: sum(len(series.members) for series in group) for style, group in by_style.items()
        }
        for series in all_series:
            costs = dict(series.costs)
            others = lines[series.style] - len(series.members)
            own = len(series.members) if series.role == "heading" else 0
            if others:
                share = (headings[series.style] - own) / others
                costs["same style"] = (SAME_STYLE * (1 - share), SAME_STYLE * share)
            if series.parent and series.parent.role != "heading":
                costs["inside an item"] = INSIDE_ITEM
            series.role = _cheaper(costs)
        if [series.role for series in all_series] == before:
            break
    for series in all_series:
        if series.role == "item" and _counts_paragraphs(series, forms):
            series.role = "numbered"


def _cheaper(costs: Mapping[str, tuple[float, float]]) -> Role:
    as_heading = fsum(heading for heading, _ in costs.values())
    as_item = fsum(item for _, item in costs.values())
    return "heading" if as_heading <= as_item else "item"


def _evidence(
    series: Series, forms: Mapping[int, LineForm], *, has_text: bool
) -> dict[str, tuple[float, float]]:
    """Return what each reason adds to the costs of a series."""
    members = [forms[member.index] for member in series.members]
    if any(form.is_certain for form in members):
        return {"the markup or the contents": (0.0, 99.0)}
    if all(form.is_item for form in members):
        return {"a decision": (99.0, 0.0)}
    if all(member.number is None for member in series.members):
        return {"without a number": UNNUMBERED}
    costs = {
        "form": _mean([FORM_COSTS[form.form] for form in members]),
        "style": DECIMALS
        if series.style.startswith("decimal")
        else STYLE_COSTS.get(series.style, (0.0, 0.0)),
    }
    if series.style.startswith("decimal"):
        sentences = [
            DECIMAL_SENTENCE if form.form is Form.SHORT_SENTENCE else (0.0, 0.0) for form in members
        ]
        costs["sentences"] = _mean(sentences)
    if has_text:
        parents = {child.parent_member for child in series.children}
        costs["text"] = _mean(
            [
                _text_costs(form, is_parent=position in parents)
                for position, form in enumerate(members)
            ]
        )
    if len(members) == 1 and not series.runs_on:
        costs["a single line"] = SINGLE
    if members[0].is_introduced:
        costs["introduced"] = INTRODUCED
    if series.runs_on and series.style not in CHAPTERS:
        costs["runs on"] = RUNS_ON
    return costs


def _text_costs(form: LineForm, *, is_parent: bool) -> tuple[float, float]:
    if form.has_text or is_parent:
        return (
            TEXT_BELOW
            if form.form in (Form.TITLE, Form.SHORT_SENTENCE, Form.QUESTION)
            else (0.0, 0.0)
        )
    return NO_TEXT if form.form in (Form.TITLE, Form.SHORT_SENTENCE) else (0.0, 0.0)


def _mean(costs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return fmean(heading for heading, _ in costs), fmean(item for _, item in costs)


def _counts_paragraphs(series: Series, forms: Mapping[int, LineForm]) -> bool:
    """Return whether the numbers of a series count paragraphs: articles, or lines with text of their own between them."""
    if series.style == "article" or series.runs_on:
        return True
    return not is_consecutive(series) and any(
        forms[member.index].has_text for member in series.members[:-1]
    )


def explain(all_series: Sequence[Series]) -> str:
    """Return the choice as lines: style, numbers, role, and the costs as heading and as item with their reasons."""
    lines = []
    for series in all_series:
        numbers = ", ".join(
            member.number.number if member.number else "-" for member in series.members
        )
        reasons = "; ".join(
            f"{reason} {heading:.1f}/{item:.1f}" for reason, (heading, item) in series.costs.items()
        )
        lines.append(f"{series.style} {numbers}: {series.role} ({reasons})")
    return "\n".join(lines)
