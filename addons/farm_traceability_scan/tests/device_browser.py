import json
import shutil
import time
from pathlib import Path

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

    def __init__(self, test_case, switches=None):
        self.switches = switches or {}
        self.profile = None
        self.is_offline = False
        self.passed = 0
        self._start(test_case)

    def _start(self, test_case):
        self.workers = []
        ChromeBrowser.__init__(self, test_case)
        self._handlers["Target.attachedToTarget"] = self._on_attached
        # A worker waits until its network is as the device's.
        self._websocket_request(
            "Target.setAutoAttach",
            params={
                "autoAttach": True,
                "waitForDebuggerOnStart": True,
                "flatten": True,
            },
        )
        self._websocket_request("Network.enable")
        self._websocket_request(
            "Emulation.setTouchEmulationEnabled", params={"enabled": True}
        )
        self.set_offline(self.is_offline)

    def _spawn_chrome(self, cmd):
        """With switches of the test's, and what the device has kept so far."""
        if self.profile:
            shutil.rmtree(self.user_data_dir)
            self.user_data_dir = self.profile
            Path(self.profile, "DevToolsActivePort").unlink(missing_ok=True)
        own = {"--user-data-dir": self.user_data_dir} | self.switches
        kept = [one for one in cmd if one.partition("=")[0] not in own]
        return super()._spawn_chrome(
            [*kept, *(f"{name}={value}" for name, value in own.items())]
        )

    # -- power ------------------------------------------------------------------------

    def power_off(self):
        """At once, as a battery that is taken out: nobody has time to save anything."""
        self.chrome.kill()
        self.chrome.wait()
        self._receiver.join(PATIENCE)
        self.profile = self.user_data_dir

    def power_on(self):
        """With what is on the disk; the network as it was, nobody logged in."""
        handler = self.sigxcpu_handler
        self._start(self.test_case)
        self.sigxcpu_handler = handler

    # -- network ----------------------------------------------------------------------

    def _on_attached(self, sessionId, targetInfo, **_more):
        if targetInfo["type"] == "service_worker":
            self.workers.append(sessionId)
            self._cut(sessionId)
        self._tell(sessionId, "Runtime.runIfWaitingForDebugger", {})

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
            self._tell(session, method, params)

    def _tell(self, session, method, params):
        message = {
            "id": next(self._request_id),
            "method": method,
            "params": params,
            "sessionId": session,
        }
        self.ws.send(json.dumps(message))

    def lose_network(self):
        """Cut it, once the page is on the device; for its service worker as well."""
        self.wait("navigator.serviceWorker.controller", "the service worker")
        self.wait(
            "caches.open('farm_scan').then((store) => store.match('/farm/scan'))",
            "the page on the device",
        )
        self.set_offline(True)
        self.wait(
            "fetch('/web/static/img/logo.png?cut').then(() => false, () => true)",
            "a network that is cut, for the service worker as well",
        )

    # -- time -------------------------------------------------------------------------

    def pass_time(self, seconds):
        """Put the page's clock on; a page that has just been loaded has real time."""
        self.passed += seconds
        self.js(
            f"""(() => {{
                window.realNow ??= Date.now.bind(Date);
                Date.now = () => window.realNow() + {self.passed * 1000:.0f};
            }})()"""
        )

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
        """As a keyboard-type scanner sends it: keys, GS as Ctrl+], and a suffix.

        Its keys are a ms apart, however long this process takes to send them.
        """
        begin = time.time()
        for number, (kind, key) in enumerate(_keys_of(text, end)):
            moment = {"timestamp": begin + number / 1000}
            self._websocket_request(
                "Input.dispatchKeyEvent", params={"type": kind} | moment | key
            )

    def burst(self, texts, end="Enter"):
        """Ten scans a second, whether the page is ready for them or not."""
        begin = time.monotonic()
        for number, text in enumerate(texts, 1):
            for kind, key in _keys_of(text, end):
                self._websocket_send(
                    "Input.dispatchKeyEvent", params={"type": kind} | key
                )
            time.sleep(max(0, begin + number / 10 - time.monotonic()))

    def compose(self, text):
        """As an input method writes it; only the suffix is a key."""
        process = {"key": "Process", "windowsVirtualKeyCode": 229}
        for letter in text:
            self._websocket_request(
                "Input.dispatchKeyEvent", params={"type": "rawKeyDown"} | process
            )
            self._websocket_request("Input.insertText", params={"text": letter})
        self.scan("")

    def compose_whole(self, text):
        """As an input method that shows what it is about to write."""
        for length in range(1, len(text) + 1):
            shown = {"text": text[:length], "selectionStart": length}
            self._websocket_request(
                "Input.imeSetComposition", params=shown | {"selectionEnd": length}
            )
        self._websocket_request("Input.insertText", params={"text": text})
        self.scan("")

    def keep_busy(self, share):
        """The page has other things to do, in pieces of a quarter of a second."""
        self.js(
            f"""setInterval(() => {{
                const end = performance.now() + {250 * share};
                while (performance.now() < end);
            }}, 250)"""
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

    def choose(self, scenario):
        """On the menu; until that is gone, what is scanned is the menu's."""
        tile = f"[data-scenario={scenario}]"
        self.tap(tile)
        self.wait(f"!document.querySelector({json.dumps(tile)})")

    def enter(self, css, text):
        """Into a field, as a person does by the keyboard on the screen."""
        self.tap(css)
        self.wait(f"document.activeElement.matches({json.dumps(css)})")
        self._websocket_request("Input.insertText", params={"text": text})
        # Nobody writes a note and scans within the time between two keys of a scanner.
        time.sleep(0.2)

    def reload(self):
        self.js("window.isOld = true")
        self._websocket_request("Page.reload")
        self.wait("!window.isOld && document.readyState === 'complete'")

    def be(self, session):
        """Log in as the user of a session."""
        self.set_cookie("session_id", session, "/", HOST)

    def open(self, path):
        self.navigate_to(f"http://{HOST}:{self.test_case.http_port()}{path}")


def _keys_of(text, end):
    """Key events of a scan: their types, and what they say."""
    for letter in text:
        if letter == "\x1d":
            yield from _pressed(key="]", code="BracketRight", modifiers=2)
        else:
            yield from _pressed(text=letter, key=letter)
    if end:
        yield from _pressed(text="\r", key=end, code=end, windowsVirtualKeyCode=13)


def _pressed(text=None, **key):
    yield "keyDown", key | ({"text": text} if text else {})
    yield "keyUp", key
