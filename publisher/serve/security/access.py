"""Access: the token of the server, given once in the address or by a form, then the cookie of a session.

A program sends ``Authorization: Bearer TOKEN`` with each request instead. Behind a reverse proxy that decides who may use
the server, every request has access; browsers get a session all the same, because of its CSRF token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse

from publisher.serve.problems import API_PREFIX, Problem, answer_problem
from publisher.serve.security.host_check import SAFE_METHODS
from publisher.serve.security.sessions import Session, SessionSigner, is_same

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN_PATHS = ("/healthz", "/readyz")
"""Paths that need no token."""
OPEN_PREFIX = "/static/"
SIGN_IN_PATH = "/session"
"""Where a form posts the token."""
TOKEN_PARAMETER = "token"  # noqa: S105 - a name
FORM_TYPE, MAX_FORM_BYTES = "application/x-www-form-urlencoded", 4096
"""What a browser sends from the form for the token."""
CSRF_HEADER, CSRF_PARAMETER = "x-csrf-token", "csrf_token"


class AccessControl:
    """Lets requests with the token or a session through; their session is ``scope["state"]["session"]``."""

    def __init__(self, app: ASGIApp, *, token: str, signer: SessionSigner) -> None:
        """Wrap an application; without a token a reverse proxy has decided about each request."""
        self._app = app
        self._token = token
        self._signer = signer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        path = request.url.path
        if path in OPEN_PATHS or path.startswith(OPEN_PREFIX):
            await self._app(scope, receive, send)
        elif path == SIGN_IN_PATH and request.method == "POST":
            await self._sign_in(request, send)
        elif self._has_token_in_address(request):
            await self._open_session(request, send)
        elif self._is_program(request):
            await self._app(scope, receive, send)
        elif session := self._signer.read(request.cookies.get(self._signer.cookie_name, "")):
            await self._answer_browser(request, session, send)
        elif not self._token:
            await self._answer_new_browser(request, send)
        else:
            await self._refuse(request, send)

    def _is_program(self, request: Request) -> bool:
        """Return whether a request has the token in its ``Authorization``, or needs none and comes from no browser."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        if self._token:
            return kind.lower() == "bearer" and is_same(value.strip(), self._token)
        return request.url.path.startswith(API_PREFIX) and "sec-fetch-site" not in request.headers

    def _has_token_in_address(self, request: Request) -> bool:
        value = request.query_params.get(TOKEN_PARAMETER)
        return bool(
            self._token
            and value is not None
            and request.method == "GET"
            and not request.url.path.startswith(API_PREFIX)
            and is_same(value, self._token)
        )

    async def _open_session(self, request: Request, send: Send, path: str = "") -> None:
        """Set the cookie of a new session, and send the browser to the same page without the token."""
        others = [item for item in request.query_params.multi_items() if item[0] != TOKEN_PARAMETER]
        query = f"?{urlencode(others)}" if others else ""
        target = f"/{(path or request.url.path).lstrip('/')}"  # never //another.host
        response = RedirectResponse(f"{target}{query}", status_code=303)
        response.headers["set-cookie"] = self._cookie(self._signer.create(), request)
        await response(request.scope, request.receive, send)

    async def _sign_in(self, request: Request, send: Send) -> None:
        """Open a session for a browser whose form has the token; a body that is longer than a form is not read."""
        length = request.headers.get("content-length", "")
        media_type = request.headers.get("content-type", "").partition(";")[0].strip()
        is_form = media_type == FORM_TYPE and length.isdecimal() and int(length) <= MAX_FORM_BYTES
        try:
            body = await request.body() if is_form else b""
        except ClientDisconnect:  # it left in the middle of its form, and reads no answer
            body = b""
        values = parse_qs(body.decode("latin-1"))
        value = values.get(TOKEN_PARAMETER, [""])[0]
        if self._token and is_same(value.strip(), self._token):
            await self._open_session(request, send, "/")
        else:
            await self._refuse(request, send)

    async def _answer_browser(self, request: Request, session: Session, send: Send) -> None:
        """Let a request of a session through if it shows the CSRF token or changes nothing."""
        if request.method not in SAFE_METHODS:
            shown = request.headers.get(CSRF_HEADER) or request.query_params.get(CSRF_PARAMETER, "")
            if not is_same(shown, session.csrf_token):
                problem = Problem(
                    status=403,
                    message="the request does not come from a page of this session",
                    hint="load the page again and repeat what you did",
                )
                await answer_problem(problem, request.scope)(request.scope, request.receive, send)
                return
        request.state.session = session
        await self._app(request.scope, request.receive, send)

    async def _answer_new_browser(self, request: Request, send: Send) -> None:
        """Give a browser behind a reverse proxy its session."""
        cookie = self._signer.create()
        session = self._signer.read(cookie)
        if request.method not in SAFE_METHODS or session is None:
            await self._refuse(request, send)
            return
        header = self._cookie(cookie, request)

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", header)
            await send(message)

        request.state.session = session
        await self._app(request.scope, request.receive, send_with_cookie)

    async def _refuse(self, request: Request, send: Send) -> None:
        problem = Problem(
            status=401,
            message="a token is required",
            hint="open the address that publisher serve printed, or send the token as Authorization: Bearer",
            headers={"www-authenticate": 'Bearer realm="publisher"'},
        )
        await answer_problem(problem, request.scope)(request.scope, request.receive, send)

    def _cookie(self, value: str, request: Request) -> str:
        secure = "; Secure" if request.url.scheme == "https" else ""
        return f"{self._signer.cookie_name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}"
