"""The description of the API: for programs as OpenAPI, for people as a page."""

import re

import pytest
from jsonschema import Draft202012Validator

from publisher.serve.api.openapi import describe_api, error_classes
from publisher.serve.api.operations import OPERATIONS
from tests.serve.servers import make_client, make_settings, program_headers, send


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with make_client(make_settings(tmp_path_factory.mktemp("server"))) as client:
        yield client


@pytest.fixture(scope="module")
def description(client):
    return client.get("/v1/openapi.json", headers=program_headers()).json()


def schema(description, name):
    part = description["components"]["schemas"][name]
    return Draft202012Validator({**part, "components": description["components"]})


def test_every_operation_and_field_is_described(description):
    for kind, operation in OPERATIONS.items():
        described = description["paths"][f"/v1/{kind}"]["post"]
        form = described["requestBody"]["content"]["multipart/form-data"]["schema"]
        Draft202012Validator.check_schema(form)
        assert tuple(form["properties"]) == operation.names
        assert all(item["description"] for item in form["properties"].values())


def test_the_routes_are_those_of_the_description(client, description):
    for path, item in description["paths"].items():
        real = path.replace("{id}", "0" * 32)
        for method in ("get", "post", "delete"):
            status = client.request(method, real, headers=program_headers()).status_code
            assert (status == 405) == (method not in item), (method, path)


def test_every_reference_has_a_target(description):
    def references(value):
        if isinstance(value, dict):
            yield from ([value["$ref"]] if "$ref" in value else [])
            for part in value.values():
                yield from references(part)
        elif isinstance(value, list):
            for part in value:
                yield from references(part)

    names = {name.removeprefix("#/components/schemas/") for name in references(description)}
    assert names == set(description["components"]["schemas"])


def test_answers_fit_their_schemas(client, description):
    job = send(client, "check", prefer="respond-async")
    problem = send(client, "check", files={"source": ("a.txt", b"")})
    schema(description, "Job").validate(job.json())
    schema(description, "Problem").validate(problem.json())
    failed = client.get(problem.json()["instance"], headers=program_headers()).json()
    schema(description, "Job").validate(failed)
    with pytest.raises(Exception, match="required"):
        schema(description, "Problem").validate({"status": 400})


@pytest.mark.parametrize(("language", "words"), [("zh-Hans", "出版物"), ("en", "publish a report")])
def test_the_page_explains_everything(client, language, words):
    answer = client.get(f"/v1/?lang={language}", headers=program_headers())
    assert answer.headers["content-type"].startswith("text/html")
    page = answer.text
    assert f'<html lang="{language}">' in page
    assert words in page
    for operation in OPERATIONS.values():
        for name in operation.names:
            assert f"<code>{name}</code>" in page
    for kind in error_classes():
        assert f'id="{kind.__name__}"' in page
    assert not re.search(r"<script|<[^>]* (style|on\w+)=", page)
    problem = send(client, "check", files={"source": ("a.txt", b"")}).json()
    assert f'id="{problem["type"].partition("#")[2]}"' in page
    sheet = re.search(r'stylesheet" href="([^"]+)"', page)[1]
    assert (
        client.get(sheet, headers=program_headers()).headers["content-type"].startswith("text/css")
    )


def test_texts_are_in_the_language_of_the_client():
    chinese = describe_api("zh-Hans")["paths"]["/v1/publish"]["post"]
    assert chinese["summary"] == "把报告发布为 PDF，并附记录"
    assert set(chinese["responses"]) >= {"200", "202", "400", "422", "429"}
