"""What several tests need."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from publisher.system import compiled_modules

# A change is judged alike each time and everywhere; random examples, which find more, are asked for.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("PUBLISHER_HYPOTHESIS") or "fixed")

# Tests look into the modules, so their sources run here; commands run the compiled copies, as everywhere.
compiled_modules.FOLDER = Path("nowhere")

# Messages are compared in English, whatever the locale of the machine; commands that tests start inherit it.
os.environ["PUBLISHER_LANG"] = "en"

SHARED = Path(__file__).parents[2] / "shared"


def _printing(**changed):
    from publisher.options import NO_FILE
    from publisher.pdf.geometry import MM
    from publisher.pdf.icc import load_output_profile
    from publisher.typeset.output.pdf_x import Printing

    defaults = {
        "profile": load_output_profile(NO_FILE),
        "bleed": 3 * MM,
        "marks": False,
        "named": {},
    }
    return Printing(**defaults | changed)


def _typeset(body, css="", profile="archive", **press):
    from publisher.model import Metadata
    from publisher.profiles import PROFILES
    from publisher.typeset.output.identification import Declaration
    from publisher.typeset.session import session_for

    declaration = Declaration(
        profile=PROFILES[profile],
        metadata=Metadata(title="题目"),
        timestamp="2020-01-02T00:00:00+08:00",
        producer="p",
        creator="c",
        printing=_printing(**press) if PROFILES[profile].pdf_x else None,
    )
    html = f'<html lang="zh-Hans"><head><title>题目</title></head><body>{body}</body></html>'
    css = 'html { font: 12pt "Noto Serif CJK SC" } ' + css
    return session_for("zh-Hans").engine.typeset(html, css, declaration)


@pytest.fixture(scope="session")
def typeset():
    """Set a page's body in type, outside any style."""
    return _typeset


REPORT = """# 某市人民政府2019年政府信息公开工作年度报告

## 一、概述

全市受理申请13件，办结12件，结转1件，全部按期答复。

某市人民政府

2020年1月20日
"""


@pytest.fixture(scope="session")
def small_publications(tmp_path_factory):
    """Folders with one small publication each, by profile; to be copied, not changed."""
    from publisher import Options, publish

    folder = tmp_path_factory.mktemp("small")
    source = folder / "report.md"
    source.write_text(REPORT, encoding="utf-8")
    return {
        profile: publish(source, Options(profile=profile, output=folder / profile)).pdf.parent
        for profile in ("archive", "archive-2")
    }


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """The archive publications of three reports."""
    from tests.volume.shelves import make_shelf

    return make_shelf(tmp_path_factory.mktemp("shelf") / "历年报告")


@pytest.fixture(scope="session")
def modern(tmp_path_factory):
    """The same for PDF 2.0."""
    from tests.volume.shelves import make_shelf

    return make_shelf(tmp_path_factory.mktemp("modern") / "shelf", profile="archive-2")


@pytest.fixture(scope="session")
def volume(shelf):
    """The volume of the shelf."""
    from publisher.volume.bind import bind

    return bind(shelf, shelf / "volume.pdf")


@pytest.fixture(scope="session")
def modern_volume(modern):
    """The volume of the modern shelf."""
    from publisher.volume.bind import bind

    return bind(modern, modern / "volume.pdf")


@pytest.fixture(scope="session")
def authority():
    """A root with time stamps and lists of revoked certificates, on this machine."""
    from tests.signing.authority import Authority

    with Authority() as running_authority:
        yield running_authority


@pytest.fixture
def shared():
    """The reference material beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture
def verapdf(monkeypatch):
    """The command of the reference validator."""
    command = os.environ.get("PUBLISHER_VERAPDF") or str(SHARED / "tools" / "verapdf" / "verapdf")
    if not shutil.which("javac") or not shutil.which(command):
        pytest.skip("veraPDF or its Java is not on this machine")
    monkeypatch.setenv("PUBLISHER_VERAPDF", command)
    # For a few files Java's second compiler and its collector on all cores cost more than they save.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    return command


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
