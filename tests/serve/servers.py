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
