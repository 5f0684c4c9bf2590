"""A server as a process of its own: under load, when it or a worker is killed, and when it is ended."""

import os
import signal
import subprocess
import sys
import time

import pytest

from publisher.errors import BusyError
from tests.serve.load import Load, report
from tests.serve.running_servers import ROOT, resident_megabytes, running

REQUESTS = int(os.environ.get("PUBLISHER_LOAD", "40"))
"""The number of mixed requests; 1000 is the full form."""
LIMITS = ("--workers", "2", "--deadline", "60", "--memory", "600")
GROWTH = 60
"""Megabytes by which memory may differ; a leak of a report's objects is more within a hundred reports."""


def send(client, name, data, prefer="respond-async", **fields):
    files = {"source": (name, data)}
    return client.post("/v1/publish", files=files, data=fields, headers={"prefer": prefer})


def jobs_below(server):
    return [path.name for path in (server.folder / "state" / "jobs").iterdir()]


def test_mixed_requests_have_their_own_answers(tmp_path):
    with running(tmp_path, *LIMITS) as server, server.client() as client:
        middle = []

        def measure(number):
            if number == REQUESTS // 2:
                middle.append(resident_megabytes(server.process.pid))

        assert "token" not in server.address_line
        load = Load(server.client, REQUESTS, on_answer=measure)
        load.run()
        assert load.wrong == []
        assert load.answers.total() == REQUESTS
        assert 0 < REQUESTS - load.answers[200] < REQUESTS / 2  # some are refused
        assert resident_megabytes(server.process.pid) - middle[0] < GROWTH
        assert all(resident_megabytes(pid) < 600 for pid in server.workers)
        for job in jobs_below(server):
            assert client.delete(f"/v1/jobs/{job}").status_code == 204
        assert server.files() == ["state/server.lock"]
        assert server.stop() == 0


def test_a_killed_worker_costs_one_job(tmp_path):
    with running(tmp_path, "--workers", "1") as server, server.client() as client:
        assert send(client, "a.txt", report(1), prefer="wait=60").status_code == 200
        first = server.workers
        jobs = [send(client, f"{n}.txt", report(n) * 12).json()["id"] for n in (2, 3)]
        while client.get(f"/v1/jobs/{jobs[0]}").json()["state"] != "running":
            time.sleep(0.01)
        os.kill(first[0], signal.SIGKILL)
        states = []
        for job in jobs:
            client.get(f"/v1/jobs/{job}/events")
            states.append(client.get(f"/v1/jobs/{job}").json())
        assert states[0]["state"] == "failed"
        assert "SIGKILL" in states[0]["problem"]["detail"]
        assert states[1]["state"] == "done"
        again = send(client, "2.txt", report(2) * 12, prefer="wait=60")
        assert again.status_code == 200
        assert "publisher_worker_restarts_total 1.0" in client.get("/metrics").text


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_accepted_jobs_are_done_after_the_server_ended(tmp_path, how):
    with running(tmp_path, "--workers", "1") as server, server.client() as client:
        jobs = [send(client, f"{n}.txt", report(n) * 8).json()["id"] for n in range(1, 5)]
        while client.get(f"/v1/jobs/{jobs[0]}").json()["state"] == "accepted":
            time.sleep(0.01)
        workers = server.workers
        code = getattr(server, how)()
        assert code in (0, None)
        for pid in workers:
            while os.path.exists(f"/proc/{pid}"):  # noqa: PTH110 - ended by the system
                time.sleep(0.01)
    with running(tmp_path, "--workers", "1") as server, server.client() as client:
        for number, job in enumerate(jobs, 1):
            client.get(f"/v1/jobs/{job}/events")
            assert client.get(f"/v1/jobs/{job}").json()["state"] == "done"
            result = client.get(f"/v1/jobs/{job}/result")
            assert result.content.startswith(b"%PDF-")
            assert f'filename="{number}.pdf"' in result.headers["content-disposition"]
        assert not [name for name in server.files() if name.endswith(".part") or ".part/" in name]


def test_one_folder_belongs_to_one_server(tmp_path):
    with running(tmp_path, "--workers", "1"):
        state = str(tmp_path / "state")
        command = [sys.executable, "-m", "publisher", "serve", "--state", state, "--port", "0"]
        second = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert second.returncode == BusyError.exit_code
        assert "another server uses this folder" in second.stderr
