"""The library in a program of somebody else's: ten threads publish, and the program is as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "xishan-2019.txt"
PROGRAM = '''
import gc, json, logging, os, pathlib, re, signal, sys, threading, time

hooks = []
sys.addaudithook(lambda event, _: hooks.append(event) if event == "sys.addaudithook" else None)
stream = sys.stdout
LIBRARIES = ("", "weasyprint", "fontTools", "pypdf", "PIL")


def state():
    """What the whole process has, without touching any of it."""
    loggers = [logging.getLogger(name) for name in LIBRARIES]
    status = pathlib.Path("/proc/self/status").read_text()
    return {
        "stdout": sys.stdout is stream,
        "loggers": [[one.level, one.propagate, one.disabled, one.filters] for one in loggers],
        "umask": re.search(r"Umask:\\s+(\\d+)", status)[1],
        "signals": [str(signal.getsignal(number)) for number in signal.valid_signals()],
        "collector": [gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), gc.get_debug()],
        "switch interval": sys.getswitchinterval(),
        "recursion": sys.getrecursionlimit(),
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "library finder": str(ctypes.util.find_library),
        "standing in": [str(type(one)) for one in sys.modules.values() if "Later" in str(type(one))],
    }


def handlers():
    """Who is told of records; libraries add a handler that does nothing when they are imported."""
    loggers = [logging.getLogger(name) for name in LIBRARIES]
    quiet = logging.NullHandler
    return [[str(one) for one in logger.handlers if type(one) is not quiet] for logger in loggers]


import ctypes.util
for name in LIBRARIES:
    logging.getLogger(name)
before, handled, seen, working = state(), handlers(), [], threading.Event()


def watch():
    while not working.is_set():
        now = state()
        seen.extend(key for key in now if now[key] != before[key])
        time.sleep(0.002)


from publisher import Options, publish

source, output, sums, failures = sys.argv[1], pathlib.Path(sys.argv[2]), set(), []


def work(number):
    try:
        made = publish(source, Options(output=output / str(number)))
        sums.add(made.pdf.read_bytes())
    except BaseException as error:
        failures.append(repr(error))


watcher = threading.Thread(target=watch)
watcher.start()
threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
working.set()
watcher.join()
after = state()
seen.extend(key for key in after if after[key] != before[key])
print(json.dumps({
    "changed": sorted(set(seen)),
    "handlers": handlers() == handled or handlers(),
    "hooks": hooks,
    "files": len(sums),
    "failures": failures,
    "threads": threading.active_count(),
}))
'''


@pytest.mark.typeset
def test_ten_threads_leave_the_host_as_it_was(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, SAMPLE, tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        umask=0o027,
    )
    assert json.loads(done.stdout) == {
        "changed": [],
        "handlers": True,
        "hooks": [],
        "files": 1,
        "failures": [],
        "threads": 1,
    }
    pdf = tmp_path / "0" / f"{SAMPLE.stem}.pdf"
    assert oct(pdf.stat().st_mode & 0o777) == oct(0o640)
