import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.system import resources

PACKAGE = Path(resources.__file__).parents[1]


def test_a_checkout_has_its_resources_beside_the_package():
    assert resources.styles_folder() == PACKAGE.parent / "styles"
    assert resources.fonts_folder() == PACKAGE.parent / "fonts"
    assert (resources.fonts_folder() / "catalogue.toml").is_file()


def test_a_wheel_has_its_resources_inside_the_package(tmp_path):
    installed = tmp_path / "publisher"
    (installed / "system").mkdir(parents=True)
    for folder in (installed, installed / "system"):
        (folder / "__init__.py").touch()
    shutil.copy(PACKAGE / "system" / "resources.py", installed / "system")
    for name in ("_styles", "_fonts"):
        (installed / name).mkdir()
    program = (
        "from publisher.system import resources; "
        "print(resources.styles_folder()); print(resources.fonts_folder())"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert shown.stdout.split() == [str(installed / "_styles"), str(installed / "_fonts")]


def test_named_font_folders_come_before_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLISHER_FONTS", "/one:/two")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert resources.font_file_folders() == (
        Path("/one"),
        Path("/two"),
        tmp_path / "publisher" / "fonts",
    )


def test_a_named_font_folder_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PUBLISHER_FONTS", "faces")
    assert resources.font_file_folders()[0] == tmp_path / "faces"


@pytest.mark.parametrize("value", ["", "relative"])
def test_a_relative_base_folder_is_ignored(value, tmp_path, monkeypatch):
    monkeypatch.delenv("PUBLISHER_FONTS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", value)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert resources.font_file_folders() == (tmp_path / ".local/share/publisher/fonts",)


def test_no_home_is_no_failure(monkeypatch):
    def homeless():
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    for name in ("PUBLISHER_FONTS", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert resources.font_file_folders() == ()
    assert resources.cache_folder() is None
