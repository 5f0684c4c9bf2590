"""A request as a form: files and options, read by the fields of its operation.

Input: the parts of ``multipart/form-data``. Output: options as values for JSON, those that differ from their defaults only, and uploads.
A field that is unknown, missing, repeated or of the wrong kind is a ``UsageError`` with what was probably meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.serve.file_names import clean_name
from publisher.serve.option_values import changed_values, options_of, require_style
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from starlette.requests import Request

    from publisher.serve.api.fields import Field
    from publisher.serve.api.operations import Operation

FORM_TYPE = "multipart/form-data"
MAX_FILES, MAX_FIELDS, MAX_FIELD_BYTES = 8, 60, 1 << 20
"""Limits of a form; options are words, and a list of names is the longest of them."""
REPEATED_KINDS = ("list",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedForm:
    """What a request asks for."""

    options: dict[str, Any]
    uploads: dict[str, tuple[str, BinaryIO]]
    """For each field the client's name of the file, cleaned, and its content."""


async def read_form(request: Request) -> FormData:
    """Return the parts of a request; the caller closes them.

    Raises ``HTTPException`` for another media type, or a body that is no form.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != FORM_TYPE:
        raise HTTPException(415, translatable("the request is no form ({type})", type=FORM_TYPE))
    return await request.form(
        max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD_BYTES
    )


def parse_form(
    operation: Operation, form: FormData, extensions: tuple[str, ...] = ()
) -> ParsedForm:
    """Return what the parts of a form ask for, with the extensions of the server for operations on a report.

    Raises ``UsageError`` for a part that is not possible.
    """
    values: dict[str, Any] = {}
    uploads: dict[str, tuple[str, BinaryIO]] = {}
    for name, part in form.multi_items():
        field = operation.field(name)
        if field is None:
            raise _unknown_field(name, operation)
        if (field.name in values or field.name in uploads) and field.kind not in REPEATED_KINDS:
            raise UsageError(
                translatable("{name}: the field is there twice", name=field.name),
                hint="send one report with each request",
            )
        if isinstance(part, UploadFile):
            _require_kind(field, is_file=True)
            uploads[field.name] = (clean_name(part.filename or ""), part.file)
        else:
            _require_kind(field, is_file=False)
            value = field.parse(part)
            values[field.name] = (
                values.get(field.name, []) + value if field.kind == "list" else value
            )
    for field in operation.fields:
        if field.required and field.name not in values and field.name not in uploads:
            raise UsageError(
                translatable("{name}: the field is missing", name=field.name),
                hint=_example(field),
            )
    options = _changed(operation, values, extensions)
    return ParsedForm(options=options, uploads=_in_order(operation, uploads))


def _unknown_field(name: str, operation: Operation) -> UsageError:
    return UsageError(
        translatable("no field of {kind} is called {name!r}", kind=operation.kind, name=name[:80]),
        hint=suggest_name(name.replace("-", "_"), operation.names),
    )


def _require_kind(field: Field, *, is_file: bool) -> None:
    if is_file and field.kind != "file":
        raise UsageError(
            translatable("{name}: a text is required, not a file", name=field.name),
            hint=translatable("send it as -F {name}=VALUE", name=field.name),
        )
    if not is_file and field.kind == "file":
        raise UsageError(
            translatable("{name}: a file is required, not a text", name=field.name),
            hint=_example(field),
        )


def _example(field: Field) -> str:
    value = "@FILE" if field.kind == "file" else "VALUE"
    return translatable("send it as -F {name}={value}", name=field.name, value=value)


def _changed(
    operation: Operation, values: dict[str, Any], extensions: tuple[str, ...]
) -> dict[str, Any]:
    """Check the values; return those that differ from their defaults."""
    if "style" in values:
        require_style(values["style"], extensions)
    fields = [field for field in operation.fields if field.name in values]
    options = {field.name: values[field.name] for field in fields if field.is_option}
    if "encoding" in operation.names:
        options["extensions"] = extensions
    changed = changed_values(options_of(options))
    if operation.kind == "convert" and "script" not in changed:
        raise UsageError(
            "script: nothing is converted with 'keep'",
            hint="for instance zh-Hant-TW",
        )
    own = {
        field.name: values[field.name]
        for field in fields
        if not field.is_option and values[field.name] != field.default
    }
    return changed | own


def _in_order(
    operation: Operation, uploads: dict[str, tuple[str, BinaryIO]]
) -> dict[str, tuple[str, BinaryIO]]:
    """Return uploads in the order of the fields, which names a job after its first one."""
    return {name: uploads[name] for name in operation.names if name in uploads}
