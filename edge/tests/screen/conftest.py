"""The page of a desk that shows what a test wants, asked as a browser asks."""

import re

import httpx
import pytest
from farm_edge.screen import Server, app
from screen_views import VIEWS, ShownDesk


class Visitor:
    """Somebody at the page, without JavaScript."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20)

    def page(self, path="/") -> str:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def form(self, html: str, act: str, button: str = "act") -> dict[str, str]:
        """The hidden fields of the form that presses a button."""
        for form in re.findall(r"<form.*?</form>", html, re.S):
            fields = re.findall(
                r'<input type="hidden" name="(\w+)" value="([^"]*)"', form
            )
            if (button, act) in fields:
                return dict(fields)
        raise LookupError(f"There is no button {act}")

    def press(self, act: str, button: str = "act", **values: str) -> httpx.Response:
        """Press a button of the page as it is now."""
        form = self.form(self.page(), act, button) | values
        return self.http.post("/act", data=form)


@pytest.fixture
def desk():
    return ShownDesk()


@pytest.fixture
def language():
    """The device's language; a test may change it."""
    return ["en"]


@pytest.fixture
def server(desk, language):
    server = Server(app(desk, lambda: language[0]), 0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visitor(server):
    visitor = Visitor(server.url)
    yield visitor
    visitor.http.close()


@pytest.fixture(params=VIEWS)
def view(request):
    return VIEWS[request.param]
