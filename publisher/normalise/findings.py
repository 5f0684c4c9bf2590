"""What normalising reports for a person to look at: damage, unknown characters, unpaired marks.

Input: the source, its edits, and the normalised text. Output: findings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.model import Example, FindingRule, Locator, Passage, Severity
from publisher.normalise.context import line_spans
from publisher.normalise.rules.characters import (
    CONTROL,
    GETA,
    MOST_COMBINING,
    limit_combining_marks,
    remove_invisible,
    replace_parting,
    replace_private_use,
)
from publisher.normalise.unpaired_punctuation import PAIRS, find_unpaired
from publisher.text import unicode_data
from publisher.text.removals import LINES_REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit, Finding, SourceText

KIND = "normalising finding"
REPLACEMENT_CHARACTER = "\ufffd"
_REVERSING_CONTROL = re.compile("[\u202b\u202e\u2067\u2068]")
"""The controls that reverse Chinese: the text is shown in another order than its characters have."""

DAMAGED_CHARACTERS = FindingRule(
    name="damaged-characters",
    kind=KIND,
    summary="Report characters that were lost before this program read the file.",
    reason="U+FFFD is what a program writes where it cannot decode a byte; the character is lost.",
    examples=(
        Example(before="某县政\ufffd信息", after="damaged characters in the source (U+FFFD): 1"),
    ),
    exceptions="text that was decoded without loss",
    unchanged=("某县政府信息",),
    clause="characters",
    severity=Severity.WARNING,
    message="damaged characters in the source (U+FFFD): {count}",
    hint="another program has read it in a wrong encoding; look for the original",
)
UNKNOWN_PRIVATE_USE = FindingRule(
    name="unknown-private-use",
    kind=KIND,
    summary="Report private use characters whose meaning is not known.",
    reason="Only the font in which the text was typed shows what they are.",
    examples=(Example(before="政府\ue000", after="U+E000 has no public meaning"),),
    exceptions="characters that GB 18030, HKSCS or a symbol font defines; ``private-use`` replaces them",
    unchanged=("\uf0fc已公开",),
    clause="characters",
    severity=Severity.WARNING,
    message="{character} has no public meaning{times}",
    hint=translatable(
        "{mark} is printed for it; write the character that it was in its font", mark=GETA
    ),
)
STACKED_MARKS = FindingRule(
    name="stacked-marks",
    kind=KIND,
    summary="Report letters with more combining marks than any script uses.",
    reason="The rule ``combining-marks`` has removed some of them.",
    examples=(
        Example(
            before=f"政府a{chr(0x301) * 10}",
            after=translatable(
                "a letter has more than {most_combining} combining marks",
                most_combining=MOST_COMBINING,
            ),
        ),
    ),
    exceptions=translatable(
        "letters with up to {most_combining} marks", most_combining=MOST_COMBINING
    ),
    unchanged=(f"政府a{chr(0x301)}",),
    clause="characters",
    severity=Severity.WARNING,
    message=f"a letter has more than {MOST_COMBINING} combining marks{{times}}",
    hint="the marks beyond the eighth are removed",
)
REVERSED_TEXT = FindingRule(
    name="reversed-text",
    kind=KIND,
    summary="Report controls that reverse the order in which text is shown.",
    reason="The source shows the text in another order than the PDF, which has no such control.",
    examples=(
        Example(before="公\u202e开12\u202c", after="right-to-left override reverses the text"),
    ),
    exceptions="bidirectional controls that leave Chinese in its order",
    unchanged=("公\u200e开12",),
    clause="characters",
    severity=Severity.WARNING,
    message="{character} reverses the text{times}",
    hint="the control is removed and the text printed in the order of its characters; read it",
)
PARTING_CHARACTER = FindingRule(
    name="parting-character",
    kind=KIND,
    summary="Report control characters between two figures or letters.",
    reason="The character may have been a space, a mark or a digit before a program damaged it.",
    examples=(Example(before="共12\x1f34件", after="U+001F is between two figures or letters"),),
    exceptions="characters without width",
    unchanged=("共12\u200b34件",),
    clause="characters",
    severity=Severity.WARNING,
    message="{character} is between two figures or letters{times}",
    hint="a blank is printed for it; look in the original what it was",
)
REMOVED_CONTROL = FindingRule(
    name="removed-control",
    kind=KIND,
    summary="Report control characters that are removed from between two characters.",
    reason="A program may have put it where a character was that it could not write.",
    examples=(
        Example(before="公\x01开12条", after="U+0001 was between two characters and is removed"),
    ),
    exceptions="control characters beside white space, punctuation or a tag; characters without width",
    unchanged=("公\u200b开12条", "公开12条\x1a"),
    clause="characters",
    severity=Severity.WARNING,
    message="{character} was between two characters and is removed{times}",
    hint="compare the place with the original: a character may be missing",
)
UNPAIRED_PUNCTUATION = FindingRule(
    name="unpaired-punctuation",
    kind=KIND,
    summary="Report a bracket or quotation mark without a partner in its paragraph.",
    reason="GB/T 15834: these marks come in pairs. Nobody knows where the missing one belongs.",
    examples=(Example(before="公开（含转载12条", after="（ has no partner in its paragraph"),),
    exceptions=(
        "marks that pair within their paragraph, or with the line below, as in a title of two lines; the bracket behind the "
        "number of an item, such as 1）"
    ),
    unchanged=("公开（含转载）12条", "关于实施《绿地\n条例》的决定", "1）绿地"),
    clause="GB/T 15834 paired marks",
    severity=Severity.NOTE,
    message="{mark} has no partner in its paragraph",
    hint="the source may have lost a mark there",
)
FINDING_RULES = (
    DAMAGED_CHARACTERS,
    UNKNOWN_PRIVATE_USE,
    STACKED_MARKS,
    REVERSED_TEXT,
    PARTING_CHARACTER,
    REMOVED_CONTROL,
    UNPAIRED_PUNCTUATION,
    LINES_REMOVED,
)


def find_damage(source: SourceText, edits: Iterable[Edit]) -> Iterator[Finding]:
    """Yield findings about characters, one for each kind, at its first place.

    Args:
        source: The source as it was read.
        edits: What normalising has changed in it.

    """
    damaged = source.decoded.count(REPLACEMENT_CHARACTER)
    if damaged:
        offset = source.decoded.index(REPLACEMENT_CHARACTER)
        yield DAMAGED_CHARACTERS.finding(Locator(offset=offset, length=1), count=damaged)
    locators: dict[tuple[FindingRule, str], list[Locator]] = {}
    for edit in edits:
        if edit.rule == replace_private_use.name and edit.after == GETA:
            key = (UNKNOWN_PRIVATE_USE, f"U+{ord(edit.before):04X}")
        elif edit.rule == limit_combining_marks.name:
            key = (STACKED_MARKS, "")
        elif edit.rule == replace_parting.name:
            key = (PARTING_CHARACTER, f"U+{ord(edit.before[0]):04X}")
        elif edit.rule == remove_invisible.name and (
            control := _REVERSING_CONTROL.search(edit.before)
        ):
            key = (REVERSED_TEXT, unicode_data.character_name(control[0]))
        elif (
            edit.rule == remove_invisible.name
            and (control := CONTROL.search(edit.before))
            and _is_within_words(source.decoded, edit.locator)
        ):
            key = (REMOVED_CONTROL, f"U+{ord(control[0]):04X}")
        else:
            continue
        locators.setdefault(key, []).append(edit.locator)
    for (rule, character), rule_locators in locators.items():
        times = f", {len(rule_locators)} times" if len(rule_locators) > 1 else ""
        yield rule.finding(rule_locators[0], character=character, times=times)


def _is_within_words(decoded: str, locator: Locator) -> bool:
    """Return whether letters, ideographs or digits are on both sides of a place."""
    end = locator.offset + locator.length
    sides = decoded[max(0, locator.offset - 1) : locator.offset], decoded[end : end + 1]
    return all(side.isalnum() for side in sides)


def find_unpaired_punctuation(source: SourceText) -> Iterator[Finding]:
    """Yield a finding for each bracket or quotation mark without a partner in its line, or in the line below it."""
    for in_passage, segments in groupby(
        source.segments, key=lambda segment: isinstance(segment, Passage)
    ):
        texts = replace(source, segments=tuple(segments)).texts()
        unpaired = [
            [(text, start + offset, mark) for offset, mark in find_unpaired(line)]
            for text in texts
            for start, _, line in line_spans(text.string)
        ]
        for upper, lower in pairwise(unpaired) if in_passage else ():
            if upper and lower and PAIRS.get(upper[-1][2]) == lower[0][2]:
                del upper[-1], lower[0]
        for text, offset, mark in chain.from_iterable(unpaired):
            locator = text.slice(offset, offset + 1).locator
            yield UNPAIRED_PUNCTUATION.finding(locator, mark=mark)
