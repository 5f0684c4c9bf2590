"""JSON that says the same to every reader.

Python's reader keeps the last value of a name that occurs twice in an object; other readers keep the first one
(RFC 8259, section 4). Such a record shows one value to a person and another one to ``verify``.
"""

from __future__ import annotations

import json
from typing import Any

from publisher.messages import translatable


def decode_json(data: bytes) -> Any:
    """Return the value that JSON in UTF-8 contains.

    Raises ``ValueError`` for other data, and for an object in which a name occurs twice; ``RecursionError`` for
    values that are nested too deeply.

    >>> decode_json(b'{"pages": 2, "pages": 9}')
    Traceback (most recent call last):
    ...
    ValueError: the name “pages” occurs twice in one object
    """
    return json.loads(data.decode(), object_pairs_hook=_distinct)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise ValueError(translatable("the name “{name}” occurs twice in one object", name=name))
    return members
