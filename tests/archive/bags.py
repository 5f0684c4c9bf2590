"""Sources for bags, and ways to break a bag."""

import subprocess
import sys
import unicodedata
from pathlib import Path

REPORT = """某市卫生局{year}年政府信息公开工作年度报告

一、概述

全年受理申请{count}件，按期答复{count}件；公开信息{more}条。

某市卫生局

{issued}年1月20日
"""
BAD = "坏.txt"
ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"


def make_source(path, year=2019):
    """Write a small report, its own for each year."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = year - 2006
    text = REPORT.format(year=year, count=count, more=count * 7, issued=year + 1)
    path.write_text(text, encoding="utf-8")
    return path


NAMES = (
    "2017/年报.txt",
    "2018/年报 100%.txt",
    unicodedata.normalize("NFD", "résumé é.txt"),
    "odd '&#;$~\u3000\u2028.txt",
    "年报.md",
)
"""Names that are odd, each in its way."""


def make_folder(folder):
    """Write five sources with odd names, and one that is no report."""
    for year, name in enumerate(NAMES, start=2015):
        make_source(folder / name, year)
    (folder / BAD).write_bytes(b"%PDF-1.7\n")
    return folder


def run_alone(*arguments):
    """Run the command in a process of its own, from which others can be forked; return its code."""
    command = [sys.executable, "-m", "publisher", *map(str, arguments)]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True).returncode


def files_of(bag):
    """The paths of a bag's files, in order."""
    return sorted(path for path in bag.rglob("*") if path.is_file())


def contents(bag):
    """A bag's files by their paths."""
    return {path.relative_to(bag).as_posix(): path.read_bytes() for path in files_of(bag)}


def flip(bag, dice):
    """Flip one bit of one byte; return the path and how to undo it."""
    path, data = _any(bag, dice)
    at = dice.randrange(len(data))
    changed = data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]
    return _written(path, data, changed)


def drop_byte(bag, dice):
    """Take one byte out."""
    path, data = _any(bag, dice)
    at = dice.randrange(len(data))
    return _written(path, data, data[:at] + data[at + 1 :])


def insert_byte(bag, dice):
    """Put one byte in, often one that looks like nothing."""
    path, data = _any(bag, dice)
    at = dice.randrange(len(data) + 1)
    item = dice.choice((b"\n", b" ", b"\r", b"\t", bytes([dice.randrange(256)])))
    return _written(path, data, data[:at] + item + data[at:])


def delete(bag, dice):
    """Delete a file."""
    path, data = _any(bag, dice)
    path.unlink()
    return path, lambda: path.write_bytes(data)


def add(bag, dice):
    """Add a file, where others are or at the top."""
    folder = dice.choice(sorted({path.parent for path in files_of(bag)}))
    path = folder / f"{dice.choice('abc年')}{dice.randrange(10**6)}.{dice.choice(('txt', 'pdf'))}"
    path.write_bytes(dice.choice((b"", b"added\n")))
    return path, path.unlink


DAMAGES = (flip, drop_byte, insert_byte, delete, add)


def _any(bag, dice):
    path = dice.choice([item for item in files_of(bag) if item.stat().st_size])
    return path, path.read_bytes()


def _written(path, data, changed):
    path.write_bytes(changed)
    return path, lambda: path.write_bytes(data)
