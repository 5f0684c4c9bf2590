"""What is wrong with a form, in the words of Publisher: those of Starlette exist in English only.

Input: the text of an ``HTTPException`` that Starlette raises for a form. Output: a message and what to do.
"""

from __future__ import annotations

import re

from publisher.messages import translatable

_LIMIT = re.compile(r"(?:Maximum number of (files|fields) is|exceeded maximum size of) (\d+)")


def form_problem(detail: str) -> tuple[str, str]:
    """Return the message and the hint for what Starlette says about a form (``starlette.formparsers``)."""
    limit = _LIMIT.search(detail)
    if limit is None:
        return translatable("the form that was sent is damaged"), translatable(
            "send the form again"
        )
    kind, number = limit[1], int(limit[2])
    if kind == "files":
        return (
            translatable("the form has too many files; {number} are allowed", number=number),
            translatable("send the files in parts") if number else "",
        )
    if kind == "fields":
        return (
            translatable("the form has too many fields; {number} are allowed", number=number),
            translatable("send the form again"),
        )
    return (
        translatable("a field of the form is longer than {number} KB", number=number),
        translatable("send a long text as a file"),
    )
