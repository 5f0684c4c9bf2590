"""The description of the API for people: a page with every operation, its fields and the errors."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from publisher.messages import translatable
from publisher.messages.catalogue import LANGUAGES
from publisher.render.page_environment import page_environment
from publisher.serve.api.openapi import error_classes
from publisher.serve.api.operations import OPERATIONS
from publisher.serve.problems import API_PREFIX, Problem, problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.serve.api.fields import Field, FieldKind


_CODE = re.compile("`([^`]+)`")
TEMPLATES = Path(__file__).with_name("templates")
KINDS: Mapping[FieldKind, str] = MappingProxyType(
    {
        "file": translatable("file"),
        "text": translatable("text"),
        "flag": translatable("true or false"),
        "number": translatable("number"),
        "list": translatable("list"),
        "table": translatable("table as JSON"),
    }
)


def write_reference(language: str, address: str) -> str:
    """Return the page in a language, for the server with an address."""
    environment = page_environment(TEMPLATES, language, trim_blocks=True)
    environment.filters["code"] = _mark_code
    return environment.get_template("reference.html.j2").render(
        languages=LANGUAGES,
        address=address.rstrip("/"),
        prefix=API_PREFIX,
        operations=OPERATIONS.values(),
        kinds=KINDS,
        default_of=_default,
        errors=[_describe_error(kind) for kind in error_classes()],
    )


def _mark_code(text: str) -> Markup:
    """Return a text with what is between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def _default(field: Field) -> str:
    """Return the default of a field as it is written in a form; empty if it has none."""
    if isinstance(field.default, bool):
        return str(field.default).lower()
    return str(field.default) if field.default not in (None, "", ()) else ""


def _describe_error(kind: Any) -> tuple[str, int, int, str]:
    """Return name, exit code, status and meaning of an error."""
    problem: Problem = problem_of(kind(""))
    return kind.__name__, kind.exit_code, problem.status, (kind.__doc__ or "").strip()
