"""Nothing that runs as code is read from a file that another account owns or may write."""

import marshal
import os
import stat
from pathlib import Path

import pytest

from publisher.config import find_config
from publisher.system import compiled_modules, disk_cache, file_trust, startup_cache
from publisher.system.file_trust import distrust, trusted_accounts

STRANGER = 54321
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


@pytest.fixture
def file(tmp_path):
    """A file of this account in a folder of its own."""
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    path = folder / "file"
    path.write_bytes(b"x")
    path.chmod(0o600)
    return path


def test_a_file_of_this_account_is_trusted(file):
    assert distrust(file) == ""


@pytest.mark.parametrize("mode", [0o602, 0o666, 0o777])
@pytest.mark.parametrize("part", ["file", "folder"])
def test_what_everybody_may_write_is_not_trusted(file, part, mode):
    (file if part == "file" else file.parent).chmod(mode | 0o100)
    assert "other accounts may write it" in distrust(file)


def test_what_another_group_may_write_is_not_trusted(file, monkeypatch):
    monkeypatch.setattr(file_trust, "_is_private_group", lambda _: False)
    file.chmod(0o660)
    assert "other accounts may write it" in distrust(file)
    monkeypatch.setattr(file_trust, "_is_private_group", lambda _: True)
    assert distrust(file) == ""


@pytest.mark.skipif(not hasattr(os, "getgid"), reason="no groups")
def test_the_group_of_the_owner_alone_is_private(file):
    status = file.stat()
    import grp
    import pwd

    private = grp.getgrgid(status.st_gid).gr_mem in ([], [pwd.getpwuid(status.st_uid).pw_name])
    assert file_trust._is_private_group(status) is (
        private and pwd.getpwuid(status.st_uid).pw_gid == status.st_gid
    )


def test_a_folder_with_the_sticky_bit_may_be_shared(file):
    file.parent.chmod(0o1777)
    assert distrust(file) == ""


@as_root
@pytest.mark.parametrize("part", ["file", "folder"])
def test_what_another_account_owns_is_not_trusted(file, part):
    os.chown(file if part == "file" else file.parent, STRANGER, -1)
    assert f"account {STRANGER}" in distrust(file)
    assert distrust(file, owners=frozenset({STRANGER})) == ""


@as_root
def test_a_link_is_judged_by_what_it_leads_to(file, tmp_path):
    os.chown(file, STRANGER, -1)
    (tmp_path / "link").symlink_to(file)
    assert f"account {STRANGER}" in distrust(tmp_path / "link")


def test_the_cache_on_disk_is_read_only_if_it_is_trusted(tmp_path):
    path = tmp_path / "new" / "entry"
    assert disk_cache.store(path, b"content")
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0
    assert disk_cache.load(path) == b"content"
    path.chmod(0o666)
    assert disk_cache.load(path) is None
    path.chmod(0o600)
    path.parent.chmod(0o777)
    assert disk_cache.load(path) is None
    assert not disk_cache.store(path, b"other")


@as_root
def test_the_cache_of_another_account_is_neither_read_nor_written(tmp_path):
    path = tmp_path / "new" / "entry"
    assert disk_cache.store(path, b"content")
    os.chown(path.parent, STRANGER, -1)
    assert disk_cache.load(path) is None
    assert not disk_cache.store(path, b"other")


def test_a_cache_that_everything_trusts_would_be_noticed(tmp_path, monkeypatch):
    path = tmp_path / "new" / "entry"
    disk_cache.store(path, b"content")
    path.chmod(0o666)
    monkeypatch.setattr(disk_cache, "distrust", lambda _: "")
    assert disk_cache.load(path) == b"content"


def test_the_startup_cache_is_read_only_if_it_is_trusted(tmp_path, monkeypatch):
    folder = tmp_path / "compiled"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(startup_cache, "FOLDER", folder)
    startup_cache.store(
        startup_cache.path(), startup_cache.StartupCache({}, {"x": marshal.dumps(1)})
    )
    startup_cache.path().chmod(0o644)
    assert startup_cache.load() is not None
    startup_cache.path().chmod(0o666)
    assert startup_cache.load() is None
    startup_cache.path().chmod(0o644)
    folder.chmod(0o777)
    assert startup_cache.load() is None


@pytest.mark.parametrize("part", ["folder", "module", "library"])
def test_compiled_modules_are_loaded_only_if_they_are_trusted(part, tmp_path, monkeypatch):
    loaded = []
    monkeypatch.setattr(compiled_modules, "FOLDER", tmp_path)
    monkeypatch.setattr(
        compiled_modules, "spec_from_file_location", lambda *names: loaded.append(names)
    )
    folder = compiled_modules.folder()
    (folder / "typeset").mkdir(parents=True)
    library = folder / f"{compiled_modules.LIBRARY}{compiled_modules.SUFFIX}"
    module = folder / "typeset" / "glue.so"
    for path in (library, module):
        path.write_bytes(b"")
    look = compiled_modules._loaded_folder.__wrapped__
    assert look() is None
    assert len(loaded) == 1
    {"folder": folder, "module": module, "library": library}[part].chmod(0o777)
    assert look() is None
    assert len(loaded) == 1


def test_everything_that_is_unmarshalled_is_looked_at_first():
    """A new place that reads code has to go through one of these three."""
    package = Path(file_trust.__file__).parents[1]
    places = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(
            words in path.read_text("utf-8")
            for words in ("marshal.loads", "pickle.load", "bytecode_from_string", "exec_module")
        )
    }
    assert places == {
        "conversion/dictionaries.py",
        "render/template_cache.py",
        "system/compiled_modules.py",
        "system/startup_cache.py",
        "typeset/private_packages.py",  # installed packages
    }


@as_root
class TestConfiguration:
    """``publisher.toml`` above a source."""

    @pytest.fixture
    def source(self, tmp_path):
        """A source of this account, two folders below the top."""
        path = tmp_path / "outer" / "inner" / "report.txt"
        path.parent.mkdir(parents=True)
        path.write_text("报告", encoding="utf-8")
        return path

    def config(self, folder, owner=0):
        path = folder / "publisher.toml"
        path.write_text('style = "reader"\n', encoding="utf-8")
        os.chown(path, owner, -1)
        return path

    def test_a_file_of_another_account_is_passed_over(self, source):
        outer = self.config(source.parents[1])
        foreign = self.config(source.parent, STRANGER)
        found = find_config(source)
        assert (found.path, found.foreign) == (outer, (foreign,))

    def test_a_file_of_the_source_or_its_folder_is_obeyed(self, source):
        config = self.config(source.parents[1], STRANGER)
        assert find_config(source).path is None
        os.chown(source, STRANGER, -1)
        assert find_config(source).path == config
        os.chown(source, 0, -1)
        os.chown(source.parent, STRANGER, -1)
        assert find_config(source).path == config

    def test_a_link_of_another_account_is_passed_over(self, source, tmp_path):
        target = self.config(tmp_path)
        link = source.parent / "publisher.toml"
        link.symlink_to(target)
        os.chown(link, STRANGER, -1, follow_symlinks=False)
        found = find_config(source)
        assert (found.path, found.foreign) == (target, (link,))

    def test_the_owner_of_a_shared_folder_does_not_count(self, source):
        source.parent.chmod(0o1777)
        os.chown(source.parent, STRANGER, -1)
        self.config(source.parent, STRANGER)
        assert find_config(source).path is None

    def test_the_command_reports_it_once_and_goes_on(self, source, capsys, monkeypatch):
        from publisher.cli.main import main

        foreign = self.config(source.parents[1], STRANGER)
        foreign.write_text("no = [toml", encoding="utf-8")
        source.with_name("second.txt").write_text("报告", encoding="utf-8")
        monkeypatch.chdir(source.parent)
        main(["build", "-o", "out", str(source), str(source.with_name("second.txt"))])
        errors = capsys.readouterr().err
        assert errors.count(f"warning: {foreign}: is not obeyed") == 1
        assert "TOML" not in errors


def test_the_trusted_accounts_are_few():
    assert trusted_accounts() <= {0, os.geteuid(), Path(file_trust.__file__).stat().st_uid}
