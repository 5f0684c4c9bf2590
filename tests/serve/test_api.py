"""The API: forms, answers, problems, jobs and their results."""

import io
import json
import zipfile

import pytest

from publisher.errors import CrashError
from publisher.serve.api.operations import OPERATIONS
from publisher.serve.option_values import OPTION_FIELDS
from tests.serve.servers import (
    REPORT,
    TOKEN,
    InlinePool,
    make_client,
    make_settings,
    program_headers,
    send,
    wait_for,
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with make_client(make_settings(tmp_path_factory.mktemp("server"))) as client:
        yield client


def problem(answer, status):
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def test_a_check_is_answered_with_its_result(client):
    answer = send(client, "check")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="report.check')
    result = answer.json()
    assert (result["holds"], result["fails"]) == (1, 0)
    assert (result["checks"][0]["statement"], result["checks"][0]["line"]) == ("13 = 12 + 1", 5)


def test_the_layout_of_a_document_is_measured(client):
    assert send(client, "check", gb9704="true").json()["form"] == "document"


def test_a_publication_is_that_of_the_command_line(client, tmp_path):
    from publisher import Options, publish

    source = tmp_path / "report.txt"
    source.write_bytes(REPORT)
    decisions = tmp_path / "report.decisions.toml"
    decisions.write_text('[report]\ntitle = "某市2019年年度报告"\n')
    publication = publish(source, Options(output=tmp_path, style="reader"))
    files = {
        "source": ("report.txt", REPORT),
        "decisions": ("report.decisions.toml", decisions.read_bytes()),
    }
    answer = send(client, "publish", files=files, style="reader")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content == publication.pdf.read_bytes()
    everything = send(client, "publish", files=files, style="reader", accept="application/zip")
    with zipfile.ZipFile(io.BytesIO(everything.content)) as package:
        assert package.namelist() == ["report.pdf", "report.record.json"]
        assert package.read("report.record.json") == publication.record.read_bytes()
    path = answer.headers["content-location"]
    one_file = client.get(f"{path}?file=report.record.json", headers=program_headers())
    assert one_file.content == publication.record.read_bytes()
    assert client.get(f"{path}?file=../request.json", headers=program_headers()).status_code == 404


def test_several_results_are_a_zip_file(client):
    answer = send(client, "publish", emit="txt")
    assert answer.headers["content-disposition"].startswith('attachment; filename="report.zip"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert set(package.namelist()) == {
            "report.pdf",
            "report.record.json",
            "report.normalised.txt",
        }
    only_pdf = send(client, "publish", emit="txt", accept="application/pdf")
    assert only_pdf.content.startswith(b"%PDF-")


def test_a_publication_is_verified(client):
    with zipfile.ZipFile(
        io.BytesIO(send(client, "publish", accept="application/zip").content)
    ) as package:
        pdf, record = (package.read(name) for name in ("report.pdf", "report.record.json"))
    files = {"pdf": ("a.pdf", pdf), "record": ("a.record.json", record)}
    assert send(client, "verify", files=files).json()["passed"]
    files["record"] = ("a.record.json", record.replace(b'"13"', b'"14"'))
    assert not send(client, "verify", files=files).json()["passed"]
    files = {"pdf": ("a.pdf", pdf), "record": ("a", record), "source": ("b.txt", b"another")}
    assert problem(send(client, "verify", files=files), 422)["where"] == "b.txt"
    assert "verdict" in send(client, "preflight", files={"pdf": ("a.pdf", pdf)}).json()


def test_a_text_is_converted(client):
    result = send(client, "convert", script="zh-Hant-TW").json()
    assert "政府信息公開工作年度報告" in result["text"]
    assert problem(send(client, "convert"), 400)["detail"] == "script: the field is missing"
    assert "nothing is converted" in problem(send(client, "convert", script="keep"), 400)["detail"]


MISTAKES = [
    ({"stile": "reader"}, "did you mean style?"),
    ({"output": "/tmp/x"}, "known: source, style"),  # noqa: S108 - refused
    ({"style": "reeder"}, "did you mean reader?"),
    ({"style": "/etc"}, "known: "),
    ({"style": "../gongwen"}, "did you mean gongwen?"),
    ({"emit": "excel"}, "did you mean xlsx?"),
    ({"with_checks": "perhaps"}, "true or false"),
    ({"bleed": "much"}, "digits"),
    ({"bleed": "nan"}, "digits"),
    ({"bleed": "50"}, "from 0 to 20"),
    ({"fonts": "[]"}, "as JSON"),
    ({"fonts": '{"serif": ["X"]}'}, "known: fangsong"),
    ({"source": "text"}, "-F source=@FILE"),
    ({"decisions": "report.decisions.toml"}, "-F decisions=@FILE"),
    ({"date": "2020-02-30"}, "year, month and day"),
]


@pytest.mark.parametrize(("fields", "hint"), MISTAKES)
def test_a_mistake_is_refused_with_what_was_meant(client, fields, hint):
    files = {"source": ("report.txt", REPORT)} if "source" not in fields else {"icc": ("a", b"")}
    found = problem(send(client, "publish", files=files, **fields), 400)
    assert hint in found["hint"]
    assert (found["error"], found["exit_code"]) == ("UsageError", 2)


def test_a_file_is_no_option_and_is_sent_once(client):
    files = {"source": ("report.txt", REPORT), "style": ("style.toml", b"")}
    assert "a text is required" in problem(send(client, "publish", files=files), 400)["detail"]
    twice = [("source", ("a.txt", REPORT)), ("source", ("b.txt", REPORT))]
    assert "there twice" in problem(send(client, "publish", files=twice), 400)["detail"]
    assert (
        "is missing" in problem(send(client, "publish", files={"icc": ("a", b"")}), 400)["detail"]
    )


def test_names_may_have_hyphens_and_lists_may_be_repeated(client):
    fields = {"missing-glyph": "error", "with-checks": "yes", "names": ["甲", "乙,丙"]}
    answer = send(client, "publish", prefer="respond-async", **fields)
    assert answer.json()["options"] == {
        "missing_glyph": "error",
        "with_checks": True,
        "names": ["甲", "乙", "丙"],
    }


def test_another_media_type_is_refused(client):
    answer = client.post("/v1/publish", headers=program_headers(), json={"source": "x"})
    assert problem(answer, 415)["detail"] == "the request is no form (multipart/form-data)"
    assert client.get("/v1/publish", headers=program_headers()).status_code == 405
    assert client.post("/v1/unknown", headers=program_headers()).status_code == 404


def test_every_option_is_a_field(client):
    assert set(OPERATIONS["publish"].names) == {*OPTION_FIELDS, "source"} - {
        "output",
        "engine",
        "extensions",
    }


@pytest.mark.parametrize(
    ("name", "data", "error", "code"),
    [
        ("a.txt", b"", "SourceEmptyError", 13),
        ("a.docx", b"PK\x03\x04 no archive", "SourceDamagedError", 17),
        ("a.jpg", b"\xff\xd8\xff\xe0 a picture", "UnsupportedFormatError", 15),
    ],
)
def test_a_bad_report_is_the_problem_of_its_client(client, name, data, error, code):
    found = problem(send(client, "publish", files={"source": (name, data)}), 422)
    assert (found["error"], found["exit_code"], found["where"]) == (error, code, name)
    assert found["hint"]
    described = client.get(found["instance"], headers=program_headers()).json()
    assert (described["state"], described["problem"]["exit_code"]) == ("failed", code)
    assert client.get(f"{found['instance']}/result", headers=program_headers()).status_code == 422


def test_a_failing_figure_is_an_error_with_strict(client):
    claim = "全年收入100万元，比上年的80万元增长30%。"
    wrong = {"source": ("a.txt", REPORT.replace("全部".encode(), claim.encode()))}
    found = problem(send(client, "check", files=wrong, strict="true"), 422)
    assert found["exit_code"] == 50
    assert send(client, "check", files=wrong).json()["fails"] == 1


def test_no_path_of_the_server_is_in_an_answer(client, tmp_path):
    files = {
        "source": ("report.txt", REPORT),
        "glossary": ("words.tsv", b"one column"),
    }
    answer = send(client, "publish", files=files, script="zh-Hant-TW")
    found = problem(answer, 400)
    assert found["where"].startswith("words.tsv")
    assert "/server" not in answer.text
    assert "/jobs/" not in answer.text.replace(f'"instance": "{found["instance"]}"', "")


def test_a_problem_is_in_the_language_of_its_client(client):
    headers = program_headers(**{"accept-language": "zh-CN"})
    files = {"source": ("a.txt", b"")}
    answer = client.post("/v1/check", files=files, headers=headers)
    assert answer.json()["detail"] == "没有文字"
    job = client.get(answer.json()["instance"], headers=headers).json()
    assert job["problem"]["detail"] == "没有文字"


def test_a_job_is_followed_and_fetched(client):
    answer = send(client, "check", prefer="respond-async", names="甲")
    assert answer.status_code == 202
    job = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}" == job["links"]["self"]
    finished = wait_for(client, job["id"])
    assert (finished["state"], finished["summary"]["holds"]) == ("done", 1)
    result = client.get(finished["links"]["result"], headers=program_headers())
    assert result.json()["holds"] == 1
    assert finished["results"][0]["size"] == len(result.content)


def test_the_same_request_is_the_same_job(client):
    first = send(client, "check", prefer="respond-async", edits="none").json()["id"]
    wait_for(client, first)
    calls = len(client.app.state.context.pool.calls)
    again = send(client, "check", prefer="respond-async", edits="none", encoding="")
    assert (again.status_code, again.headers["content-location"]) == (
        200,
        f"/v1/jobs/{first}/result",
    )
    assert len(client.app.state.context.pool.calls) == calls
    others = [
        send(client, "check", prefer="respond-async", **changed).headers
        for changed in (
            {"edits": "all"},
            {"edits": "none", "files": {"source": ("other.txt", REPORT)}},
            {"edits": "none", "files": {"source": ("report.txt", REPORT + b"\n")}},
        )
    ]
    assert all(first not in str(headers) for headers in others)


def test_a_job_that_another_client_removed_meanwhile_is_no_failure_of_the_server(
    client, monkeypatch
):
    jobs = client.app.state.context.jobs
    wait = jobs.wait

    async def wait_and_remove(identifier, seconds):
        status = await wait(identifier, seconds)
        await jobs.remove(identifier)
        return status

    monkeypatch.setattr(jobs, "wait", wait_and_remove)
    answer = send(client, "check", files={"source": ("removed.txt", REPORT)})
    assert problem(answer, 404)["detail"].startswith("there is no such job")


def test_a_job_is_removed_by_its_client(client):
    job = send(client, "check", prefer="respond-async", edits="all", names="丁").json()["id"]
    wait_for(client, job)
    path = f"/v1/jobs/{job}"
    assert client.delete(path, headers=program_headers()).status_code == 204
    assert client.get(path, headers=program_headers()).status_code == 404
    assert client.delete(path, headers=program_headers()).status_code == 404


@pytest.mark.parametrize("identifier", ["0" * 32, "..", "%2e%2e%2f", "request.json", "x" * 300])
def test_there_is_no_other_job(client, identifier):
    for tail in ("", "/events", "/result"):
        path = f"/v1/jobs/{identifier}{tail}"
        assert client.get(path, headers=program_headers()).status_code == 404


def test_names_of_files_are_no_paths(client):
    files = {"source": ("../../etc/年报 \u202e“一”.txt", REPORT)}
    answer = send(client, "check", files=files)
    value = answer.headers["content-disposition"]
    assert value.startswith('attachment; filename="')
    assert "etc" not in value
    assert "%E5%B9%B4%E6%8A%A5%20%E2%80%9C" in value


def test_the_metrics_count(client):
    send(client, "check", files={"source": ("a.txt", b"")})
    client.request("BREW", "/v1/x" * 50, headers=program_headers())
    text = client.get("/metrics", headers=program_headers()).text
    assert 'publisher_jobs_total{exit_code="13",kind="check",state="failed"}' in text
    assert 'publisher_requests_total{method="other",route="/v1/",status="404"}' in text
    assert "publisher_workers_ready 1.0" in text
    assert client.get("/metrics").status_code == 401
    assert TOKEN not in text


class CrashingPool(InlinePool):
    async def run(self, *_arguments, name="", **_options):
        raise CrashError("the worker process was ended by signal 11 (SIGSEGV)", where=name)


def test_a_poison_report_is_the_problem_of_its_client_only(tmp_path):
    with make_client(make_settings(tmp_path), CrashingPool()) as client:
        found = problem(send(client, "publish"), 422)
        assert (found["exit_code"], found["where"]) == (63, "report.txt")
        assert client.get("/readyz").status_code == 200
        client.app.state.context.pool.__class__ = InlinePool
        client.app.state.context.pool.calls = []
        assert send(client, "publish").status_code == 200  # the machine may do better next time


def test_a_bug_is_reported_without_a_traceback(tmp_path, monkeypatch):
    with make_client(make_settings(tmp_path)) as client:
        monkeypatch.setattr("publisher.serve.api.routes.read_form", None)
        found = problem(send(client, "check"), 500)
        assert "bug in Publisher" in found["hint"]
        assert "Traceback" not in json.dumps(found)
        assert found["detail"] == "the server failed (TypeError)"
