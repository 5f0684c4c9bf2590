"""Descriptions of the errors that libraries raise for damaged files."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"IndirectObject\((\d+), (\d+), \d+\)")
"""pypdf's description of a reference, which ends with the address of the reader."""
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def describe_error(error: Exception) -> str:
    """Return the type and the first line of an error, without the addresses of objects in memory.

    The same file therefore has the same findings each time.

    Example:
        >>> describe_error(ValueError("loop at IndirectObject(10, 0, 140127923280528)"))
        'ValueError: loop at object 10 0'
    """
    text = _REFERENCE.sub(r"object \1 \2", str(error).partition("\n")[0])
    return f"{type(error).__name__}: {_ADDRESS.sub('', text)}"
