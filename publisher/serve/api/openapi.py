"""The description of the API for programs (OpenAPI 3.1), made from the operations and their fields."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, get_args

from publisher._version import __version__
from publisher.errors import PublisherError
from publisher.messages.catalogue import Catalogue
from publisher.serve.api.form import FORM_TYPE
from publisher.serve.api.operations import OPERATIONS
from publisher.serve.jobs.records import IDENTIFIER_LENGTH, State
from publisher.serve.problems import API_PREFIX, MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.serve.api.fields import Field
    from publisher.serve.api.operations import Operation

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_JOB = {"$ref": "#/components/schemas/Job"}
_TEXT = {"type": "string"}
_STATUSES_OF_OPERATIONS = (400, 401, 413, 415, 422, 429, 503)
_JOB_PARAMETER = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": f"^[0-9a-f]{{{IDENTIFIER_LENGTH}}}$"},
}


def describe_api(language: str) -> dict[str, Any]:
    """Return the description, with its texts in a language."""
    translate = Catalogue(language).translate
    paths: dict[str, Any] = {
        f"{API_PREFIX}{kind}": {"post": _describe_operation(operation, translate)}
        for kind, operation in OPERATIONS.items()
    }
    job = f"{API_PREFIX}jobs/{{id}}"
    paths[job] = {
        "parameters": [_JOB_PARAMETER],
        "get": {
            "operationId": "getJob",
            "responses": {"200": _content("application/json", _JOB), **_problems(401, 404)},
        },
        "delete": {
            "operationId": "deleteJob",
            "responses": {"204": {"description": "No Content"}, **_problems(401, 404, 409)},
        },
    }
    paths[f"{job}/events"] = {
        "parameters": [_JOB_PARAMETER],
        "get": {
            "operationId": "followJob",
            "responses": {"200": _content("text/event-stream", _TEXT), **_problems(401, 404)},
        },
    }
    paths[f"{job}/result"] = {
        "parameters": [
            _JOB_PARAMETER,
            {"name": "file", "in": "query", "required": False, "schema": _TEXT},
        ],
        "get": {
            "operationId": "getResult",
            "responses": {"200": _content("*/*", {}), **_problems(401, 404, 409, 422)},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Publisher", "version": __version__, "license": _LICENCE},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _describe_problem(), "Job": _describe_job()},
        },
    }


_LICENCE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}


def _describe_operation(operation: Operation, translate: Any) -> dict[str, Any]:
    required = [field.name for field in operation.fields if field.required]
    form = {
        "type": "object",
        "properties": {field.name: _describe_field(field, translate) for field in operation.fields},
        "required": required,
        "additionalProperties": False,
    }
    return {
        "operationId": operation.kind,
        "summary": translate(operation.summary),
        "parameters": [
            {
                "name": "Prefer",
                "in": "header",
                "required": False,
                "schema": _TEXT,
                "examples": {"async": {"value": "respond-async"}, "wait": {"value": "wait=20"}},
            }
        ],
        "requestBody": {"required": True, "content": {FORM_TYPE: {"schema": form}}},
        "responses": {
            "200": {
                "description": translate(operation.result),
                "content": {name: {} for name in operation.media_types},
            },
            "202": _content("application/json", _JOB),
            **_problems(*_STATUSES_OF_OPERATIONS),
        },
    }


def _describe_field(field: Field, translate: Any) -> dict[str, Any]:
    described: dict[str, Any] = {"description": translate(field.help)}
    values = {"type": "string", "enum": list(field.choices)} if field.choices else _TEXT
    if field.kind == "file":
        described |= {"type": "string", "contentMediaType": "application/octet-stream"}
    elif field.kind == "flag":
        described["type"] = "boolean"
    elif field.kind == "number":
        described["type"] = "number"
    elif field.kind == "list":
        described |= {"type": "array", "items": values}
    elif field.kind == "table":
        lists = {"type": "array", "items": _TEXT}
        described |= {"type": "object", "additionalProperties": lists}
    else:
        described |= values
    if field.default not in (None, "", ()) and field.kind != "table":
        described["default"] = field.default
    return described


def _content(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "OK", "content": {media_type: {"schema": schema}}}


def _problems(*statuses: int) -> dict[str, Any]:
    return {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
        }
        for status in statuses
    }


def _describe_problem() -> dict[str, Any]:
    errors = {error.__name__: error.exit_code for error in error_classes()}
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "hint": _TEXT,
            "where": _TEXT,
            "instance": {"type": "string", "format": "uri-reference"},
            "error": {"type": "string", "enum": list(errors)},
            "exit_code": {"type": "integer", "enum": sorted(set(errors.values()))},
        },
        "required": ["type", "title", "status", "detail"],
    }


def _describe_job() -> dict[str, Any]:
    time = {"type": "string", "format": "date-time"}
    result = {
        "type": "object",
        "properties": {
            "name": _TEXT,
            "type": _TEXT,
            "size": {"type": "integer"},
            "sha256": _TEXT,
        },
    }
    return {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "kind": {"type": "string", "enum": list(OPERATIONS)},
            "state": {"type": "string", "enum": list(get_args(State))},
            "source": _TEXT,
            "options": {"type": "object"},
            "accepted": time,
            "started": time,
            "finished": time,
            "expires": time,
            "links": {"type": "object", "additionalProperties": _TEXT},
            "summary": {"type": "object"},
            "findings": {"type": "array", "items": {"type": "object"}},
            "results": {"type": "array", "items": result},
            "problem": _PROBLEM,
        },
        "required": ["id", "kind", "state", "source", "options", "accepted", "links"],
    }


def error_classes() -> Iterator[type[PublisherError]]:
    """Yield the classes of errors in the order of their exit codes."""
    classes = [PublisherError]
    for kind in classes:
        classes += kind.__subclasses__()
    own = [kind for kind in classes if kind.__module__ == "publisher.errors"]
    yield from sorted(own, key=lambda kind: kind.exit_code)
