"""Why the lines of a page end where they do, for ``publisher explain-lines``.

In: a document that was laid out with tracing. Out: for each line its text, the reason for its end, and the candidates
around it: their fit, their demerits, and what forbids or penalises them. Everything is computed from the laid-out
lines, so that a document without tracing pays nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.typeset.linebreak.break_opportunities import FORBIDDEN
from publisher.typeset.linebreak.break_reasons import BreakReason, explain_penalties
from publisher.typeset.linebreak.hyphenation import HYPHEN_PENALTY
from publisher.typeset.linebreak.justification import EPSILON, UNDERFULL_DEMERITS
from publisher.typeset.linebreak.optimum_fit import MIN_FILL, OVERFULL_DEMERITS
from publisher.typeset.linebreak.paragraph import NO_WRAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.typeset.linebreak.line_layout import TracedLine

CONTEXT = 4
"""Positions that are explained on each side of a break."""
MAX_CONTEXT = 16
"""Positions on each side among which an allowed one is looked for, if ``CONTEXT`` has none."""
EXCERPT = 6
"""Characters that are shown on each side of a position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakCandidate:
    """A position at which a line could end."""

    offset: int
    """How many characters of the paragraph are before it."""
    before: str
    """The last characters before it."""
    after: str
    """The first characters after it."""
    slack: float
    """How much narrower the line is than its measure before justification, in em; negative if it is wider."""
    ratio: float | None
    """The share of the possible stretch, or (negative) of the possible shrink, that fills the measure.

    Above 1 the line is looser than its stretch allows; below -1 it is too wide even when fully shrunk. None if the line is not justified or has nothing that can shrink or stretch.
    """
    demerits: float | None
    """The demerits of the line, including the penalty of its end; None if it is not allowed or does not fit."""
    total_demerits: float | None
    """The demerits of the line and of the best lines after it, to the end of the paragraph."""
    is_allowed: bool
    """Whether no rule forbids a line end here."""
    is_chosen: bool
    reasons: tuple[str, ...]
    """What forbids or penalises the position, or why it was chosen or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTrace:
    """A line and the reason for its end."""

    page: int
    """The number of the page, from 1."""
    number: int
    """The number of the line on the page, from 1, in the order of the document."""
    text: str
    offset: int
    """How many characters of the paragraph are before the line."""
    reason: str
    """Why the line ends where it does."""
    candidates: tuple[BreakCandidate, ...]
    """The positions around the end, in order; empty at the end of a paragraph and at a forced line break."""


def trace_page(document: Any, page: int) -> Iterator[LineTrace]:
    """Yield the lines of a page, from 1, of a WeasyPrint document that was laid out with tracing."""
    page_box = document.pages[page - 1]._page_box  # noqa: SLF001 - WeasyPrint has no other access
    for number, traced in enumerate(_traced_lines(page_box), 1):
        yield explain_line(traced, page=page, number=number)


def _traced_lines(box: Any) -> Iterator[TracedLine]:
    box = getattr(box, "_box", box)  # an absolutely positioned box is in a placeholder
    traced = vars(box).get("traced_line")
    if traced is not None:
        yield traced
        return
    children = box.all_children() if hasattr(box, "all_children") else ()
    for child in children:
        yield from _traced_lines(child)


def explain_line(traced: TracedLine, *, page: int = 1, number: int = 1) -> LineTrace:
    """Return the explanation of one line."""
    explainer = _Explainer(traced)
    candidates = tuple(explainer.candidates())
    return LineTrace(
        page=page,
        number=number,
        text=explainer.line_text,
        offset=explainer.offset_of(traced.line.start),
        reason=explainer.reason,
        candidates=candidates,
    )


class _Explainer:
    """Compares the possible ends of one line."""

    def __init__(self, traced: TracedLine) -> None:
        self._content, self._segment, self._line, self._measure = traced
        self._breaker = self._segment.breaker
        self._sums = self._breaker.sums
        start = self._segment.start
        clusters = self._content.clusters[start : start + self._segment.size]
        self._texts = [cluster.text for cluster in clusters]
        self._offsets = list(accumulate(map(len, self._texts), initial=0))
        self._text = "".join(self._texts)
        self._text_reasons = explain_penalties(self._text)
        self._paragraph_offset = sum(
            len(cluster.text) for cluster in self._content.clusters[:start]
        )
        self._is_last = self._line.next_start >= self._segment.size
        self._chosen_total: float | None = None
        self.line_text = self._text[self._offsets[self._line.start] : self._offsets[self._line.end]]
        self.reason = self._explain_end()

    def offset_of(self, position: int) -> int:
        """Return how many characters of the paragraph are before a position of the segment."""
        return self._paragraph_offset + self._offsets[position]

    def candidates(self) -> Iterator[BreakCandidate]:
        """Yield the candidates around the chosen break; none at the end of a segment."""
        if self._is_last:
            return
        chosen = self._line.next_start
        first = self._window_edge(chosen, -1)
        last = self._window_edge(chosen, 1)
        for position in range(first, last + 1):
            yield self._candidate(position)

    def _window_edge(self, chosen: int, step: int) -> int:
        """Return the last position to be explained on one side of the chosen one."""
        edge, size = chosen, self._segment.size
        for distance in range(1, MAX_CONTEXT + 1):
            position = chosen + step * distance
            if not self._line.start < position <= size:
                break
            edge = position
            if distance >= CONTEXT and self._is_allowed(position):
                break
        return edge

    def _is_allowed(self, position: int) -> bool:
        return position == self._segment.size or self._sums.items.penalties[position] < inf

    def _slack(self, position: int) -> float:
        start = self._line.start
        width = self._measure.width_from(start)
        return float(width - self._sums.natural_width(start, position))

    def _demerits(self, position: int) -> float:
        """Return the demerits of a line to a position; infinite if it is forbidden or does not fit."""
        if not self._is_allowed(position):
            return inf
        start, slack = self._line.start, self._slack(position)
        justified = self._measure.justified
        return float(self._sums.demerits(start, position, slack, justified=justified))

    def _rest(self, position: int) -> tuple[float, str]:
        """Return the demerits of the best lines after a position, and what is worst about them."""
        size = self._segment.size
        if position == size:
            return 0.0, ""
        nodes = self._breaker.search(self._measure, position, inf)
        total, end = float(nodes.demerits[size]), size
        last_start = nodes.previous[end]
        if total >= OVERFULL_DEMERITS:
            return total, "a later line would have no allowed end that fits"
        if self._sums.has_lone_character(last_start, self._sums.line_end(size)):
            return total, "the last line would have a single character"
        if total >= UNDERFULL_DEMERITS:
            return total, "a later line could not be filled"
        return total, "the lines after it would be worse"

    def _explain_end(self) -> str:
        """Return why the line ends where it does."""
        if self._is_last:
            is_paragraph_end = self._segment is self._content.segments[-1]
            return "the paragraph ends here" if is_paragraph_end else "a forced line break is here"
        chosen = self._line.next_start
        demerits = self._demerits(chosen)
        if demerits == inf and self._measure.break_anywhere:
            return "no allowed position fits: the line is broken at the last character that fits"
        if demerits == inf:
            return "no allowed position fits: the line is overfull up to the first allowed one"
        self._chosen_total = demerits + self._rest(chosen)[0]
        fitting = [p for p in self._tried_positions() if self._demerits(p) < inf]
        if len(fitting) <= 1:
            return "it is the only allowed position that fits"
        reason = translatable(
            "it has the least total demerits of {fitting_count} allowed positions that fit",
            fitting_count=len(fitting),
        )
        first, last = self._window_edge(chosen, -1), self._window_edge(chosen, 1)
        if not all(first <= position <= last for position in fitting):
            reason = translatable("{reason} (not all are shown)", reason=reason)
        if self._chosen_total >= OVERFULL_DEMERITS:
            return translatable(
                "{reason}, though a later line has no allowed end that fits", reason=reason
            )
        return reason

    def _tried_positions(self) -> Iterator[int]:
        """Yield the allowed positions that the breaker compares, shorter lines only if none else fits."""
        start = self._line.start
        for position in self._breaker.positions:
            if position > start and (
                position == self._line.next_start or not self._is_too_short(position)
            ):
                yield position

    def _is_too_short(self, position: int) -> bool:
        x, start = self._sums.x, self._line.start
        width = x[self._sums.line_end(position)] - x[start]
        return bool(width < MIN_FILL * self._measure.width_from(start))

    def _candidate(self, position: int) -> BreakCandidate:
        start = self._line.start
        slack = self._slack(position)
        demerits = self._demerits(position)
        is_chosen = position == self._line.next_start
        total = worst_after = None
        if demerits < inf:
            rest, worst_after = self._rest(position)
            total = demerits + rest
        offset = self._offsets[position]
        if is_chosen:
            reasons: tuple[str, ...] = (self.reason, *self._penalty_texts(position))
        else:
            reasons = tuple(self._why_not(position, demerits, total, worst_after or ""))
        return BreakCandidate(
            offset=self._paragraph_offset + offset,
            before=self._text[max(self._offsets[start], offset - EXCERPT) : offset],
            after=self._text[offset : offset + EXCERPT],
            slack=slack / (self._sums.metrics[start].em or 1.0),
            ratio=self._ratio(position, slack),
            demerits=demerits if demerits < inf else None,
            total_demerits=total,
            is_allowed=self._is_allowed(position),
            is_chosen=is_chosen,
            reasons=reasons,
        )

    def _ratio(self, position: int, slack: float) -> float | None:
        start = self._line.start
        if slack < -EPSILON:
            shrink = self._sums.max_shrink(start, position)
            return float(slack / shrink) if shrink > EPSILON else None
        if not self._measure.justified or position == self._segment.size:
            return 0.0 if slack < EPSILON else None
        stretch = self._sums.stretch_limit(start, position)
        return float(max(slack, 0.0) / stretch) if stretch > EPSILON else None

    def _why_not(
        self, position: int, demerits: float, total: float | None, worst_after: str
    ) -> Iterator[str]:
        """Yield why a position was not chosen."""
        yield from self._penalty_texts(position)
        if not self._is_allowed(position):
            return
        slack = self._slack(position)
        em = self._sums.metrics[self._line.start].em or 1.0
        if demerits == inf:
            shrink = self._sums.max_shrink(self._line.start, position)
            yield translatable(
                "too wide: it exceeds the line by {value:.2f} em and can shrink by {shrink:.2f} em",
                value=-slack / em,
                shrink=shrink / em,
            )
            return
        if self._is_too_short(position):
            yield translatable(
                "shorter than {min_fill:.0%} of the line: tried only if no longer line fits",
                min_fill=MIN_FILL,
            )
            return
        if total is None or self._chosen_total is None:
            return
        chosen_demerits = self._demerits(self._line.next_start)
        if total <= self._chosen_total + EPSILON:
            yield "as good as the chosen one"
            return
        if self._is_underfull(position, slack):
            yield "the line could not be filled"
        elif demerits > chosen_demerits + EPSILON:
            yield "the line would be tighter" if slack < -EPSILON else "the line would be looser"
        if total - demerits > self._chosen_total - chosen_demerits + EPSILON:
            yield worst_after

    def _is_underfull(self, position: int, slack: float) -> bool:
        limit = self._sums.stretch_limit(self._line.start, position)
        return bool(self._measure.justified and slack > limit + EPSILON)

    def _penalty_texts(self, position: int) -> tuple[str, ...]:
        """Return the rules that forbid or penalise a position, those that decide its penalty."""
        if position == self._segment.size:
            return ()
        penalty = self._sums.items.penalties[position]
        offset = self._offsets[position]
        reasons = self._text_reasons[offset] if offset < len(self._text) else ()
        texts = tuple(_with_penalty(reason) for reason in reasons if reason.penalty == penalty)
        if penalty == 0 or texts:
            return texts
        if position in self._sums.items.hyphen_widths:
            return (_with_penalty(BreakReason(HYPHEN_PENALTY, "it needs a hyphen")),)
        cluster = self._segment.start + position
        if self._content.item_at(cluster).box.style["white_space"] in NO_WRAP:
            return ("the style forbids line ends here (white-space: nowrap)",)
        return ("a single character must not be alone before the dots of a leader",)


def _with_penalty(reason: BreakReason) -> str:
    if reason.penalty == FORBIDDEN:
        return reason.text
    return translatable("{text} (penalty {penalty:g})", text=reason.text, penalty=reason.penalty)
