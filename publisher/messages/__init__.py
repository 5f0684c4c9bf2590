"""Messages that can be printed in another language.

Input: an English template and its values. Output: a ``Message``, which is the English text and remembers what it was made of.

English is the language of the library, the record and the log. The command line prints messages in the language
of its user (``publisher.messages.catalogue``).
"""

from __future__ import annotations

from numbers import Number
from string import Formatter
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Message(str):
    """A text made of a template and values; it equals the English text.

    Example:
        >>> translatable("{count} pages are empty", count=3)
        '3 pages are empty'
        >>> translatable("{count} pages are empty", count=3).template
        '{count} pages are empty'

    """

    __slots__ = ("template", "values")

    template: str
    """The template for ``str.format``; the key of the catalogue."""
    values: Mapping[str, str | Number]
    """The values of the template's names."""

    def __new__(cls, template: str, values: Mapping[str, str | Number]) -> Self:
        """Make the English text."""
        created = super().__new__(cls, template.format(**values))
        created.template = template
        created.values = values
        return created

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to create the message in another process."""
        return Message, (self.template, dict(self.values))

    def __add__(self, other: str) -> Message:
        """Return both texts as one message, so that nothing of it loses its translation."""
        return join_texts("", (self, other))

    def __radd__(self, other: str) -> Message:
        """Return both texts as one message."""
        return join_texts("", (other, self))


class JoinedMessage(Message):
    """Texts with a separator between them; in another language its separator stands there."""

    __slots__ = ("separator",)

    separator: str

    def __new__(
        cls, template: str, values: Mapping[str, str | Number], separator: str = ""
    ) -> Self:
        """Make the English text."""
        created = super().__new__(cls, template, values)
        created.separator = separator
        return created

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to create the message in another process."""
        return JoinedMessage, (self.template, dict(self.values), self.separator)


def join_texts(separator: str, texts: Iterable[str]) -> JoinedMessage:
    """Return texts joined as ``str.join`` joins them; messages among them stay messages.

    Example:
        >>> join_texts(", ", [translatable("{count} pages", count=3), "A4"])
        '3 pages, A4'

    """
    parts = {f"part{number}": text for number, text in enumerate(texts)}
    return JoinedMessage(separator.join(f"{{{name}}}" for name in parts), parts, separator)


class WrittenText(str):
    """An object as a template writes it, whatever the conversion and the format that the template asks for."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the text itself."""
        return str(self)

    def __format__(self, _specification: str) -> str:
        """Return the text itself."""
        return str(self)


def translatable(template: str, /, **values: object) -> str:
    """Return a ``Message``; a message stays as it is.

    A value that is neither a text nor a number is kept as the template writes it.
    """
    if isinstance(template, Message):
        return template
    if all(isinstance(value, str | Number) for value in values.values()):
        return Message(template, values)  # type: ignore[arg-type]
    plain: dict[str, str | Number] = {}
    for _, name, specification, conversion in Formatter().parse(template):
        if name:
            value = values[name]
            is_plain = isinstance(value, str | Number)
            plain[name] = value if is_plain else _write(value, conversion, specification or "")  # type: ignore[assignment]
    return Message(template, plain)


def _write(value: object, conversion: str | None, specification: str) -> WrittenText:
    converted = repr(value) if conversion == "r" else value
    return WrittenText(format(converted, specification))
