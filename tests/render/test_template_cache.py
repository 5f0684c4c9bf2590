"""Templates that are cached_files compiled: the same page from them, and from anything that is wrong with them."""

import os

import pytest
from jinja2 import Environment, FileSystemLoader

from publisher.render import template_cache
from publisher.render.template_cache import CompiledTemplates


@pytest.fixture
def styles(tmp_path, monkeypatch):
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "page.j2").write_text("<p>{{ text }}</p>")
    monkeypatch.setattr(template_cache, "styles_folder", lambda: folder)
    monkeypatch.setattr(template_cache, "cache_folder", lambda: tmp_path / "cache")
    return folder


def rendered(folder, state=b"1"):
    """Return a page of a process that begins, and whether it compiled the template."""
    compiled_now = []

    class Watched(Environment):
        def compile(self, *arguments, **named):
            compiled_now.append(arguments)
            return super().compile(*arguments, **named)

    environment = Watched(
        loader=FileSystemLoader(folder), autoescape=True, bytecode_cache=CompiledTemplates(state)
    )
    page = environment.get_template("page.j2").render(text="甲")
    return page, bool(compiled_now)


def cached_files(tmp_path):
    folder = tmp_path / "cache" / "templates"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_template_is_compiled_once(styles, tmp_path):
    assert rendered(styles) == ("<p>甲</p>", True)
    assert rendered(styles) == ("<p>甲</p>", False)
    assert len(cached_files(tmp_path)) == 1


def test_a_changed_template_is_compiled_again(styles):
    rendered(styles)
    assert rendered(styles, b"2") == ("<p>甲</p>", True)
    (styles / "page.j2").write_text("<b>{{ text }}</b>")
    assert rendered(styles) == ("<b>甲</b>", True)


def test_a_damaged_file_is_replaced(styles, tmp_path):
    rendered(styles)
    (path,) = cached_files(tmp_path)
    whole = path.read_bytes()
    for damaged in (b"", whole[:40], whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
        path.write_bytes(damaged)
        assert rendered(styles) == ("<p>甲</p>", True)
        assert path.read_bytes() == whole


def test_a_style_from_elsewhere_is_not_cached(styles, tmp_path):
    other = tmp_path / "styles-of-a-bag"
    other.mkdir()
    (other / "page.j2").write_text("<i>{{ text }}</i>")
    assert rendered(other) == ("<i>甲</i>", True)
    assert cached_files(tmp_path) == []


def test_without_a_cache_folder(styles, tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("a file is in the way")
    assert rendered(styles) == ("<p>甲</p>", True)
    monkeypatch.setattr(template_cache, "cache_folder", lambda: None)
    assert rendered(styles) == ("<p>甲</p>", True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_with_a_read_only_folder(styles, tmp_path):
    (tmp_path / "cache").mkdir(mode=0o500)
    assert rendered(styles) == ("<p>甲</p>", True)
