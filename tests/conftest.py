"""What several tests need."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def _typeset(body, css="", profile="archive"):
    from publisher.model import Metadata
    from publisher.options import PROFILES
    from publisher.typeset.conformance import Declaration
    from publisher.typeset.setting import setting_for

    declaration = Declaration(
        profile=PROFILES[profile],
        metadata=Metadata(title="题目"),
        timestamp="2020-01-02T00:00:00+08:00",
        producer="p",
        creator="c",
    )
    html = f'<html lang="zh-Hans"><head><title>题目</title></head><body>{body}</body></html>'
    css = 'html { font: 12pt "Noto Serif CJK SC" } ' + css
    return setting_for("zh-Hans").engine.typeset(html, css, declaration)


@pytest.fixture(scope="session")
def typeset():
    """Set a page's body in type, outside any style."""
    return _typeset


@pytest.fixture
def shared():
    """The reference material beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
