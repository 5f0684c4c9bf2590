"""The jobs of a server: written first, done in order, continued after an end, removed in time."""

import asyncio
import dataclasses
import io

import msgspec
import pytest
from msgspec.structs import replace

from publisher.errors import CrashError, DiskFullError, SourceDamagedError
from publisher.serve.api import events
from publisher.serve.jobs.manager import MAX_INTERRUPTIONS, JobManager
from publisher.serve.jobs.records import Failure, JobStatus
from publisher.serve.jobs.store import STATUS, JobStore
from publisher.serve.jobs.work import FinishedWork
from publisher.serve.jobs.work.stage_file import reporting_runner
from publisher.serve.task_pool import PoolStoppedError, QueueFullError

WORK = FinishedWork(results=(), summary={"pages": 3}, findings=[], failure=None)


class ManualPool:
    """Has tasks that end when the test says so."""

    def __init__(self):
        self.started = []
        self.gates = {}

    async def run(self, *_arguments, name=""):
        self.started.append(name)
        gate = self.gates.setdefault(name, asyncio.get_running_loop().create_future())
        return await gate

    async def has(self, name):
        while name not in self.gates:  # noqa: ASYNC110 - the pool has no event for it
            await asyncio.sleep(0.001)

    async def finish(self, name, outcome=WORK):
        await self.has(name)
        gate = self.gates.pop(name)
        gate.set_exception(outcome) if isinstance(outcome, Exception) else gate.set_result(outcome)


class Server:
    """A manager with its pool, as it runs in one process."""

    def __init__(self, folder, **settings):
        self.pool = ManualPool()
        self.now = 1000.0
        self.store = JobStore(folder / "jobs")
        settings = {"workers": 1, "max_waiting": 3, "retention": 100.0} | settings
        self.jobs = JobManager(self.store, self.pool, clock=lambda: self.now, **settings)

    async def submit(self, name, **options):
        return await self.jobs.submit("check", options, {"source": (name, io.BytesIO(b"text"))})

    async def kill(self, name):
        """End the server while a worker has a task."""
        await self.pool.has(name)
        tasks = list(self.jobs._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    async def until(self, identifier, state):
        async for status in self.jobs.changes(identifier, heartbeat=0.01):
            if status and status.state == state:
                return status
        raise AssertionError(await self.jobs.status(identifier))


@pytest.fixture
def run(tmp_path):
    """Run a test in an event loop, with servers that use one folder one after another."""

    def run_one(test, **settings):
        async def start():
            server = Server(tmp_path, **settings)
            await server.jobs.start()
            return server

        return asyncio.run(test(start))

    return run_one


def files_below(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_accepted_job_is_on_the_disk(run, tmp_path):
    async def test(start):
        server = await start()
        job = await server.submit("a.txt", edits="none")
        request = JobStore(tmp_path / "jobs").request(job)
        assert (request.title, request.options) == ("a.txt", {"edits": "none"})
        assert (tmp_path / "jobs" / job / "source").read_bytes() == b"text"
        assert [path.name for path in (tmp_path / "jobs").iterdir()] == [job]

    run(test)


def test_jobs_are_done_in_the_order_of_their_arrival(run):
    async def test(start):
        server = await start()
        jobs = [await server.submit(name) for name in ("a", "b", "c")]
        await server.until(jobs[0], "running")
        assert server.pool.started == ["a"]
        for name, job in zip("abc", jobs, strict=True):
            await server.pool.finish(name)
            status = await server.jobs.wait(job, 60)
            assert (status.state, status.summary) == ("done", {"pages": 3})
        assert server.pool.started == ["a", "b", "c"]

    run(test)


def test_too_many_jobs_are_refused_before_they_are_written(run, tmp_path):
    async def test(start):
        server = await start()
        jobs = [await server.submit(name) for name in ("a", "b", "c")]
        await server.until(jobs[0], "running")
        await server.submit("d")
        with pytest.raises(QueueFullError):
            await server.submit("e")
        assert len(list((tmp_path / "jobs").iterdir())) == 4

    run(test)


def test_two_clients_with_one_request_wait_for_one_job(run):
    async def test(start):
        server = await start()
        jobs = await asyncio.gather(*(server.submit("a") for _ in range(5)))
        assert len(set(jobs)) == 1
        waiting = [asyncio.ensure_future(server.jobs.wait(job, 60)) for job in jobs]
        await server.pool.finish("a")
        assert {status.state for status in await asyncio.gather(*waiting)} == {"done"}
        assert server.pool.started == ["a"]

    run(test)


def test_jobs_continue_after_the_server_was_killed(run):
    async def test(start):
        first = await start()
        jobs = [await first.submit(name) for name in ("a", "b")]
        await first.kill("a")
        second = await start()
        for name, job in zip("ab", jobs, strict=True):
            await second.pool.finish(name)
            assert (await second.jobs.wait(job, 60)).state == "done"

    run(test)


def test_a_job_that_ends_the_server_again_and_again_is_lost(run):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        for _ in range(MAX_INTERRUPTIONS):
            await server.kill("a")
            assert (await server.jobs.status(job)).state == "running"
            server = await start()
        status = await server.jobs.wait(job, 60)
        assert status.state == "lost"
        assert "ended 2 times" in status.failure.restore().message
        assert await server.submit("a") == job  # the client may send it again
        await server.pool.finish("a")
        assert (await server.jobs.wait(job, 60)).state == "done"

    run(test)


def test_a_clean_end_is_no_interruption(run):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        for _ in range(MAX_INTERRUPTIONS + 2):
            await server.pool.has("a")
            server.jobs.end()
            await server.pool.finish("a", PoolStoppedError())
            await server.jobs.close()
            with pytest.raises(PoolStoppedError):
                await server.submit("b")
            assert (await server.jobs.status(job)).state == "accepted"
            server = await start()
        await server.pool.finish("a")
        assert (await server.jobs.wait(job, 60)).state == "done"

    run(test)


def test_who_follows_a_job_is_let_go_at_the_end(run):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        following = asyncio.ensure_future(server.jobs.wait(job, None))
        await server.until(job, "running")
        server.jobs.end()
        assert (await asyncio.wait_for(following, 60)).state == "running"

    run(test)


def test_what_was_half_written_is_removed_at_the_start(run, tmp_path):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        await server.kill("a")
        (tmp_path / "jobs" / job / "result.part").mkdir()
        (tmp_path / "jobs" / job / "result.part" / "pdf").touch()
        (tmp_path / "jobs" / "0f.part").mkdir()
        (tmp_path / "jobs" / ("0" * 32)).mkdir()
        await start()
        assert {path.name for path in (tmp_path / "jobs").iterdir()} == {job}
        assert not (tmp_path / "jobs" / job / "result.part").exists()

    run(test)


def test_a_crash_is_tried_again_when_it_is_asked_for_again(run):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        await server.pool.finish("a", CrashError("ended", where="a"))
        assert (await server.jobs.wait(job, 60)).failure.error == "CrashError"
        await server.submit("a")
        await server.pool.finish("a")
        assert (await server.jobs.wait(job, 60)).state == "done"

    run(test)


def test_an_internal_error_fails_one_job_and_names_no_path(run, tmp_path):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        folder = tmp_path / "jobs" / job
        await server.pool.finish("a", FileNotFoundError(f"no {folder}/source"))
        status = await server.jobs.wait(job, 60)
        assert status.failure.error == "CrashError"
        assert "no source" in status.failure.message
        assert str(tmp_path) not in str(status)

    run(test)


def test_a_damaged_source_is_not_tried_again(run):
    async def test(start):
        server = await start()
        failure = Failure.of(SourceDamagedError("is no archive"))
        job = await server.submit("a")
        await server.pool.finish("a", dataclasses.replace(WORK, failure=failure))
        assert (await server.jobs.wait(job, 60)).state == "failed"
        await server.submit("a")
        assert server.pool.started == ["a"]

    run(test)


def test_finished_jobs_are_removed_in_time(run, tmp_path):
    async def test(start):
        server = await start()
        done, waiting = await server.submit("a"), await server.submit("b")
        await server.pool.finish("a")
        status = await server.jobs.wait(done, 60)
        server.now = server.jobs.expiry(status) - 1
        await server.jobs.remove_expired()
        assert (await server.jobs.status(done)).state == "done"
        server.now += 1
        await server.jobs.remove_expired()
        assert {path.name for path in (tmp_path / "jobs").iterdir()} == {waiting}
        with pytest.raises(KeyError):
            await server.jobs.status(done)

    run(test)


def test_a_full_disk_fails_the_job_and_not_the_server(run, monkeypatch):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        await server.until(job, "running")

        def refuse(_identifier, _status):
            raise DiskFullError("the disk is full", where="x")

        monkeypatch.setattr(server.store, "write_status", refuse)
        await server.pool.finish("a")
        status = await server.jobs.wait(job, 60)
        assert (status.state, status.failure.error) == ("failed", "DiskFullError")
        monkeypatch.undo()
        assert await server.submit("a") == job
        await server.pool.finish("a")
        assert (await server.jobs.wait(job, 60)).state == "done"

    run(test)


def test_a_damaged_status_does_not_stop_the_start(run, tmp_path):
    async def test(start):
        server = await start()
        job = await server.submit("a")
        (tmp_path / "jobs" / job / STATUS).write_bytes(b"{")
        await start()
        assert list((tmp_path / "jobs").iterdir()) == []

    run(test)


def test_a_status_is_stored_as_it_is():
    status = JobStatus(state="done", accepted=1.0, summary={"a": {"template": "x", "values": {}}})
    encoded = msgspec.json.encode(replace(status, interruptions=1))
    assert msgspec.json.decode(encoded, type=JobStatus).summary == status.summary


def test_joined_texts_are_joined_in_the_language_of_the_answer():
    import json

    from publisher.messages import join_texts, translatable
    from publisher.messages.catalogue import Catalogue
    from publisher.serve.jobs.texts import decode_texts, encode_texts

    texts = join_texts(", ", [translatable("{count} pages", count=2), "/home/x/a.txt"])
    stored = json.loads(json.dumps(encode_texts(texts, {"/home/x": "."})))
    for language in ("zh-Hans", "en"):
        catalogue = Catalogue(language)
        expected = catalogue.translate(texts).replace("/home/x", ".")
        assert decode_texts(stored, catalogue) == expected


def test_those_who_follow_a_job_see_its_stages(run, tmp_path, monkeypatch):
    monkeypatch.setattr(events, "STAGE_SECONDS", 0.01)

    async def test(start):
        server = await start()
        job = await server.submit("a")
        await server.until(job, "running")
        folder = tmp_path / "jobs" / job
        request = await server.jobs.request(job)
        sent = events.answer_events(job, request, server.jobs, "en").body_iterator
        stream = (event async for event in sent if event != ":\n\n")  # sent while nothing happens
        assert "event: running" in await anext(stream)
        with reporting_runner(folder) as runner:
            for stage in ("typeset", "read"):
                assert runner.run(stage, (), lambda: 7) == 7
                assert await anext(stream) == f'event: progress\ndata: {{"stage": "{stage}"}}\n\n'
        await server.pool.finish("a")
        assert "event: done" in await anext(stream)

    run(test)


def test_a_job_that_runs_shows_no_stage_of_an_earlier_run(run, tmp_path):
    async def test(start):
        first = await start()
        job = await first.submit("a")
        with reporting_runner(tmp_path / "jobs" / job) as runner:
            runner.run("read", (), int)
        await first.kill("a")
        second = await start()
        clear = second.store.clear_results
        waiting = []

        def clear_and_count(identifier):
            clear(identifier)
            waiting.append(second.jobs.waiting)

        second.store.clear_results = clear_and_count
        await second.until(job, "running")
        assert waiting == [1]  # it was cleared before anybody was told that it runs
        assert await second.jobs.stage(job) == ""
        await second.pool.finish("a")

    run(test)


def test_a_stage_that_cannot_be_written_ends_no_job(tmp_path):
    with reporting_runner(tmp_path / "absent") as runner:
        assert runner.run("read", (), lambda: 7) == 7


def test_no_file_is_opened_while_stages_run(tmp_path, monkeypatch):
    """A stage that reads a stranger's report may open none."""
    opened = []
    with reporting_runner(tmp_path) as runner:
        monkeypatch.setattr("io.open", lambda *names, **_: opened.append(names))
        monkeypatch.setattr("os.open", lambda *names, **_: opened.append(names))
        runner.run("read", (), lambda: None)
        monkeypatch.undo()
    assert opened == []
    assert (tmp_path / "stage").read_text().strip() == "read"
