"""A real Chromium, driven by the DevTools protocol."""

import json
import subprocess
import time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
import websocket

from dev import browser

PATIENCE = 60
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--window-size=390,844",
)


class Browser:
    """One page; what it cannot do raises ``RuntimeError``."""

    def __enter__(self):
        self.folder = TemporaryDirectory(ignore_cleanup_errors=True)
        command = [browser.find(), *SWITCHES, f"--user-data-dir={self.folder.name}"]
        self.process = subprocess.Popen(
            [*command, "about:blank"], stderr=subprocess.DEVNULL
        )
        self.numbers = count(1)
        self.socket = websocket.create_connection(self._address(), timeout=PATIENCE)
        self.ask("Page.enable")
        return self

    def __exit__(self, *_error):
        self.socket.close()
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def _address(self):
        file = Path(self.folder.name, "DevToolsActivePort")
        wait(lambda: file.exists() and file.read_text().count("\n"))
        port = file.read_text().split()[0]
        pages = requests.get(f"http://127.0.0.1:{port}/json", timeout=PATIENCE).json()
        return next(
            page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page"
        )

    def ask(self, method, **params):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        self.socket.send(json.dumps(message))
        answer = {}
        while answer.get("id") != number:
            answer = json.loads(self.socket.recv())
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]

    def js(self, code):
        answer = self.ask(
            "Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait(self, code):
        wait(lambda: self.js(f"Boolean({code})"))

    def type(self, text):
        """As a scanner does: each character as a key, and Enter."""
        for letter in text:
            self._press(key=letter, text=letter)
        self._press(key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")

    def _press(self, text, **key):
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **key)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **key)


def wait(is_done):
    end = time.monotonic() + PATIENCE
    while not is_done():
        if time.monotonic() > end:
            raise RuntimeError("The browser is not where it should be")
        time.sleep(0.05)
