import json
import time

from odoo.tests.common import HOST, ChromeBrowser

#: how long a device may take for anything, in seconds; nothing is decided by less
PATIENCE = 30
#: JavaScript: the middle and the size of what a finger can reach, else nothing
REACH = """(css) => {
    const node = document.querySelector(css);
    node.scrollIntoView({block: "nearest"});
    const box = node.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const isOnTop = node.contains(document.elementFromPoint(x, y));
    return isOnTop ? [x, y, box.width, box.height] : null;
}"""


class DeviceBrowser(ChromeBrowser):
    """A picker's device: Chromium by the DevTools protocol, with keys, touch, and a
    network that can be cut, also for the page's service worker.
    """

    def __init__(self, test_case):
        self.workers = []
        self.is_offline = False
        super().__init__(test_case)
        self._handlers["Target.attachedToTarget"] = self._on_attached
        self._websocket_request(
            "Target.setAutoAttach",
            params={
                "autoAttach": True,
                "waitForDebuggerOnStart": False,
                "flatten": True,
            },
        )
        self._websocket_request("Network.enable")
        self._websocket_request(
            "Emulation.setTouchEmulationEnabled", params={"enabled": True}
        )

    # -- network ----------------------------------------------------------------------

    def _on_attached(self, sessionId, targetInfo, **_more):
        if targetInfo["type"] == "service_worker":
            self.workers.append(sessionId)
            self._cut(sessionId)

    def set_offline(self, is_offline):
        self.is_offline = is_offline
        for session in self.workers:
            self._cut(session)
        self._websocket_request(
            "Network.emulateNetworkConditions", params=self._conditions()
        )

    def _conditions(self):
        return {
            "offline": self.is_offline,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        }

    def _cut(self, session):
        """The network of a worker; answered or not, as workers come and go."""
        for method, params in (
            ("Network.enable", {}),
            ("Network.emulateNetworkConditions", self._conditions()),
        ):
            message = {
                "id": next(self._request_id),
                "method": method,
                "params": params,
                "sessionId": session,
            }
            self.ws.send(json.dumps(message))

    # -- what the person sees ---------------------------------------------------------

    def js(self, code):
        answer = self._websocket_request(
            "Runtime.evaluate",
            params={"expression": code, "awaitPromise": True, "returnByValue": True},
            timeout=PATIENCE,
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, code, what=None):
        """Until some JavaScript is true."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.js(
                f"(async () => {{ try {{ return !!(await ({code})) }} catch {{}} }})()"
            ):
                return
            time.sleep(0.05)
        seen = self.js("document.body.innerText")
        raise AssertionError(f"{what or code} did not come. On the screen:\n{seen}")

    def see(self, css, text=""):
        """Wait for something on the screen."""
        found = f"[...document.querySelectorAll({json.dumps(css)})]"
        self.wait(
            f"{found}.some((one) => one.innerText.includes({json.dumps(text)}))",
            f"{css} with “{text}”",
        )

    # -- what the person does ---------------------------------------------------------

    def scan(self, text, end="Enter"):
        """As a keyboard-type scanner sends it: keys, GS as Ctrl+], and a suffix."""
        for letter in text:
            if letter == "\x1d":
                self._key(key="]", code="BracketRight", modifiers=2)
            else:
                self._key(key=letter, text=letter)
        self._key(key=end, code=end, windowsVirtualKeyCode=13, text="\r")

    def _key(self, text=None, **key):
        pressed = key | ({"text": text} if text else {})
        self._websocket_request(
            "Input.dispatchKeyEvent", params={"type": "keyDown"} | pressed
        )
        self._websocket_request(
            "Input.dispatchKeyEvent", params={"type": "keyUp"} | key
        )

    def tap(self, css):
        """With a finger, in the middle of it."""
        self.wait(f"({REACH})({json.dumps(css)})", f"{css}, with nothing over it,")
        x, y, width, height = self.js(f"({REACH})({json.dumps(css)})")
        if min(width, height) < 48:
            raise AssertionError(f"{css} is too small for a glove: {width} x {height}")
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            self._websocket_request(
                "Input.dispatchTouchEvent", params={"type": kind, "touchPoints": points}
            )

    def enter(self, css, text):
        """Into a field, as a keyboard on the screen does."""
        self.tap(css)
        self.wait(f"document.activeElement.matches({json.dumps(css)})")
        self._websocket_request("Input.insertText", params={"text": text})

    def reload(self):
        self.js("window.isOld = true")
        self._websocket_request("Page.reload")
        self.wait("!window.isOld && document.readyState === 'complete'")

    def be(self, session):
        """Log in as the user of a session."""
        self.set_cookie("session_id", session, "/", HOST)

    def open(self, path):
        self.navigate_to(f"http://{HOST}:{self.test_case.http_port()}{path}")
