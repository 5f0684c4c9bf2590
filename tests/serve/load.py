"""Mixed requests for a server: most are sound, a tenth is hostile, and each has an answer that is known before.

Run it by itself against ``publisher serve``: ``python -m tests.serve.load ADDRESS TOKEN NUMBER``.
"""

import io
import json
import random
import sys
import threading
import time
import zipfile
from collections import Counter
from dataclasses import dataclass

import httpx

CLIENTS = 8
HOSTILE_SHARE = 0.1
TEXT = """某市第{number}号政府信息公开工作年度报告

一、概述

全市受理申请{total}件，办结{closed}件，结转1件，全部按期答复。

二、收到和处理政府信息公开申请情况

全年共收到申请{total}件。

某市人民政府

2020年1月20日
"""


def report(number):
    return TEXT.format(number=number, total=number + 1, closed=number).encode()


@dataclass
class Request:
    """A request, and what is right as its answer."""

    number: int
    kind: str
    files: dict
    fields: dict
    headers: dict
    judge: object

    def send(self, client):
        return client.post(
            f"/v1/{self.kind}", files=self.files, data=self.fields, headers=self.headers
        )


def _source(number, data=None, suffix="txt"):
    return {"source": (f"{number}.{suffix}", report(number) if data is None else data)}


def _publish(number, dice):
    style = dice.choice(("gongwen", "gongwen", "reader"))

    def judge(answer):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            record = json.loads(package.read(f"{number}.record.json"))
            assert package.read(f"{number}.pdf").startswith(b"%PDF-")
        assert record["report"]["title"] == f"某市第{number}号政府信息公开工作年度报告"
        assert record["options"]["style"] == style

    headers = {"accept": "application/zip"}
    return Request(number, "publish", _source(number), {"style": style}, headers, judge)


def _check(number, _dice):
    def judge(answer):
        statements = [check["statement"] for check in answer.json()["checks"]]
        assert f"{number + 1} = {number} + 1" in statements, statements

    return Request(number, "check", _source(number), {}, {}, judge)


def _convert(number, _dice):
    def judge(answer):
        assert answer.json()["text"].startswith(f"某市第{number}號政府")

    return Request(number, "convert", _source(number), {"script": "zh-Hant-TW"}, {}, judge)


def _refused(number, kind, files, fields, *expected, headers=None):
    """A request that gets a status, and a problem with an exit code; ``None`` for any."""
    status, exit_code = expected

    def judge(answer):
        if exit_code is not None:
            assert answer.json()["exit_code"] == exit_code, answer.json()
        assert answer.headers["content-type"] == "application/problem+json"

    judge.status = status
    return Request(number, kind, files, fields, headers or {}, judge)


def _word(document):
    """A Word file with such a document in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", document)
    return data.getvalue()


def hostile(number, dice, bomb):
    """Return a request that must be refused."""
    entity = _word(f'<!DOCTYPE x [<!ENTITY a "{number}">]><x>&a;</x>'.encode())
    return dice.choice(
        (
            lambda: _refused(number, "publish", _source(number, b""), {}, 422, 13),
            lambda: _refused(
                number, "publish", _source(number, bomb + b"%d" % number, "docx"), {}, 422, None
            ),
            lambda: _refused(
                number, "publish", _source(number, b"PK\3\4%d" % number, "docx"), {}, 422, 17
            ),
            lambda: _refused(
                number,
                "check",
                _source(number, b"<div>" * 90_000 + b"%d" % number, "html"),
                {},
                422,
                None,
            ),
            lambda: _refused(number, "publish", _source(number), {"style": "/etc/passwd"}, 400, 2),
            lambda: _refused(number, "publish", _source(number), {"output": "/etc"}, 400, 2),
            lambda: _refused(
                number, "publish", {"icc": ("a.icc", b"")}, {"source": "../../etc/passwd"}, 400, 2
            ),
            lambda: _refused(
                number,
                "publish",
                _source(number),
                {},
                401,
                None,
                headers={"authorization": "Bearer guess"},
            ),
            lambda: _refused(
                number,
                "publish",
                _source(number),
                {},
                403,
                None,
                headers={"origin": "https://evil.example"},
            ),
            lambda: _refused(number, "publish", _source(number, bytes(50 << 20)), {}, 413, None),
            lambda: _refused(
                number, "verify", {"pdf": ("a.pdf", b"%%PDF-1.7 %d" % number)}, {}, None, None
            ),
            lambda: _refused(number, "publish", _source(number, entity, "docx"), {}, 422, None),
        )
    )()


def requests(count, seed):
    """Return the requests of a run."""
    dice, bomb = random.Random(seed), _word(bytes(300 << 20))  # noqa: S311 - no secret
    kinds = (_publish, _publish, _check, _convert)
    return [
        hostile(number, dice, bomb)
        if dice.random() < HOSTILE_SHARE
        else dice.choice(kinds)(number, dice)
        for number in range(1, count + 1)
    ]


class Load:
    """Sends requests from several clients and judges the answers."""

    def __init__(self, connect, count, *, seed=31, on_answer=lambda _number: None):
        self._connect = connect
        self._waiting = requests(count, seed)[::-1]
        self._lock = threading.Lock()
        self._on_answer = on_answer
        self.answers = Counter()
        self.wrong = []
        """What is wrong with an answer, or why there was none."""

    def run(self):
        threads = [threading.Thread(target=self._run_client) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _run_client(self):
        with self._connect() as client:
            while True:
                with self._lock:
                    if not self._waiting:
                        return
                    request = self._waiting.pop()
                self._send(client, request)
                self._on_answer(request.number)

    def _send(self, client, request):
        try:
            answer = request.send(client)
            while answer.status_code == 429:
                time.sleep(float(answer.headers["retry-after"]))
                answer = request.send(client)
            wanted = getattr(request.judge, "status", 200)
            assert wanted in (None, answer.status_code), (
                f"{answer.status_code}: {answer.text[:200]}"
            )
            self.answers[answer.status_code] += 1
            if wanted is not None:
                request.judge(answer)
        except Exception as error:  # noqa: BLE001 - whatever is wrong is reported
            self.wrong.append((request.number, request.kind, f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    address, token, number = sys.argv[1:]
    started = time.perf_counter()
    load = Load(
        lambda: httpx.Client(
            base_url=address, headers={"authorization": f"Bearer {token}"}, timeout=600
        ),
        int(number),
    )
    load.run()
    print(dict(load.answers), load.wrong, f"{time.perf_counter() - started:.1f} s")  # noqa: T201
