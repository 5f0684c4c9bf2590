"""Object streams read whole: pypdf's reader, with a quicker way through what is plainly written.

Enters: a PDF. Leaves: a ``PdfReader`` that gives the same objects. Serves ISO 32000-1 7.5.7 (object
streams). pypdf reads an object byte by byte, and the structure of a report is thousands of objects;
here one regular expression parts a whole stream into its tokens. It knows the plain forms only: over
anything else (an escape in a name, a comment, a key twice, an offset between objects) pypdf
reads the stream, and judges it as it always does.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    create_string_object,
    read_string_from_stream,
)

_TOKEN: Final = re.compile(
    rb"[%(blank)s]*+("
    rb"/[A-Za-z0-9_.+*:-]++(?=[%(end)s])"
    rb"|\d++ \d++ R(?=[%(end)s])"
    rb"|[+.\d-]++(?=[%(end)s])"
    rb"|<<|>>|[\[\]]"
    rb"|<[0-9A-Fa-f]*+>"
    rb"|\((?:[^()\\]++|\\[()\\nrtbf])*+\)"
    rb"|(?:true|false|null)(?=[%(end)s])"
    rb"|[\s\S])" % {b"blank": rb"\t\n\r ", b"end": rb"\t\n\r \[\]<>(/"}
)
"""A token of any kind, or one character of what is none."""
_REFERENCE: Final = re.compile(rb"(\d{1,9}) (\d{1,5}) R")
_NUMBER: Final = re.compile(rb"[+-]?(?:\d{1,15}|\d{0,9}(\.)\d{1,9})")
_INDEX: Final = re.compile(rb"(?:\d{1,9}+ \d{1,9}+[ \n])*")
_OPENING: Final = frozenset({b"<<", b"["})
_CLOSING: Final = frozenset({b">>", b"]"})
_CONSTANTS: Final = frozenset({b"true", b"false", b"null"})
_KEYS: Final = frozenset({NameObject})
MOST_ENTRIES: Final = 50_000
"""Of an array or a dictionary; pypdf says what is too many."""
DEEPEST: Final = 32
"""Arrays and dictionaries inside one another."""


class _NotPlainError(Exception):
    """Written in a way that pypdf is to judge."""


class Reader(PdfReader):
    """A reader that takes plainly written object streams apart at once."""

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> Any:
        number, _ = self.xref_objStm[indirect_reference.idnum]
        try:
            objects = self._plain(number)
            wanted = objects[indirect_reference.idnum]
        except (_NotPlainError, KeyError):
            return super()._get_object_from_stream(indirect_reference)
        for key, value in objects.items():
            if self.xref_objStm.get(key, (None, None))[0] == number:
                self.cache_indirect_object(0, key, value)
        return wanted

    def _plain(self, number: int) -> dict[int, Any]:
        """Return the objects of a stream by their numbers; raise where it is not plainly written."""
        stream: Any = None if number in self.xref_objStm else self.get_object(number)
        if not isinstance(stream, StreamObject) or stream.get("/Type") != "/ObjStm":
            raise _NotPlainError
        count, first = stream.get("/N"), stream.get("/First")
        if not isinstance(count, NumberObject) or not isinstance(first, NumberObject):
            raise _NotPlainError
        data = bytes(stream.get_data())
        index = _INDEX.fullmatch(data, 0, max(first, 0))
        places = [int(digits) for digits in index[0].split()] if index else []
        numbers, offsets = places[::2], [first + offset for offset in places[1::2]]
        cached = any((0, key) in self.resolved_objects for key in numbers)
        if cached or not len(set(numbers)) == len(offsets) == count:
            raise _NotPlainError
        known: dict[bytes, Any] = {}
        return {
            key: _object(_TOKEN.findall(data, start, end), known, self)
            for key, start, end in zip(numbers, offsets, [*offsets[1:], len(data)], strict=True)
        }


def _object(tokens: list[bytes], known: dict[bytes, Any], reader: Reader) -> Any:
    """Return the array or the dictionary that these tokens are, and they alone.

    Tokens that are ``known`` stand for one value wherever they are.
    """
    current, stack = list[Any](), list[tuple[bytes, list[Any]]]()
    whole = current
    for token in tokens:
        value = known.get(token)
        if value is not None:
            current.append(value)
        elif token in _OPENING:
            if len(stack) == DEEPEST:
                raise _NotPlainError
            stack.append((token, current))
            current = []
        elif token in _CLOSING:
            opened, outer = stack.pop() if stack else (b"", [])
            outer.append(_closed(opened + token, current))
            current = outer
        else:
            value = known[token] = _value(token, reader)
            current.append(value)
    if stack or len(whole) != 1 or not isinstance(whole[0], ArrayObject | DictionaryObject):
        raise _NotPlainError
    return whole[0]


def _value(token: bytes, reader: Reader) -> Any:
    """Return what a token stands for."""
    if number := _NUMBER.fullmatch(token):
        return FloatObject(token) if number[1] else NumberObject(token)
    if reference := _REFERENCE.fullmatch(token):
        return IndirectObject(int(reference[1]), int(reference[2]), reader)
    first, last = token[:1], token[-1:]
    if first == b"/" and len(token) > 1:
        return NameObject(token.decode("ascii"))
    if first == b"(" and last == b")":
        return (
            read_string_from_stream(BytesIO(token))
            if b"\\" in token
            else create_string_object(token[1:-1])
        )
    if first == b"<" and last == b">" and len(token) % 2 == 0:
        return create_string_object(unhexlify(token[1:-1]))
    if token in _CONSTANTS:
        return NullObject() if token == b"null" else BooleanObject(token == b"true")
    raise _NotPlainError


def _closed(brackets: bytes, items: list[Any]) -> Any:
    """Return the array or the dictionary that brackets hold."""
    if len(items) > MOST_ENTRIES:
        raise _NotPlainError
    if brackets == b"[]":
        return ArrayObject(items)
    keys = items[::2]
    entries = dict(zip(keys, items[1::2], strict=False))
    names = _KEYS.issuperset(map(type, keys))
    if brackets != b"<<>>" or not names or len(entries) * 2 != len(items):
        raise _NotPlainError
    return DictionaryObject(entries)
