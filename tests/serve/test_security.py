"""Who may use a server: token, session, CSRF token, host, origin, headers, sizes and rates."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from publisher.errors import UsageError
from publisher.serve.security.headers import HEADERS
from publisher.serve.security.rate_limit import RateLimit
from publisher.serve.security.sessions import LIFETIME, SessionSigner
from publisher.serve.settings import ServerSettings
from tests.serve.servers import TOKEN, make_client, make_settings, program_headers

PAGE = {"accept": "text/html"}


async def echo(request):
    session = getattr(request.state, "session", None)
    return PlainTextResponse(session.csrf_token if session else str(len(await request.body())))


@pytest.fixture
def make(tmp_path):
    def make_one(**settings):
        client = make_client(make_settings(tmp_path, **settings))
        client.app.router.routes.insert(0, Route("/echo", echo, methods=["GET", "POST"]))
        return client

    return make_one


@pytest.fixture
def client(make):
    return make()


def test_a_stranger_is_refused(client):
    assert client.get("/echo").status_code == 401
    assert client.get("/v1/x").json()["hint"].startswith("open the address")
    assert client.get("/echo?token=").status_code == 401
    assert client.get(f"/echo?token={TOKEN[:-1]}").status_code == 401
    assert client.get("/echo", headers={"authorization": f"Bearer {TOKEN}x"}).status_code == 401
    assert client.get("/echo", headers={"authorization": f"Basic {TOKEN}"}).status_code == 401


def test_only_the_state_of_the_server_needs_no_token(client):
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ready\n"
    assert client.get("/healthz/../echo").status_code == 401


def test_the_token_leaves_the_address_and_becomes_a_cookie(client):
    answer = client.get(f"/echo?token={TOKEN}&page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/echo?page=2")
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/echo").status_code == 200


def test_the_redirection_stays_on_this_server(client):
    answer = client.get(f"http://127.0.0.1:8631//other.example/x?token={TOKEN}")
    assert answer.headers["location"] == "/other.example/x"


def test_a_form_opens_a_session(client):
    assert "<form" in client.get("/echo", headers=PAGE).text
    assert client.post("/session", data={"token": "wrong"}).status_code == 401
    assert client.post("/session", data={"token": TOKEN}).headers["location"] == "/"
    assert client.get("/echo").status_code == 200


def test_a_long_form_for_the_token_is_not_read(client):
    long = {"token": TOKEN, "more": "x" * 5000}
    assert client.post("/session", data=long).status_code == 401
    parts = {"token": ("a", TOKEN.encode())}
    assert client.post("/session", files=parts).status_code == 401


def test_a_client_that_leaves_in_the_middle_of_the_form_is_no_error(client):
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/session",
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1:8631"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", b"4000"),
        ],
    }

    async def receive():
        return {"type": "http.disconnect"}

    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(client.app(scope, receive, send))
    assert sent[0]["status"] == 401


def test_a_change_needs_the_token_of_the_session(client):
    client.get(f"/echo?token={TOKEN}")
    token = client.get("/echo").text
    assert client.post("/echo").status_code == 403
    assert client.post("/echo", headers={"x-csrf-token": token[:-1] + "x"}).status_code == 403
    assert client.post("/echo", headers={"x-csrf-token": token}).status_code == 200
    assert client.post(f"/echo?csrf_token={token}").status_code == 200


def test_the_token_of_another_session_is_refused(make):
    first, second = make(), make()
    for client in (first, second):
        client.get(f"/echo?token={TOKEN}")
    token = first.get("/echo").text
    assert second.post("/echo", headers={"x-csrf-token": token}).status_code == 403


def test_a_cookie_is_signed_and_ends(monkeypatch):
    signer = SessionSigner("secret")
    cookie = signer.create()
    assert signer.read(cookie).csrf_token
    assert signer.read(f"0{cookie[1:]}" if cookie[0] != "0" else f"1{cookie[1:]}") is None
    assert signer.read("") is None
    assert SessionSigner("another").read(cookie) is None
    monkeypatch.setattr("time.time", lambda: float(cookie.split(".")[1]) + LIFETIME + 1)
    assert signer.read(cookie) is None


def test_a_program_needs_no_session(client):
    assert client.post("/echo", headers=program_headers(), content=b"abc").text == "3"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8631", "127.0.0.1.evil.example", ""]
)
def test_a_name_of_another_host_is_refused(client, host):
    assert client.get("/healthz", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:1", "[::1]:8631", "192.0.2.7", "desk.example:443"])
def test_own_names_are_accepted(make, host):
    client = make(host_names=("desk.example",))
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8632"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(client, headers):
    assert client.post("/echo", headers=program_headers(**headers)).status_code == 403


def test_a_page_of_this_server_may_ask_for_changes(client):
    headers = program_headers(origin="http://127.0.0.1:8631", **{"sec-fetch-site": "same-origin"})
    assert client.post("/echo", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/echo", "/v1/x"])
def test_every_answer_has_the_headers(client, path):
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    assert "unsafe" not in headers["content-security-policy"]


def test_a_long_request_is_refused(make):
    client = make(max_request_bytes=1000)
    assert client.post("/echo", headers=program_headers(), content=bytes(1000)).text == "1000"
    answer = client.post("/echo", headers=program_headers(), content=bytes(1001))
    assert answer.status_code == 413

    def parts():
        for _ in range(11):
            yield bytes(100)

    assert client.post("/echo", headers=program_headers(), content=parts()).status_code == 413


def test_a_client_that_leaves_is_no_error_of_the_server(make, caplog):
    client = make()

    async def leave(_request):
        raise ClientDisconnect

    client.app.router.routes.insert(0, Route("/leave", leave))
    assert client.get("/leave", headers=program_headers()).status_code == 400
    assert not caplog.records


def test_too_many_requests_are_refused_for_a_time(make):
    client = make(requests_per_minute=5)
    codes = [client.get("/healthz").status_code for _ in range(7)]
    assert codes == [200] * 5 + [429] * 2
    assert int(client.get("/healthz").headers["retry-after"]) == 12


def test_the_rate_is_that_of_each_client():
    now = [0.0]
    limit = RateLimit(None, per_minute=60, clock=lambda: now[0])
    assert [limit._take("a") for _ in range(61)][-1] == 1.0
    assert limit._take("b") == 0
    now[0] += 1
    assert limit._take("a") == 0


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"address": "0.0.0.0", "token": ""}, "without a token"),  # noqa: S104
        ({"address": "::", "token": ""}, "without a token"),
        ({"token": ""}, "has no token"),
        ({"token": "short"}, "fewer than 16"),
        ({"address": "desk.example"}, "not an IP address"),
    ],
)
def test_an_open_server_is_not_started(tmp_path, changed, message):
    with pytest.raises(UsageError, match=message):
        assert ServerSettings(**{"state": tmp_path, "token": TOKEN} | changed).is_local


def test_a_reverse_proxy_may_decide(make):
    client = make(token="", behind_proxy=True, address="0.0.0.0")  # noqa: S104
    token = client.get("/echo").text
    assert client.post("/echo").status_code == 403
    assert client.post("/echo", headers={"x-csrf-token": token}).status_code == 200


def test_settings_do_not_print_their_token(tmp_path):
    assert TOKEN not in repr(make_settings(tmp_path))


def test_problems_are_in_the_language_of_the_client(client):
    answer = client.get("/v1/x", headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"})
    assert answer.json()["detail"] == "需要令牌"
    assert "需要令牌" in client.get("/", headers={**PAGE, "accept-language": "zh"}).text
