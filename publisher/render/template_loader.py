"""The loader of templates: those of a style's folders, and only from ordinary files of bounded length."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader
from jinja2.loaders import split_template_path

from publisher.system.ordinary_file import SETTINGS_LIMIT, require_ordinary_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment


class OrdinaryFileLoader(FileSystemLoader):
    """Jinja's loader from folders, without pipes, devices and files that are too long."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its path, and whether it is still as it was read.

        Raises ``OSError`` for what is no ordinary file, ``TemplateNotFound`` for a name that no folder has.
        """
        pieces = split_template_path(template)
        for folder in self.searchpath:
            path = Path(folder, *pieces)
            if os.path.lexists(path):
                require_ordinary_file(path, SETTINGS_LIMIT)
                break
        return super().get_source(environment, template)
