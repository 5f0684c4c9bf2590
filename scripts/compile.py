"""Compile the composer's modules, unless the copies of these sources are there (``publisher/system/compiled_modules.py``).

It needs a C compiler, the headers of this Python, and mypyc (``pip install "gongwen-publisher[fast]"``).
"""

import os
import shutil
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
"""How mypy reads the package: that its types are right is checked elsewhere."""


def main() -> None:
    """Build in a folder of its own, and put the copies in place whole."""
    wanted = folder()
    if wanted.is_dir():
        return
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as building, TemporaryDirectory(dir=FOLDER) as waiting:
        made = shutil.copytree(_build(Path(building)), Path(waiting, wanted.name))
        for old in FOLDER.glob(f"*{SUFFIX}"):
            shutil.rmtree(old)
        made.rename(wanted)


def _build(place: Path) -> Path:
    """Return the folder of the finished copies."""
    from mypyc.build import mypycify
    from setuptools import setup

    ours = shutil.ignore_patterns("_compiled", "_styles", "_fonts", "__pycache__")
    shutil.copytree(ROOT / "publisher", place / "publisher", ignore=ours)
    (place / "mypy.ini").write_text(TYPES, encoding="utf-8")
    os.chdir(place)
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
    made = Path("built", "publisher")
    library.rename(made / library.name)
    return made.absolute()


if __name__ == "__main__":
    main()
