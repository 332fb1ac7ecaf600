"""A real Chromium, driven by the DevTools protocol."""

from __future__ import annotations

import base64
import json
import resource
import shutil
import subprocess
import time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import websocket

#: as ``dev.browser`` looks for them
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
#: seconds that anything may take; nothing is decided by less
PATIENCE = 30
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--hide-scrollbars",
)
KIOSK, PHONE = (800, 480), (390, 844)
#: JavaScript: where a finger can reach something, else nothing
REACH = """(css) => {
    const node = document.querySelector(css);
    if (!node) return null;
    node.scrollIntoView({block: "nearest"});
    const box = node.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    return node.contains(document.elementFromPoint(x, y)) ? [x, y] : null;
}"""
#: JavaScript: what is pressed and smaller than a finger, or outside of the screen
SMALL = """[...document.querySelectorAll("button, a, input:not([type=hidden])")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width < 47.5 || box.height < 47.5
        || box.left < 0 || box.right > innerWidth + 0.5)
    .map(([one, box]) => `${one.id || one.name || one.textContent.trim()}`
        + ` ${box.width}×${box.height}`)"""
#: JavaScript: texts that do not fit where they stand
CUT = """[...document.querySelectorAll("#stage *")]
    .filter((one) => one.checkVisibility() && !one.matches("input, svg, svg *, .body"))
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth
        && getComputedStyle(one).display !== "inline")
    .map((one) => `${one.tagName}.${one.className} ${one.textContent.trim()}`)"""


def find() -> str | None:
    """The machine's browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """One page on a screen of some size."""

    def __init__(self, size: tuple[int, int] = KIOSK, *switches: str) -> None:
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        path = find()
        assert path
        self._process = subprocess.Popen(
            [
                path,
                *SWITCHES,
                *switches,
                f"--user-data-dir={self._folder.name}",
                "about:blank",
            ],
            stderr=subprocess.DEVNULL,
            preexec_fn=_have_memory,
        )
        self._numbers = count(1)
        self.problems: list[str] = []
        try:
            address = self._address()
        except BaseException:
            self._process.kill()
            raise
        self._socket = websocket.create_connection(address, timeout=PATIENCE)
        self.ask("Page.enable")
        self.ask("Runtime.enable")
        self.ask("Log.enable")
        self.resize(size)

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def _address(self) -> str:
        file = Path(self._folder.name, "DevToolsActivePort")
        wait(lambda: file.exists() and file.read_text().count("\n"), "a browser")
        port = file.read_text().split()[0]
        pages = httpx.get(f"http://127.0.0.1:{port}/json", timeout=PATIENCE).json()
        return next(
            page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page"
        )

    def ask(self, method, **params):
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        self._socket.send(json.dumps(message))
        answer = {}
        while answer.get("id") != number:
            answer = json.loads(self._socket.recv())
            self._note(answer)
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]

    def _note(self, told):
        """Keep what the page complains of."""
        if told.get("method") == "Runtime.exceptionThrown":
            self.problems.append(str(told["params"]["exceptionDetails"]))
        elif told.get("method") == "Log.entryAdded":
            entry = told["params"]["entry"]
            if entry["level"] == "error" and entry["source"] != "network":
                self.problems.append(entry["text"])

    def js(self, code):
        answer = self.ask(
            "Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def open(self, url):
        """Go to a page, and wait until it is there and alive."""
        self.ask("Page.navigate", url=url)
        self.wait(f"location.href === {json.dumps(url)} && window.isReady !== false")
        self.wait("document.readyState === 'complete'")

    def resize(self, size):
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=size[0],
            height=size[1],
            deviceScaleFactor=1,
            mobile=size[0] < 600,
        )

    def wait(self, code):
        """Until it is so; while a page is loaded, nothing is."""
        asked = (
            f"(() => {{ try {{ return Boolean({code}) }} catch {{ return false }} }})()"
        )
        wait(lambda: self.js(asked), code)

    def text(self, css="#stage"):
        return self.js(f"document.querySelector({json.dumps(css)})?.innerText ?? ''")

    def click(self, css, times=1):
        """As a finger: where the middle of it is, if nothing lies above it."""
        code = f"({REACH})({json.dumps(css)})"
        self.wait(code)
        x, y = self.js(code)
        for number in range(1, times + 1):
            where = {"x": x, "y": y, "button": "left", "clickCount": number}
            self.ask("Input.dispatchMouseEvent", type="mousePressed", **where)
            self.ask("Input.dispatchMouseEvent", type="mouseReleased", **where)

    def key(self, key, code=0, text=""):
        named = {"key": key, "windowsVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **named)

    def type(self, text):
        for letter in text:
            self.key(letter, text=letter)

    def enter(self):
        self.key("Enter", 13, "\r")

    def picture(self, path):
        data = self.ask("Page.captureScreenshot")["data"]
        Path(path).write_bytes(base64.b64decode(data))


def _have_memory():
    """Chromium reserves more than a server in the same run allows itself."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def wait(is_done, what):
    end = time.monotonic() + PATIENCE
    while not is_done():
        if time.monotonic() > end:
            raise RuntimeError(f"There is nothing of: {what}")
        time.sleep(0.03)
