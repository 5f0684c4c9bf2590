"""A server for tests: its settings, a pool whose tasks run here, and clients."""

import asyncio

from starlette.testclient import TestClient

from publisher.serve.application import create_application
from publisher.serve.settings import ServerSettings
from publisher.serve.task_pool import PoolState

TOKEN = "a-token-for-tests-only"  # noqa: S105 - invented
ADDRESS = "http://127.0.0.1:8631"


class InlinePool:
    """Runs tasks in a thread of this process, without limits."""

    def __init__(self):
        self.calls = []
        self.ready = 1

    def start(self):
        pass

    def stop(self, grace):
        pass

    @property
    def state(self):
        return PoolState(waiting=0, running=0, ready=self.ready, restarts=0)

    async def run(self, function, argument, *, affinity="", urgent=False, name=""):
        self.calls.append((function.__name__, name, affinity, urgent))
        return await asyncio.to_thread(function, argument)


def make_settings(folder, **changed):
    return ServerSettings(**{"state": folder / "state", "token": TOKEN} | changed)


def make_client(settings, pool=None, **options):
    application = create_application(settings, pool=pool or InlinePool())
    return TestClient(
        application,
        base_url=ADDRESS,
        follow_redirects=False,
        raise_server_exceptions=False,
        **options,
    )


def program_headers(**more):
    return {"authorization": f"Bearer {TOKEN}", **more}


REPORT = """某市人民政府2019年政府信息公开工作年度报告

一、概述

全市受理申请13件，办结12件，结转1件，全部按期答复。

某市人民政府

2020年1月20日
""".encode()


def send(client, kind, *, files=None, prefer="", accept="", **fields):
    """Send a form; the source is ``REPORT`` unless other files are named."""
    files = {"source": ("report.txt", REPORT)} if files is None else files
    headers = program_headers(
        **({"prefer": prefer} if prefer else {}), **({"accept": accept} if accept else {})
    )
    return client.post(f"/v1/{kind}", files=files, data=fields, headers=headers)


def job_of(client, identifier):
    return client.get(f"/v1/jobs/{identifier}", headers=program_headers()).json()


def wait_for(client, identifier, state="done"):
    """Follow a job until it has ended; return it."""
    answer = client.get(f"/v1/jobs/{identifier}/events", headers=program_headers())
    assert answer.text.rstrip().split("\n\n")[-1].startswith(f"event: {state}\n")
    return job_of(client, identifier)
