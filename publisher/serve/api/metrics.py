"""The metrics of a server for Prometheus: requests, jobs, workers, memory. Each server has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client import generate_latest as encode_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from publisher.serve.api.operations import OPERATIONS
from publisher.serve.problems import API_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from publisher.serve.jobs.manager import JobManager
    from publisher.serve.jobs.records import JobStatus, Kind
    from publisher.serve.task_pool import TaskPool

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
SECONDS = (0.5, 1, 2, 5, 10, 30, 60, 300)
"""Upper bounds of the times of jobs that are counted together."""


class Metrics:
    """Counts what a server does."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self, jobs: JobManager, pool: TaskPool) -> None:
        """Register the metrics of a server's parts."""
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "publisher_requests",
            "Requests by route, method and status",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._jobs = Counter(
            "publisher_jobs",
            "Jobs that have ended, by kind, state and exit code",
            ("kind", "state", "exit_code"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "publisher_job_seconds",
            "Time from the start of a job to its end",
            ("kind",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._registry.register(_PoolCollector(jobs, pool))
        ProcessCollector(registry=self._registry)

    def count_request(self, path: str, method: str, status: int) -> None:
        """Count an answer."""
        name = method if method in METHODS else "other"
        self._requests.labels(_route(path), name, str(status)).inc()

    def count_job(self, kind: Kind, status: JobStatus) -> None:
        """Count a job that has ended."""
        code = status.failure.restore().exit_code if status.failure else 0
        self._jobs.labels(kind, status.state, str(code)).inc()
        self._seconds.labels(kind).observe(max(0.0, status.finished - status.started))

    def encode(self) -> bytes:
        """Return the metrics in the format of Prometheus."""
        return encode_metrics(self._registry)


class _PoolCollector(Collector):
    """Reports the queue and the workers as they are when they are asked for."""

    def __init__(self, jobs: JobManager, pool: TaskPool) -> None:
        self._jobs = jobs
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics."""
        state = self._pool.state
        for name, text, value in (
            ("publisher_jobs_waiting", "Jobs that wait for a worker", self._jobs.waiting),
            ("publisher_tasks_running", "Tasks that workers have", state.running),
            ("publisher_tasks_waiting", "Tasks that wait for a worker", state.waiting),
            ("publisher_workers_ready", "Workers that have been initialised", state.ready),
        ):
            yield GaugeMetricFamily(name, text, value=value)
        yield CounterMetricFamily(
            "publisher_worker_restarts",
            "Workers that were replaced because they crashed or exceeded a limit",
            value=state.restarts,
        )


def _route(path: str) -> str:
    """Return the name of a route; the number of names is bounded, whatever clients ask for."""
    if path.startswith(API_PREFIX):
        first = path.removeprefix(API_PREFIX).partition("/")[0]
        return f"{API_PREFIX}{first}" if first in OPERATIONS or first == "jobs" else API_PREFIX
    return path if path in ("/healthz", "/readyz", "/metrics") else "/"


class RequestCounter:
    """Counts the answers of an application."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        """Wrap an application."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.count_request(scope["path"], scope["method"], message["status"])
            await send(message)

        await self._app(scope, receive, send_counted)
