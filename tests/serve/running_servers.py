"""A server as a process of its own, as ``publisher serve`` starts it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.serve.servers import TOKEN

ROOT = Path(__file__).parents[2]


class RunningServer:
    """A process of ``publisher serve`` and its address."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        temporary = folder / "tmp"
        temporary.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "PUBLISHER_TOKEN": TOKEN,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(temporary),
        }
        options = ["--json", "--no-browser", "--port", "0", "--state", str(folder / "state")]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "publisher", "serve", *options, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
        )
        self.address_line = self.process.stdout.readline().decode()
        self.address = json.loads(self.address_line)["address"].partition("?")[0].rstrip("/")

    def client(self, **options):
        return httpx.Client(
            base_url=self.address,
            headers={"authorization": f"Bearer {TOKEN}"},
            timeout=300,
            **options,
        )

    @property
    def workers(self):
        """The processes of the workers."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return sorted({int(pid) for path in children for pid in path.read_text().split()})

    def files(self):
        """The files that the server has left: its state and what is temporary."""
        return sorted(
            str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()
        )

    def kill(self):
        self.process.kill()
        self._reap()

    def stop(self):
        """End the server as an administrator does; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self._reap()

    def _reap(self):
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        return code


@contextlib.contextmanager
def running(folder, *arguments):
    server = RunningServer(folder, *arguments)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def resident_megabytes(pid):
    """The memory that a process has in use; 0 if it has ended."""
    with contextlib.suppress(OSError):
        return (
            int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            >> 20
        )
    return 0
