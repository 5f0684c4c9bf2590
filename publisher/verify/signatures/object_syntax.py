"""Strict reading of the objects of an update (ISO 32000-1, 7.3, 7.5.7).

Input: bytes. Output: objects of pyHanko. Raises ``DisallowedModificationError`` if programs could read an object in
different ways: unusual syntax, a key twice, a wrong length of a stream.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import (
    IndirectObject,
    NumberObject,
    Reference,
    StreamObject,
    read_object,
)
from pyhanko.pdf_utils.misc import PdfError

from publisher.messages import translatable
from publisher.pdf.raw_objects import DisallowedModificationError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

SPACE = rb"[\0\t\n\f\r ]"
"""White space."""
TOKENS = (
    rb"(?:" + SPACE + rb"++|<<|>>|\[|\]"
    rb"|/[^\0\t\n\f\r ()<>\[\]{}/%]*+"
    rb"|<[0-9A-Fa-f\0\t\n\f\r ]*+>"
    rb"|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*\))*\)"
    rb"|[+-]?[0-9.]++|(?:true|false|null|R)(?![A-Za-z0-9]))*"
)
"""The tokens of objects; comments are not allowed."""
PLAIN_OBJECT = re.compile(TOKENS, re.DOTALL)
_OBJECT = re.compile(
    rb"[\r\n]{0,2}(\d+) (\d+) obj"
    + SPACE
    + rb"*+("
    + TOKENS
    + rb")(?:(?P<end>endobj)"
    + SPACE
    + rb"*+\Z|stream\r?\n)",
    re.DOTALL,
)
_STREAM_END = re.compile(rb"(?:\r\n|\r|\n)?endstream" + SPACE + rb"++endobj" + SPACE + rb"*+\Z")


class _StrictHandler:
    """What pyHanko asks whether a key that occurs twice is an error."""

    strict = True


def read_indirect_object(reader: PdfFileReader, data: bytes) -> tuple[tuple[int, int], Any]:
    """Read an indirect object that takes up all of the data.

    Returns:
        Its number and generation, and the object if it is a stream.

    """
    match = _OBJECT.match(data)
    if not match:
        raise DisallowedModificationError("there are bytes between the objects of an update")
    name = int(match[1]), int(match[2])
    require_single_keys(match[3])
    if match["end"]:
        return name, None
    stream = read_object(BytesIO(data[match.start(3) :]), Reference(*name, reader))
    length = stream.raw_get("/Length") if isinstance(stream, StreamObject) else None
    if isinstance(length, IndirectObject):
        length = reader.get_object(length.reference)
    if not isinstance(length, NumberObject) or not _STREAM_END.match(
        data, match.end() + int(length)
    ):
        raise DisallowedModificationError(
            translatable("the Length of object {name} is wrong", name=name[0])
        )
    return name, stream


def require_single_keys(text: bytes) -> None:
    """Raise if a dictionary in the text of an object has a key twice: programs take the first or the last."""
    try:
        read_object(BytesIO(text + b" "), Reference(0, 0, _StrictHandler()))
    except PdfError as error:
        message = "an object of an update has a key twice, or cannot be read"
        raise DisallowedModificationError(message) from error
