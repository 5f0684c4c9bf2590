"""The templates of pages that the toolkit writes for the screen: the results of a folder, a comparison.

A style's own templates have another environment (``render``), with more checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from jinja2 import Environment


def page_environment(folder: str, *, trim_blocks: bool = False) -> Environment:
    """Return the templates of a folder of ``styles``: text is escaped, unknown names are errors.

    ``trim_blocks`` leaves the lines of statements out of the page.
    """
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(styles_folder() / folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=trim_blocks,
        lstrip_blocks=trim_blocks,
    )
