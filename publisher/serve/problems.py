"""Errors as answers: a problem (RFC 9457) for programs, a short page for browsers, in the language of the client.

Input: a ``Problem``, or a ``PublisherError`` that was raised for a request. Output: a response.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from publisher.errors import (
    DiskFullError,
    FontMissingError,
    OutputError,
    PublisherError,
    SystemLibraryError,
    UsageError,
)
from publisher.messages import translatable
from publisher.messages.catalogue import ENGLISH, LANGUAGES, Catalogue, match_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

API_PREFIX = "/v1/"
LANGUAGE_COOKIE = "publisher-language"
"""The cookie with the language of the pages."""
MEDIA_TYPE = "application/problem+json"
UNPROCESSABLE = 422
_STATUSES: tuple[tuple[type[PublisherError], int], ...] = (
    (UsageError, 400),
    (DiskFullError, 507),
    (OutputError, 500),
    (FontMissingError, 500),
    (SystemLibraryError, 500),
    (PublisherError, UNPROCESSABLE),
)
"""The status of each kind of error; a source that cannot be published is 422, whatever it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong with a request, and what to do."""

    status: int
    message: str
    hint: str = ""
    where: str = ""
    error: str = ""
    """The class of the ``PublisherError``; empty for what HTTP itself has a status for."""
    exit_code: int = 0
    """The exit code that the command line has for the error; 0 if it has none."""
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_json(self, language: str = ENGLISH, instance: str = "") -> dict[str, Any]:
        """Return the members of the problem; texts are in the language."""
        translate = Catalogue(language).translate
        members: dict[str, Any] = {
            "type": f"{API_PREFIX}#{self.error}" if self.error else "about:blank",
            "title": translate(self.error or HTTPStatus(self.status).phrase),
            "status": self.status,
            "detail": translate(self.message),
            "hint": translate(self.hint),
            "where": self.where,
            "instance": instance,
        }
        if self.error:
            members |= {"error": self.error, "exit_code": self.exit_code}
        return {name: value for name, value in members.items() if value != ""}


def problem_of(error: PublisherError) -> Problem:
    """Return the problem for an error of the toolkit."""
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    return Problem(
        status=status,
        message=error.message,
        hint=error.hint,
        where="" if isinstance(error, OutputError) else error.where,  # a path of the server
        error=type(error).__name__,
        exit_code=error.exit_code,
    )


def request_language(request: Request) -> str:
    """Return the language of messages that a request asks for (``Accept-Language``); English by default."""
    wanted = request.headers.get("accept-language", "").split(",")
    return next((name for item in wanted if (name := _language(item))), ENGLISH)


def page_language(request: Request) -> str:
    """Return the language of pages: that which the person chose, Simplified Chinese by default."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _language(item: str) -> str:
    name, _, quality = item.strip().partition(";q=")
    return "" if quality.startswith("0.0") or quality == "0" else match_language(name)


def answer_problem(problem: Problem, scope: Scope, *, instance: str = "") -> Response:
    """Return the response for a problem: JSON, or a page for a browser."""
    request = Request(scope)
    language = request_language(request)
    accepts_page = "text/html" in request.headers.get("accept", "")
    headers = {"vary": "Accept, Accept-Language", **problem.headers}
    if accepts_page and not request.url.path.startswith(API_PREFIX):
        headers["vary"] = "Accept, Cookie"
        return HTMLResponse(_page(problem, page_language(request)), problem.status, headers)
    body = json.dumps(problem.to_json(language, instance), ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), problem.status, headers, MEDIA_TYPE)


def _page(problem: Problem, language: str) -> str:
    """Return a page with what happened and what to do; for a client that is not known, with a form for the token."""
    translate = Catalogue(language).translate
    text = translate(problem.message)
    if problem.where:
        text = f"{problem.where}: {text}"
    parts = [
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        '<link rel="stylesheet" href="/static/desk.css"><link rel="icon" href="/static/icon.svg">',
        f"<title>{escape(text)}</title><main><h1>{escape(text)}</h1>",
        f"<p>{escape(translate(problem.hint))}</p>" if problem.hint else "",
    ]
    if problem.status != HTTPStatus.UNAUTHORIZED:
        parts.append(f'<p><a href="/">{escape(translate(translatable("Reports")))}</a></p>')
    if problem.status == HTTPStatus.UNAUTHORIZED:
        parts.append(
            '<form method="post" action="/session"><label>'
            f"{escape(translate(translatable('Token')))} "
            '<input name="token" type="password" required></label> '
            f"<button>{escape(translate(translatable('Open')))}</button></form>"
        )
    return "".join([*parts, "</main></html>"])
