"""Who answers on this machine is asked straight; who does not is told in a sentence."""

import sys
from subprocess import Popen, run
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from dev import machine, say, server
from dev.person import Person


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words):
        pass


@pytest.fixture
def page():
    """A server that shows a page to whoever gets, and fails for whoever posts."""

    def answer(asked, start):
        good = asked["REQUEST_METHOD"] == "GET"
        start("200 OK" if good else "500 Internal Server Error", [])
        return [b"x"]

    with make_server("127.0.0.1", 0, answer, handler_class=Quiet) as found:
        Thread(target=found.serve_forever, daemon=True).start()
        yield found.server_port
        found.shutdown()


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(page, monkeypatch):
    for variable in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    address = f"http://127.0.0.1:{page}/"
    look = "import sys; from dev import server; assert server._answers(sys.argv[1])"
    assert run([sys.executable, "-c", look, address], check=False).returncode == 0


def test_an_odoo_that_fails_or_is_gone_is_told_in_a_sentence(page):
    for port in (page, machine.free_port()):
        with pytest.raises(say.Stop, match="Odoo does not answer: "):
            Person(port, "farm_demo", "admin", "admin")


def test_a_program_that_ends_before_its_page_is_there_is_not_waited_for(tmp_path):
    child = Popen([sys.executable, "-c", ""])
    address = f"http://127.0.0.1:{machine.free_port()}/"
    with pytest.raises(say.Stop, match=r"The device ended at once: .*log says why"):
        server.wait_for_answer(child, address, "The device", tmp_path / "log")
