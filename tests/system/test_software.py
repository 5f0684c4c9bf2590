"""The code digest is that of the files on which a publication depends."""

import subprocess
import sys

from publisher.system import software
from publisher.system.software import BUILD_PACKAGES, code_digest


def test_each_package_that_a_build_imports_is_in_the_digest():
    program = (
        "import sys, publisher.pipeline\n"
        "print(*{n.split('.')[1] for n, m in sys.modules.items() if n.startswith('publisher.') and hasattr(m, '__path__')})"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set(result.stdout.split()) <= set(BUILD_PACKAGES)


def test_another_line_of_code_is_another_digest(tmp_path, monkeypatch):
    for name in BUILD_PACKAGES:
        (tmp_path / "publisher" / name).mkdir(parents=True)
    file = tmp_path / "publisher" / "system" / "software.py"
    monkeypatch.setattr(software, "__file__", str(file))
    digests = set()
    for change in (
        lambda: file.write_text("a = 1"),
        lambda: file.write_text("a = 2"),
        lambda: (tmp_path / "publisher" / "options.py").write_text("b"),
        lambda: (file.parent / "words.tsv").write_text("b"),
    ):
        change()
        digests.add(code_digest.__wrapped__())
    assert len(digests) == 4
    (file.parent / "note.md").write_text("no code")
    (tmp_path / "publisher" / "serve").mkdir()
    (tmp_path / "publisher" / "serve" / "a.py").write_text("no part of a build")
    assert code_digest.__wrapped__() in digests
