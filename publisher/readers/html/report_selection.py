"""Selects the lines, tables and pictures of a page that are the report; the others are boilerplate.

Input is the page's flow. Output is, for each item, a reason to leave it out, or none. The core is the
smallest element that contains nearly all prose and figures. Inside it, everything is the report
except elements whose name says boilerplate. Outside it, whatever may belong to a report is kept:
its title, prose, tables of figures, a signature. A report on an unusual page thus loses nothing, but
may have some words too many. Everything that is left out is recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.readers.html.flow_items import Line, Picture, Table
from publisher.readers.html.named_parts import is_content, is_interface, named_parts
from publisher.readers.html.report_candidates import (
    ATTACHMENT,
    FIGURES,
    FOOTER_TEXT,
    NUMBERED_HEADING,
    PROSE,
    ancestors,
    ends_report,
    make_candidate,
)
from publisher.reference.web_labels import ELEMENT_BY_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.readers.html.flow_items import FlowItem
    from publisher.readers.html.named_parts import NamedPart
    from publisher.readers.html.report_candidates import Candidate
    from publisher.readers.html.tree import Element

CORE_SHARE = 0.85
"""The core contains at least this share of the page's prose and figures."""
MIN_PROSE_LENGTH = 20
"""A sentence of fewer characters that is not near the core belongs to the site."""
SHORTEST_WORDS = 4
"""Characters outside of links that a sentence with links has at least, its mark included."""
MIN_TITLE_LENGTH, MAX_TITLE_LENGTH = 4, 80
"""Characters of the shortest and the longest title."""
_WEB_LABELS = "|".join(sorted(map(re.escape, ELEMENT_BY_LABEL), key=len, reverse=True))
_LABELLED_VALUE = re.compile(f"^[\\[【（(]?(?:{_WEB_LABELS})[：:]")
_TITLE_ENDING = re.compile(
    "(?:报告|年报|总结|情况|说明|公报|通报|報告|年報|總結|情況|公報)(?:[（(].{1,20}[）)])?$"
)
_OF_THE_SITE = "of the web site, not of the report"


@dataclass(frozen=True, slots=True)
class Selection:
    """An item of the page's flow, and the reason to leave it out; empty if it is the report."""

    item: FlowItem
    reason: str
    is_title: bool = False
    """Whether it is the report's title, found outside the core."""


def select_report(
    items: Sequence[FlowItem], root: Element, source: str, title: str
) -> list[Selection]:
    """Return the items of a page, each with the reason to leave it out, or none.

    Args:
        items: The page's flow.
        root: The root of the page's tree.
        source: The decoded source of the page.
        title: The title in the page's head; empty for none.

    """
    if not items:
        return []
    boilerplate_cache: dict[Element, bool] = {}
    candidates = [make_candidate(item, source, boilerplate_cache) for item in items]
    core = _widen_core(_find_core(root, candidates), candidates)
    in_core = [core in candidate.containers for candidate in candidates]
    first = in_core.index(True)
    last = len(in_core) - 1 - in_core[::-1].index(True)
    title_index = _find_title(candidates, title, first, in_core)
    edge_links = _find_edge_links(candidates, first, last)
    core_containers = frozenset(ancestors(core))
    parts = named_parts(candidates, core)
    page_facts = _facts_above_title(candidates, max(title_index, first))
    selections = []
    for index, candidate in enumerate(candidates):
        if index == title_index:
            reason = ""
        elif in_core[index]:
            in_other_column = index < title_index and _is_in_other_column(
                candidate, candidates[title_index]
            )
            reason = edge_links.get(index, "") or _reason_in_core(
                candidate, parts[index], in_other_column=in_other_column
            )
        else:
            reason = _reason_outside_core(
                candidate,
                before_core=index < first,
                near_core=_is_near_core(candidate, core_containers),
            )
            if index == title_index + 1 and index < first and _continues_title(candidate):
                reason = ""
        if index in page_facts and not reason:
            reason = translatable("a fact about the page {label}", label=_OF_THE_SITE)
        is_title = index == title_index and not in_core[index]
        selections.append(Selection(candidate.item, reason, is_title))
    for index in _lines_between(candidates, selections, last, core_containers):
        selections[index] = Selection(candidates[index].item, "")
    if all(selection.reason for selection in selections):  # the page is a list of links
        for index in edge_links:
            selections[index] = Selection(candidates[index].item, "")
    return selections


def _lines_between(
    candidates: Sequence[Candidate],
    selections: Sequence[Selection],
    last: int,
    core_containers: frozenset[Element],
) -> Iterator[int]:
    """Yield the indexes of lines left out near the core, between its end and more prose or figures of the report."""
    near = [
        index
        for index in range(last + 1, len(candidates))
        if _is_near_core(candidates[index], core_containers)
    ]
    content = [
        index for index in near if not selections[index].reason and is_content(candidates[index])
    ]
    for index in near:
        candidate = candidates[index]
        is_between = bool(content) and index < content[-1]
        if is_between and not candidate.is_boilerplate and not is_interface(candidate):
            yield index


def _facts_above_title(candidates: Sequence[Candidate], end: int) -> frozenset[int]:
    """Return the lines above the title in rows of a layout table that say nothing but facts about the page.

    A row has a label and no value, or one that describes neither the title, the office nor the date: 主题词：.
    """
    rows: dict[Element, list[int]] = {}
    for index, candidate in enumerate(candidates[:end]):
        row = _row_of(candidate)
        if row is not None and isinstance(candidate.item, Line):
            rows.setdefault(row, []).append(index)
    facts: set[int] = set()
    for indexes in rows.values():
        label = _LABELLED_VALUE.match(candidates[indexes[0]].text)
        if label and label.end() == len(label.string) and len(indexes) <= 2:
            described = ELEMENT_BY_LABEL[label[0].strip("[【（(：:")]
            if len(indexes) == 1 or described in ("", "subject"):
                facts.update(indexes)
    return frozenset(facts)


def _row_of(candidate: Candidate) -> Element | None:
    """Return the row of a layout table that a line is in."""
    return next((element for element in candidate.containers if element.name == "tr"), None)


def _continues_title(candidate: Candidate) -> bool:
    """Return whether a line below the title and above the core is a second line of the title."""
    return (
        isinstance(candidate.item, Line)
        and not candidate.is_boilerplate
        and not _LABELLED_VALUE.match(candidate.text)
        and len(candidate.text) <= MAX_TITLE_LENGTH
    )


def _find_core(root: Element, candidates: Sequence[Candidate]) -> Element:
    """Return the smallest element with at least ``CORE_SHARE`` of the weight of all candidates."""
    weights: dict[Element, int] = {}
    for candidate in candidates:
        for element in candidate.containers:
            weights[element] = weights.get(element, 0) + candidate.weight
    # An element that is an item itself is no core, because its neighbours belong to it.
    item_elements = {candidate.item.element for candidate in candidates}
    threshold = CORE_SHARE * max(weights[root], 1)
    core = root
    while inner := next(
        (child for child in core.child_elements() if weights.get(child, 0) >= threshold), None
    ):
        if inner in item_elements:
            break
        core = inner
    return core


def _widen_core(core: Element, candidates: Sequence[Candidate]) -> Element:
    """Return the largest element around the core that adds no boilerplate to it."""
    outside = [candidate for candidate in candidates if core not in candidate.containers]
    for container in [element for element in ancestors(core.parent) if element.is_container]:
        added = [candidate for candidate in outside if container in candidate.containers]
        if any(candidate.is_boilerplate for candidate in added):
            break
        core = container
        outside = [candidate for candidate in outside if core not in candidate.containers]
    return core


def _is_near_core(candidate: Candidate, core_containers: frozenset[Element]) -> bool:
    """Return whether an element around it and the core is not the whole page."""
    common = next(element for element in candidate.containers if element in core_containers)
    return common.name not in ("#root", "html", "body", "form")


def _find_title(
    candidates: Sequence[Candidate], title: str, first: int, in_core: list[bool]
) -> int:
    """Return the index of the report's title, or -1 if there is none.

    The title is at the start of the core or above it. A line with the title of the page's head is
    preferred to one that only reads like a title.

    Args:
        candidates: The items of the page.
        title: The title in the page's head.
        first: The index of the first candidate in the core.
        in_core: For each candidate, whether it is in the core.

    """
    head_title = "".join(title.split())
    title_index = -1
    indexes: list[int] = [*range(first, min(first + 6, len(candidates))), *range(first - 1, -1, -1)]
    for index in indexes:
        candidate = candidates[index]
        text = candidate.text
        if (
            not isinstance(candidate.item, Line)
            or not MIN_TITLE_LENGTH <= len(text) <= MAX_TITLE_LENGTH
        ):
            continue
        if PROSE.search(text) or NUMBERED_HEADING.match(text):
            continue
        if head_title and (text == head_title or (len(text) >= 8 and text in head_title)):
            return index
        if title_index < 0 and candidate.is_page_heading:
            title_index = index
        may_be_title = in_core[index] or not candidate.linked
        if title_index < 0 and may_be_title and _TITLE_ENDING.search(text):
            title_index = index
    return title_index if title_index >= 0 else _heading_above_facts(candidates, first)


def _heading_above_facts(candidates: Sequence[Candidate], first: int) -> int:
    """Return the index of a heading of the markup that has only facts about the page between it and the core; else -1.

    Its class may have any name, such as ``title-top``.
    """
    for index in range(first - 1, -1, -1):
        candidate = candidates[index]
        item = candidate.item
        if isinstance(item, Line) and item.heading and not candidate.linked:
            is_title = MIN_TITLE_LENGTH <= len(candidate.text) <= MAX_TITLE_LENGTH
            return index if is_title and index < first - 1 else -1
        if isinstance(item, Table) or (
            isinstance(item, Line) and not _LABELLED_VALUE.match(candidate.text)
        ):
            return -1
    return -1


def _find_edge_links(candidates: Sequence[Candidate], first: int, last: int) -> dict[int, str]:
    """Return a reason for each line of links before or after all other text of the core."""
    reasons = {}
    for indexes in (range(first, last + 1), range(last, first - 1, -1)):
        for index in indexes:
            candidate = candidates[index]
            is_content = (
                not candidate.linked or ATTACHMENT.match(candidate.text) or _is_sentence(candidate)
            )
            if len(candidate.text) > 1 and is_content:
                break
            if candidate.linked and not candidate.links_to_file:
                reasons[index] = f"a link {_OF_THE_SITE}"
    return reasons


def _is_sentence(candidate: Candidate) -> bool:
    """Return whether a line is a sentence that names what it links to, with words of its own."""
    item = candidate.item
    return (
        isinstance(item, Line)
        and bool(PROSE.search(candidate.text[-1:]))
        and len(candidate.text) - item.linked_characters >= SHORTEST_WORDS
    )


def _is_in_other_column(candidate: Candidate, title: Candidate) -> bool:
    """Return whether it is in a cell of a layout table that does not contain the title."""
    cell = next((element for element in candidate.containers if element.name in ("td", "th")), None)
    return cell is not None and cell not in title.containers


def _reason_in_core(candidate: Candidate, part: NamedPart | None, *, in_other_column: bool) -> str:
    """Return the reason to leave out a candidate inside the core; empty for none."""
    if in_other_column and isinstance(candidate.item, Line) and not PROSE.search(candidate.text):
        return f"a column {_OF_THE_SITE}"
    if part is None or isinstance(candidate.item, Picture) or part.may_have(candidate):
        return ""
    return translatable("a part of the page whose name says it is {label}", label=_OF_THE_SITE)


def _reason_outside_core(candidate: Candidate, *, before_core: bool, near_core: bool) -> str:
    """Return the reason to leave out a candidate outside the core; empty for none."""
    text = candidate.text
    if before_core and candidate.is_page_heading:
        return ""
    if isinstance(candidate.item, Picture):
        return f"a picture {_OF_THE_SITE}"
    if FOOTER_TEXT.search(text):
        return translatable("the foot of the page {label}", label=_OF_THE_SITE)
    if isinstance(candidate.item, Line) and _LABELLED_VALUE.match(text):
        return (
            "" if before_core else translatable("a fact about the page {label}", label=_OF_THE_SITE)
        )
    reason = translatable("words {label}", label=_OF_THE_SITE)
    if candidate.in_boilerplate:
        reason = translatable(
            "a part of the page whose name says it is {label}", label=_OF_THE_SITE
        )
    elif candidate.linked:
        is_annex = candidate.links_to_file and ATTACHMENT.match(text)
        reason = "" if is_annex else translatable("links {label}", label=_OF_THE_SITE)
    elif _may_be_of_report(candidate, before_core=before_core, near_core=near_core):
        reason = ""
    return reason


def _may_be_of_report(candidate: Candidate, *, before_core: bool, near_core: bool) -> bool:
    """Return whether it is prose, a table of figures, or the end of a report after the core."""
    text = candidate.text
    if isinstance(candidate.item, Table):
        return len(FIGURES.findall(text)) > 3
    if PROSE.search(text) and (near_core or len(text) >= MIN_PROSE_LENGTH):
        return True
    return not before_core and ends_report(text)
