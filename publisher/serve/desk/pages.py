"""The pages of the desk: templates, filled for a request in its language."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from publisher.messages.catalogue import Catalogue
from publisher.render.page_environment import page_environment
from publisher.serve.desk import labels
from publisher.serve.problems import page_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from starlette.requests import Request

    from publisher.serve.security.sessions import Session

TEMPLATES = Path(__file__).with_name("templates")
COMMAND_LINE_WORDS = ("--", "publisher ", ".toml", "docs/")
"""What shows that a hint is for the command line."""


def render_page(
    request: Request, session: Session, template: str, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """Return a page.

    Args:
        request: The request, which says the language.
        session: The session of the browser, whose token the forms show.
        template: The name of the template.
        status: The status of the answer.
        values: What the template shows.

    """

    def action(path: str, **query: str) -> str:
        return f"{path}?{urlencode({'csrf_token': session.csrf_token, **query})}"

    html = (
        _environment(page_language(request))
        .get_template(template)
        .render(
            action=action,
            csrf_token=session.csrf_token,
            path=request.url.path,
            labels=labels,
            **values,
        )
    )
    return HTMLResponse(html, status)


@cache
def _environment(language: str) -> Environment:
    environment = page_environment(TEMPLATES, language, trim_blocks=True)
    translate = Catalogue(language).translate
    rules = {name: translate(label) for name, label in labels.RULES.items() if "-" in name}
    environment.filters.update(for_page=_without_commands, with_labels=partial(_label_rules, rules))
    return environment


def _without_commands(hint: str) -> str:
    """Return a hint; nothing if it is for the command line."""
    return "" if any(word in hint for word in COMMAND_LINE_WORDS) else hint


def _label_rules(rules: Mapping[str, str], message: str) -> str:
    """Return a message that calls rules as the page calls them."""
    for name, label in rules.items():
        message = message.replace(name, label)
    return message
