"""A disk that fills up never damages an earlier file, and the run can be continued."""

import contextlib
import os
import subprocess

import pytest

from tests.batch.reports import fill
from tests.batch.test_kill import FULL, go, tree

SIZES = range(20) if FULL else range(0, 20, 7)


@contextlib.contextmanager
def small_disk(mount_point, kilobytes):
    mount_point.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", mount_point],
        capture_output=True,
        text=True,
        check=False,
    )
    if mount.returncode:
        pytest.skip(f"no small disk can be mounted here: {mount.stderr.strip()}")
    try:
        yield mount_point
    finally:
        subprocess.run(["umount", mount_point], check=True)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Reports, what they are when built, and what they are when built otherwise."""
    mount_point = tmp_path_factory.mktemp("disk")
    folder = fill(mount_point / "in", 5)
    trees = []
    for number, more in enumerate(((), ("--align", "left"))):
        assert go("nothing", folder, mount_point / str(number), *more).returncode == 0
        trees.append(tree(mount_point / str(number)))
    return folder, *trees


def results(tree_files):
    return {name: data for name, data in tree_files.items() if "/" in name}


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")
@pytest.mark.parametrize("step", SIZES)
def test_a_full_disk_keeps_earlier_files(step, reports, tmp_path):
    folder, first, second = reports
    files = sum(-(-len(data) // 4096) * 4 for data in results(first).values())
    with small_disk(tmp_path / "disk", round(files * (0.3 + step / 20)) + 32) as disk:
        go("nothing", folder, disk)
        before = results(tree(disk))
        done = go("nothing", folder, disk, "--align", "left")
        assert done.returncode in (0, 31)
        after = results(tree(disk))
        for name, data in before.items():
            assert after[name] in (data, second[name])
            assert data == first[name]
        for name in {name.rpartition(".record.json")[0] for name in after if "record" in name}:
            pair = {
                after[f"{name}{end}"] == first[f"{name}{end}"] for end in (".pdf", ".record.json")
            }
            assert len(pair) == 1, "a PDF and its record are of one build"
        if done.returncode:
            assert "the disk is full" in done.stderr
            assert "run the same command again" in done.stderr
            assert "index.html" not in done.stdout, "the page of results was not written"
        assert not list(disk.rglob(".publisher-*"))
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert go("nothing", folder, disk, "--align", "left").returncode == 0
        assert tree(disk) == second
