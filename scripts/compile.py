"""Compile the modules listed in ``publisher/system/compiled_modules.py``, unless these sources are compiled already.

It needs a C compiler, the headers of this Python, and mypyc (``pip install "gongwen-publisher[fast]"``).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from publisher.system.compiled_modules import (  # noqa: E402 - the checkout's own
    FOLDER,
    LIBRARY,
    MODULES,
    SUFFIX,
    folder,
)

TYPES = "[mypy]\nignore_missing_imports = true\ndisable_error_code = import-untyped\n"
"""The configuration of mypy, which only translates here; types are checked elsewhere."""


def main() -> None:
    """Compile in a temporary folder, and rename the result into place."""
    target = folder()
    if target.is_dir():
        return
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as build_folder, TemporaryDirectory(dir=FOLDER) as temporary:
        compiled = shutil.copytree(_build(Path(build_folder)), Path(temporary, target.name))
        _check_imports(Path(build_folder), compiled)
        for old in FOLDER.glob(f"*{SUFFIX}"):
            shutil.rmtree(old)
        compiled.rename(target)


def _build(build_folder: Path) -> Path:
    """Return the folder of the compiled modules."""
    from mypyc.build import mypycify
    from setuptools import setup

    ignored = shutil.ignore_patterns("_compiled", "_styles", "_fonts", "__pycache__")
    shutil.copytree(ROOT / "publisher", build_folder / "publisher", ignore=ignored)
    (build_folder / "mypy.ini").write_text(TYPES, encoding="utf-8")
    os.chdir(build_folder)
    group = LIBRARY.removesuffix("__mypyc")
    sources = [f"publisher/{name}.py" for name in MODULES]
    setup(
        name=group,
        packages=[],
        ext_modules=mypycify(
            ["--config-file=mypy.ini", *sources], group_name=group, debug_level="0"
        ),
        script_args=["--quiet", "build_ext", "--build-lib", "built"],
    )
    (library,) = Path("built").glob(f"{LIBRARY}.*")
    result = Path("built", "publisher")
    library.rename(result / library.name)
    return result.absolute()


def _check_imports(build_folder: Path, compiled: Path) -> None:
    """Import each compiled module as the first one, each in a process of its own.

    Raises:
        SystemExit: A module cannot be imported. A process with these copies would end without a message.

    """
    copied = build_folder / "publisher" / FOLDER.name / compiled.name
    shutil.copytree(compiled, copied)
    for name in MODULES:
        module = f"publisher.{name.replace('/', '.')}"
        program = f"import {module}"
        status = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-c", program], cwd=build_folder, check=False
        ).returncode
        if status:
            raise SystemExit(
                f"error: the compiled {module} cannot be imported (exit code {status})\n"
                "hint: import the classes of a data class's fields outside `if TYPE_CHECKING:`"
            )


if __name__ == "__main__":
    main()
