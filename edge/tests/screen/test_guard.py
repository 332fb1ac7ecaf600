"""Only this machine's own page is answered, and it loads nothing from elsewhere."""

import re
import socket
from pathlib import Path

import pytest
from farm_edge import screen
from farm_edge.screen import PortTaken, Server, app

STATIC = Path(screen.__file__).parent / "static"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:80", "", "[", "192.168.1.7"]
)
def test_a_name_that_is_not_of_this_machine_is_refused(visitor, host):
    assert visitor.http.get("/", headers={"Host": host}).status_code in (400, 403)


@pytest.mark.parametrize("host", ["localhost:8070", "127.0.0.1", "[::1]:8070"])
def test_this_machine_has_several_names(visitor, host):
    assert visitor.http.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_presses_nothing(visitor, desk, headers):
    form = visitor.form(visitor.page(), "split", "go")
    assert visitor.http.post("/act", data=form, headers=headers).status_code == 403
    assert desk.pressed == []


@pytest.mark.parametrize("path", ["/act", "/print"])
@pytest.mark.parametrize("token", [None, "", "guessed", "ü"])
def test_a_form_that_nobody_has_read_presses_nothing(visitor, desk, path, token):
    form = visitor.form(visitor.page(), "split", "go")
    del form["token"]
    if token is not None:
        form["token"] = token
    assert visitor.http.post(path, data=form).status_code == 403
    assert desk.pressed == []


def test_an_own_page_presses(visitor, desk, server):
    form = visitor.form(visitor.page(), "split", "go")
    origin = {"Origin": server.url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert visitor.http.post("/act", data=form, headers=origin).status_code == 303
    assert desk.pressed == [("go split", {})]


@pytest.mark.parametrize("path", ["/", "/live", "/static/screen.css", "/nothing"])
def test_every_answer_forbids_what_is_not_ours(visitor, path):
    with visitor.http.stream("GET", path) as answer:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_nothing_outside_of_the_folder_is_served(visitor):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd"):
        assert visitor.http.get(path).status_code == 404


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
def test_no_file_names_another_site(path):
    names = set(re.findall(r"https?://[\w./]+", path.read_text()))
    assert names <= {"http://www.w3.org/2000/svg"}


def test_the_virtual_reader_is_there_only_with_one(visitor):
    assert visitor.http.get("/simulate").status_code == 404


def test_it_listens_to_this_machine_alone(server):
    with pytest.raises(OSError):
        address = socket.gethostbyname(socket.gethostname())
        if address.startswith("127."):
            pytest.skip("this machine has no other address")
        socket.create_connection((address, server.port), timeout=2)


def test_a_port_that_is_taken_is_told(server, desk):
    with pytest.raises(PortTaken, match="choose another"):
        Server(app(desk), server.port)


def test_a_form_that_is_too_long_is_refused(visitor):
    form = {f"field{n}": "x" for n in range(1_500)}
    assert visitor.http.post("/act", data=form).status_code == 400


def test_what_is_no_form_is_refused(visitor):
    answer = visitor.http.post("/act", content=b"{}", headers={"Content-Type": "x/y"})
    assert answer.status_code == 403
