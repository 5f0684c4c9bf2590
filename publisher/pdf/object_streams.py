"""Faster reading of object streams: a ``PdfReader`` that tokenises a whole stream at once.

Input: a PDF. Output: a ``PdfReader`` that returns the same objects as pypdf's own. Serves ISO 32000-1 7.5.7
(object streams). pypdf reads objects byte by byte, and the structure tree of a report has thousands of objects;
here one regular expression splits a stream into tokens. Only the usual syntax is supported; for anything else
(an escape in a name, a comment, a repeated key, an offset between objects) pypdf reads the stream.
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
"""A token of any kind, or one character that is not part of one."""
_REFERENCE: Final = re.compile(rb"(\d{1,9}) (\d{1,5}) R")
_NUMBER: Final = re.compile(rb"[+-]?(?:\d{1,15}|\d{0,9}(\.)\d{1,9})")
_INDEX: Final = re.compile(rb"(?:\d{1,9}+ \d{1,9}+[ \n])*")
_OPENING: Final = frozenset({b"<<", b"["})
_CLOSING: Final = frozenset({b">>", b"]"})
_CONSTANTS: Final = frozenset({b"true", b"false", b"null"})
_KEY_TYPES: Final = frozenset({NameObject})
MAX_ENTRIES: Final = 50_000
"""Entries of an array or a dictionary; larger ones are left to pypdf and its limits."""
MAX_DEPTH: Final = 32
"""Nesting depth of arrays and dictionaries."""


class _UnusualSyntaxError(Exception):
    """The stream has unusual syntax, which pypdf reads."""


class Reader(PdfReader):
    """A reader that tokenises object streams with the usual syntax at once."""

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> Any:
        number, _ = self.xref_objStm[indirect_reference.idnum]
        try:
            objects = self._read_object_stream(number)
            requested = objects[indirect_reference.idnum]
        except (_UnusualSyntaxError, KeyError):
            return super()._get_object_from_stream(indirect_reference)
        for key, value in objects.items():
            if self.xref_objStm.get(key, (None, None))[0] == number:
                self.cache_indirect_object(0, key, value)
        return requested

    def _read_object_stream(self, number: int) -> dict[int, Any]:
        """Return the objects of a stream by their numbers; raise if its syntax is unusual."""
        stream: Any = None if number in self.xref_objStm else self.get_object(number)
        if not isinstance(stream, StreamObject) or stream.get("/Type") != "/ObjStm":
            raise _UnusualSyntaxError
        count, first = stream.get("/N"), stream.get("/First")
        if not isinstance(count, NumberObject) or not isinstance(first, NumberObject):
            raise _UnusualSyntaxError
        data = bytes(stream.get_data())
        index = _INDEX.fullmatch(data, 0, max(first, 0))
        integers = [int(digits) for digits in index[0].split()] if index else []
        numbers, offsets = integers[::2], [first + offset for offset in integers[1::2]]
        is_cached = any((0, key) in self.resolved_objects for key in numbers)
        if is_cached or not len(set(numbers)) == len(offsets) == count:
            raise _UnusualSyntaxError
        values: dict[bytes, Any] = {}
        return {
            key: _parse_object(_TOKEN.findall(data, start, end), values, self)
            for key, start, end in zip(numbers, offsets, [*offsets[1:], len(data)], strict=True)
        }


def _parse_object(tokens: list[bytes], values: dict[bytes, Any], reader: Reader) -> Any:
    """Return the array or dictionary that the tokens form.

    ``values`` caches the values of tokens; equal tokens share one immutable value.
    """
    current, stack = list[Any](), list[tuple[bytes, list[Any]]]()
    root = current
    for token in tokens:
        value = values.get(token)
        if value is not None:
            current.append(value)
        elif token in _OPENING:
            if len(stack) == MAX_DEPTH:
                raise _UnusualSyntaxError
            stack.append((token, current))
            current = []
        elif token in _CLOSING:
            opening, outer = stack.pop() if stack else (b"", [])
            outer.append(_build_container(opening + token, current))
            current = outer
        else:
            value = values[token] = _parse_token(token, reader)
            current.append(value)
    if stack or len(root) != 1 or not isinstance(root[0], ArrayObject | DictionaryObject):
        raise _UnusualSyntaxError
    return root[0]


def _parse_token(token: bytes, reader: Reader) -> Any:
    """Return the value of a token."""
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
    raise _UnusualSyntaxError


def _build_container(brackets: bytes, items: list[Any]) -> Any:
    """Return the array or dictionary with these brackets and items."""
    if len(items) > MAX_ENTRIES:
        raise _UnusualSyntaxError
    if brackets == b"[]":
        return ArrayObject(items)
    keys = items[::2]
    entries = dict(zip(keys, items[1::2], strict=False))
    all_names = _KEY_TYPES.issuperset(map(type, keys))
    if brackets != b"<<>>" or not all_names or len(entries) * 2 != len(items):
        raise _UnusualSyntaxError
    return DictionaryObject(entries)
