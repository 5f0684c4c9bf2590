"""The library in a program of somebody else's: ten threads publish, and the program is as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "yunping-2016-bureau.txt"
PROGRAM = '''
import gc, json, logging, os, pathlib, re, signal, sys, threading, time

hooks = []
sys.addaudithook(lambda event, _: hooks.append(event) if event == "sys.addaudithook" else None)
stream = sys.stdout
LIBRARIES = ("", "weasyprint", "weasyprint.progress", "fontTools", "pypdf", "PIL")


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
        "finders": [str(sys.meta_path), str(sys.path_hooks)],
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


IMPORTED = """
import gc, json, signal, sys, threading, warnings, logging
import re, dataclasses
hooks = []
sys.addaudithook(lambda event, _: hooks.append(event) if event == "sys.addaudithook" else None)
def state():
    return [str(value) for value in (
        sys.meta_path, sys.path_hooks, sys.path, gc.isenabled(), gc.get_freeze_count(), sys.getswitchinterval(),
        threading.enumerate(), warnings.filters, re._compiler.compile, vars(dataclasses).get("exec"),
        sorted(logging.root.manager.loggerDict), [signal.getsignal(n) for n in signal.valid_signals()], hooks,
    )]
before = state()
import publisher
after = state()
print(json.dumps([before == after, [name for name in sys.modules if name.startswith("publisher.")]]))
"""


def test_an_import_changes_nothing():
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [True, ["publisher._version"]]


WITH_WEASYPRINT = """
import hashlib, json, pathlib, sys, threading
import weasyprint
from publisher import Options, publish

source, output = sys.argv[1], pathlib.Path(sys.argv[2])
BODIES = [
    f"<html lang=zh><title>{n}</title><h1 id=a>第{n}章</h1><p>年度报告 text <b>粗</b> <a href='#a'>a</a>"
    f"<table border=1>{'<tr><td>甲<td>' + str(n) + '</table>'}" + "<p>文" * n
    for n in range(12)
]

def host():
    return [
        weasyprint.HTML(string=body).write_pdf(pdf_tags=True, pdf_identifier=b"id") for body in BODIES
    ]

def report(name):
    made = publish(source, Options(output=output / name))
    return made.pdf.read_bytes()

before = {name: {key: str(value) for key, value in vars(module).items() if callable(value)}
          for name, module in sys.modules.items() if name.partition(".")[0] in ("weasyprint", "pydyf", "tinyhtml5")}
alone = host()
results, reports = {}, {}

def work(results, name, function):
    results[name] = function()

threads = [
    threading.Thread(target=work, args=(results, "host", host)),
    threading.Thread(target=work, args=(reports, "one", lambda: report("one"))),
    threading.Thread(target=work, args=(reports, "two", lambda: report("two"))),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
reports["alone"] = report("alone")
after = {name: {key: str(value) for key, value in vars(sys.modules[name]).items() if callable(value)} for name in before}
print(json.dumps({
    "documents": len(alone),
    "same as alone": [one == other for one, other in zip(alone, results["host"])],
    "again alone": host() == alone,
    "reports": [len(reports), len(set(reports.values()))],
    "modules changed": [name for name in before if before[name] != after[name]],
}))
"""


@pytest.mark.typeset
def test_a_host_that_uses_weasyprint_has_its_own_files(tmp_path):
    """Two threads publish while a third sets documents with plain WeasyPrint, in the machine's own fonts."""
    done = subprocess.run(
        [sys.executable, "-c", WITH_WEASYPRINT, SAMPLE, tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "documents": 12,
        "same as alone": [True] * 12,
        "again alone": True,
        "reports": [3, 1],
        "modules changed": [],
    }


OTHER_FUNCTIONS = """        made = publish(source, Options(output=output / str(number), profile="archive"))
        publisher.check_figures(source)
        assert all(verdict.passed for verdict in publisher.verify_publication(made.pdf))
        publisher.preflight_pdf(made.pdf)
        publisher.gather_statistics(output / str(number))
        sums.add(publisher.impose_pdf(made.pdf).data + publisher.bind_volume(made.pdf.parent, title="t").data)
"""


@pytest.mark.typeset
def test_the_other_functions_leave_the_host_as_it_was(tmp_path):
    start = PROGRAM.index("        made = publish(")
    end = PROGRAM.index("    except BaseException as error:", start)
    program = PROGRAM[:start] + OTHER_FUNCTIONS + PROGRAM[end:]
    program = program.replace(
        "import Options, publish", "import Options, publish\nimport publisher"
    )
    done = subprocess.run(
        [sys.executable, "-c", program.replace("range(10)", "range(2)"), SAMPLE, tmp_path],
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
