"""Names say what they hold: words that say nothing of it are no identifiers."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VAGUE = frozenset(
    """told tell tells one found kept keep place places made given wish saying belonging stands beside bare
    reach reaches seam seams held begun ended said asked thing things what which come goes went
    Told Given Wish Made Prepared Built Parcel Kept Shown Crew Beside Reach Stretch Seam Flow Leaf""".split()
)
SOURCES = sorted(
    path
    for folder in ("publisher", "benchmarks", "scripts")
    for path in (ROOT / folder).rglob("*.py")
    if "_compiled" not in path.parts
)


def identifiers(tree):
    """Yield the names that a module gives to functions, classes, parameters and values."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_name_is_vague(path):
    names = set(identifiers(ast.parse(path.read_text(encoding="utf-8"))))
    assert {name for name in names if name.strip("_") in VAGUE} == set()


def test_a_vague_name_is_found():
    tree = ast.parse(
        "def told(place):\n    one = place\n    for kept in one:\n        self.found = kept"
    )
    assert {name for name in identifiers(tree) if name in VAGUE} == {
        "told", "place", "one", "kept", "found"
    }  # fmt: skip
