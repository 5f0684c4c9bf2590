"""The templates of pages that the toolkit writes for the screen: the results of a folder, a comparison.

A style's own templates have another environment (``render``), with more checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.messages.catalogue import ENGLISH, Catalogue
from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment


def page_environment(
    folder: str | Path, language: str = ENGLISH, *, trim_blocks: bool = False
) -> Environment:
    """Return the templates of a folder: text is escaped, unknown names are errors.

    ``tr("{count} pages", count=3)`` in a template is a message in the language; ``page_language`` is its name.

    Args:
        folder: The folder of the templates: a name in ``styles``, or a path.
        language: The language of the page, of ``publisher.messages.catalogue.LANGUAGES``.
        trim_blocks: Whether the lines of statements are left out of the page.

    """
    import jinja2

    def tr(template: str, **values: object) -> str:
        return catalogue.translate(translatable(template, **values) if values else template)

    catalogue = Catalogue(language)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(styles_folder() / folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=trim_blocks,
        lstrip_blocks=trim_blocks,
    )
    environment.globals.update(tr=tr, page_language=language)
    return environment
