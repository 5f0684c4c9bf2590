"""Texts in JSON: a message is stored with its template and its values, so that it can be translated when it is shown.

Input: values for JSON with messages among them. Output: the same with each message as ``{"template": …, "values": …}``, joined
texts also with their separator, and back as plain texts in a language. Paths of this machine are replaced by the names that the client knows.
"""

from __future__ import annotations

from numbers import Number
from typing import TYPE_CHECKING, Any

from publisher.messages import JoinedMessage, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.messages.catalogue import Catalogue

_MESSAGE_KEYS = frozenset(("template", "values"))
_SEPARATOR = "separator"


def encode_texts(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value for JSON with its messages encoded.

    Args:
        value: Texts, numbers, lists and dictionaries.
        names: What stands for each path; longer paths first.

    """
    if isinstance(value, Message):
        values = {name: encode_texts(part, names) for name, part in value.values.items()}
        message: dict[str, Any] = {"template": value.template, "values": values}
        return (
            message | {_SEPARATOR: value.separator} if isinstance(value, JoinedMessage) else message
        )
    if isinstance(value, str):
        for path, name in names.items():
            value = value.replace(path, name)
        return str(value)
    if isinstance(value, dict):
        return {name: encode_texts(part, names) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [encode_texts(part, names) for part in value]
    return value


def decode_texts(value: Any, catalogue: Catalogue) -> Any:
    """Return a value as ``encode_texts`` made it, with plain texts in the language of a catalogue."""
    if isinstance(value, dict):
        if value.keys() - {_SEPARATOR} == _MESSAGE_KEYS:
            return catalogue.translate(to_message(value))
        return {name: decode_texts(part, catalogue) for name, part in value.items()}
    if isinstance(value, list):
        return [decode_texts(part, catalogue) for part in value]
    return value


def to_message(value: Any) -> str:
    """Return an encoded text as a message, or a plain text as it is."""
    if isinstance(value, dict):
        values: dict[str, str | Number] = {
            name: part if isinstance(part, Number) else to_message(part)
            for name, part in value["values"].items()
        }
        if _SEPARATOR in value:
            return JoinedMessage(value["template"], values, value[_SEPARATOR])
        return Message(value["template"], values)
    return str(value)
