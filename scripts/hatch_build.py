"""Hatch build hook: put the compiled modules into the wheel, where ``scripts/compile.py`` has made them.

With them the wheel is for one Python and one platform; without them it is pure Python.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledModules(BuildHookInterface):
    """Adds ``publisher/_compiled`` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Include the files that were compiled for this Python from these sources."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from publisher.system import compiled_modules, startup_cache
        finally:
            sys.path.pop(0)
        root = Path(self.root)
        modules = compiled_modules.folder()
        files = [path for path in modules.rglob("*") if path.is_file()]
        if not files:
            return
        if startup_cache.path().is_file():
            files.append(startup_cache.path())
        build_data["force_include"] |= {str(path): str(path.relative_to(root)) for path in files}
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
