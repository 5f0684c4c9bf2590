"""The reasons for break penalties, in words, for ``publisher explain-lines``.

In: the text of a paragraph. Out: for each position the rules that forbid or penalise a line end there. It applies the
rules of ``break_opportunities`` again, and is not used while a document is laid out.
"""

from __future__ import annotations

from typing import NamedTuple

from publisher.messages import translatable
from publisher.typeset.linebreak.break_opportunities import (
    AFTER_RANGE_DASH,
    AFTER_TSHEG,
    DATE,
    FORBIDDEN,
    LATIN_UNIT,
    LATIN_WORD,
    NUMBER_GROUP,
    RANGE_PENALTY,
    RULES,
    STANDARD,
    UNIT,
    WORD_CLASSES,
    BreakRule,
    is_address,
    word_breaks,
)
from publisher.typeset.linebreak.character_classes import (
    NO_LINE_END,
    NO_LINE_START,
    CharacterClass,
    classify,
)


class BreakReason(NamedTuple):
    """Why a line end at a position has a penalty."""

    penalty: float
    """The penalty; infinite where the line end is forbidden."""
    text: str
    """The rule, in words."""


_CLASS_NAMES = {
    CharacterClass.OPENING: "an opening mark",
    CharacterClass.CLOSING: "a closing mark",
    CharacterClass.PAUSE_OR_STOP: "a pause or stop mark",
    CharacterClass.INTERPUNCT: "a connecting mark",
    CharacterClass.NON_STARTER: "an iteration mark or a small kana",
    CharacterClass.SOLIDUS: "a separator",
    CharacterClass.DASH: "a dash",
    CharacterClass.ELLIPSIS: "an ellipsis",
    CharacterClass.NARROW_OPENING: "an opening mark",
    CharacterClass.NARROW_CLOSING: "a closing mark",
    CharacterClass.PREFIX: "a sign before a figure",
    CharacterClass.POSTFIX: "a sign after a figure",
    CharacterClass.NON_BREAKING: "a non-breaking character",
}


_UNIT_TEMPLATE = "the unit in “{matched}” stays whole unless the line would be very loose"
_TEMPLATES = {
    DATE: "the date “{matched}” should stay whole",
    UNIT: _UNIT_TEMPLATE,
    LATIN_UNIT: _UNIT_TEMPLATE,
    STANDARD: "the code of a standard stays with its number: “{matched}”",
}
"""What the match of a rule keeps together, for rules of which all matches are alike."""


def explain_penalties(text: str) -> list[tuple[BreakReason, ...]]:
    """Return the reasons for the penalty before each character, empty where there is none.

    The largest penalty of the reasons is that of ``break_opportunities.penalties``. The first position has no reason:
    it is not between two characters.
    """
    reasons: list[list[BreakReason]] = [
        _pair_reasons(text[position - 1], text[position]) if position else []
        for position in range(len(text))
    ]
    if not {classify(character) for character in text}.isdisjoint(WORD_CLASSES):
        _add_words(text, reasons)
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            reason = BreakReason(rule.penalty, _describe(rule, text, match.start(), match.end()))
            for position in range(match.start() + 1, match.end()):
                reasons[position].append(reason)
    for dash in AFTER_RANGE_DASH.finditer(text):
        words = "it is after the dash of a range, where a line ends only if it could not be filled"
        reasons[dash.start()] = [BreakReason(RANGE_PENALTY, words)]
    return [tuple(dict.fromkeys(at_position)) for at_position in reasons]


def _pair_reasons(before: str, after: str) -> list[BreakReason]:
    """Return why a line must not end between two characters, by their classes."""
    left, right = classify(before), classify(after)
    texts = []
    if right in NO_LINE_START:
        texts.append(
            translatable(
                "{quote} ({class_names}) must not begin a line (CLREQ 3.1.7)",
                quote=_quote(after),
                class_names=_CLASS_NAMES[right],
            )
        )
    if left in NO_LINE_END:
        texts.append(
            translatable(
                "{quote} ({class_names}) must not end a line (CLREQ 3.1.7)",
                quote=_quote(before),
                class_names=_CLASS_NAMES[left],
            )
        )
    if right is CharacterClass.SPACE:
        texts.append("a space must not begin a line")
    if left is CharacterClass.INFIX and right in WORD_CLASSES:
        texts.append(
            translatable("{quote} stays with the character after it", quote=_quote(before))
        )
    if right is CharacterClass.INFIX and left is not CharacterClass.SPACE:
        texts.append(
            translatable("{quote} stays with the character before it", quote=_quote(after))
        )
    return [BreakReason(FORBIDDEN, text) for text in texts]


def _quote(character: str) -> str:
    """Return a character in quotation marks other than itself: “，”, 「“」."""
    return f"「{character}」" if character in "“”" else f"“{character}”"


def _add_words(text: str, reasons: list[list[BreakReason]]) -> None:
    """Replace the reasons inside Latin words: the rules for words override those for pairs."""
    for match in LATIN_WORD.finditer(text):
        start, end = match.span()
        is_long = is_address(start, end)
        template = (
            "the address “{match}” stays whole"
            if is_long
            else "the figure “{match}” stays whole"
            if match[0].isdigit()
            else "the word “{match}” stays whole"
        )
        inside = BreakReason(FORBIDDEN, translatable(template, match=match[0]))
        for position in range(start + 1, end):
            reasons[position] = [inside]
        template = (
            "it is after a mark of the address “{match}”"
            if is_long
            else "it is after the hyphen of “{match}”"
        )
        for position, penalty in word_breaks(text, start, end):
            reason = BreakReason(penalty, translatable(template, match=match[0]))
            reasons[position] = [reason]
    for opportunity in AFTER_TSHEG.finditer(text):
        reasons[opportunity.start()] = []


def _describe(rule: BreakRule, text: str, start: int, end: int) -> str:
    """Return what a match keeps together, with the digits before it that belong to the same figure."""
    while (
        text[start] in "0123456789０１２３４５６７８９.,．"
        and start
        and text[start - 1] in ("0123456789０１２３４５６７８９.,．")
    ):
        start -= 1
    matched = text[start:end]
    if rule in _TEMPLATES:
        return translatable(_TEMPLATES[rule], matched=matched)
    if rule is NUMBER_GROUP:
        if matched[0] in "〔［[(（":
            return translatable(
                "the number in brackets in “{matched}” stays whole", matched=matched
            )
        if matched[0] == "第":
            return translatable("the ordinal “{matched}” stays whole", matched=matched)
        if not matched[-1].isdigit():
            return translatable("a figure stays with its unit: “{matched}”", matched=matched)
    return translatable("the figure “{matched}” stays whole", matched=matched)
