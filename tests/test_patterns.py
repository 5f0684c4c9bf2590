"""Patterns mean on every Python what they say: none rests on what Python gets wrong before 3.11.5.

There an iteration of a possessive group that fails after it went on (behind a repeat, a branch or a look around)
does not go back to where it began, and what follows is matched from there (gh-106052).
"""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Mapping
from re import _constants as codes
from re import _parser as parser

import publisher

REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
LOOKS = (codes.ASSERT, codes.ASSERT_NOT)
PLAIN = (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY, codes.CATEGORY)


def inside(op, value):
    """Yield the sequences inside an item."""
    if op in REPEATS:
        yield value[2]
    elif op is codes.BRANCH:
        yield from value[1]
    elif op is codes.SUBPATTERN:
        yield value[3]
    elif op in LOOKS:
        yield value[1]
    elif op is codes.ATOMIC_GROUP:
        yield value


def goes_back(sequence):
    """Tell whether a failing sequence leaves the place alone, at which it is tried."""
    has_plain = moved = False
    for op, value in sequence:
        never_fails = op in REPEATS and value[0] == 0 and all(part[0] in PLAIN for part in value[2])
        if moved and not never_fails:
            return False
        if op in PLAIN:
            has_plain = True
            continue
        if op is codes.AT:
            continue
        if has_plain and not never_fails:
            return False
        if op is codes.BRANCH and not all(map(goes_back, value[1])):
            return False
        if op is codes.SUBPATTERN and not goes_back(value[3]):
            return False
        has_plain = moved = True
    return True


def wrong(sequence):
    """Yield the bodies of possessive groups that may not go back."""
    for op, value in sequence:
        if op is codes.POSSESSIVE_REPEAT and not goes_back(value[2]):
            yield value[2]
        for part in inside(op, value):
            yield from wrong(part)


def patterns():
    for module in pkgutil.walk_packages(publisher.__path__, "publisher."):
        if module.name == "publisher.__main__":
            continue
        try:
            names = vars(importlib.import_module(module.name))
        except ImportError:  # of an extra that is not here
            continue
        for name, value in names.items():
            for pattern in patterns_in(value):
                yield module.name, name, pattern


def patterns_in(value, depth=3):
    """Yield the patterns that a value is, or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from patterns_in(part, depth - 1)
    elif depth and isinstance(value, Mapping):
        yield from patterns_in((*value, *value.values()), depth)
    elif depth and dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from patterns_in(
            [getattr(value, part.name) for part in dataclasses.fields(value)], depth
        )


def test_no_possessive_group_has_to_go_back():
    wrong_names = {
        (module, name)
        for module, name, pattern in patterns()
        if any(wrong(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)))
    }
    assert not wrong_names


def test_the_rule_tells_which_do():
    for pattern in ("(?:ab?c)?+", "(?:a(?:bx|cy)d)*+", "(?:a(?=b)c)?+", r"(?:\d++ ++)*+"):
        assert any(wrong(parser.parse(pattern))), pattern
    for pattern in ("(?:a[bc])*+", r"(?:[ ]++|%[^\n]*+)*+", r"(?:\\.[^x]*+)*+", "a++b?+"):
        assert not any(wrong(parser.parse(pattern))), pattern
