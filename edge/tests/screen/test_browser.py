"""A whole day at the screen: real Chromium, real agent, virtual tags.

Pictures of every step go into the folder that ``FARM_EDGE_PICTURES`` names.
"""

import contextlib
import os
from pathlib import Path

import pytest
from farm_edge.reader.nfc import NfcReader
from farm_edge.reader.watch import Watch
from farm_edge.screen import Printer, Server, app
from farm_edge.store import Store
from farm_edge.work import Desk
from farmtag import Chip
from sync_server import CODE
from work_world import CARD_UID, card, tag_uid, world

chromium = pytest.importorskip("chromium", reason="websocket-client is missing")
pytestmark = pytest.mark.skipif(not chromium.find(), reason="there is no Chrome")
SIZES = {"kiosk": chromium.KIOSK, "phone": chromium.PHONE}
BUNCHES, HANDS = 3, 2


class Device:
    """A device with everything but hardware, and somebody before it."""

    def __init__(self, store, field, page) -> None:
        self.store, self.field, self.page = store, field, page
        self.folder: Path | None = None
        self.desk = Desk(store, again=lambda: self.watch.again())
        self.watch = Watch([NfcReader(field.path)], self.desk)
        self.server = self._server(0)

    def _server(self, port):
        settings = self.store.settings
        found = app(
            self.desk,
            lambda: settings["language"],
            lambda: Printer.of(settings),
            field=self.field,
        )
        server = Server(found, port)
        server.start()
        return server

    def start(self):
        self.watch.start()
        chromium.wait(lambda: self.desk.view().bar.readers, "the reader")
        self.page.open(self.server.url)
        self.page.wait("!document.body.classList.contains('is-lost')")

    def stop(self):
        self.server.stop()
        self.watch.stop()
        self.desk.close()

    def restart_server(self):
        """The agent ends, and is there again; gives how to have it back."""
        port = self.server.port
        self.server.stop()
        return lambda: setattr(self, "server", self._server(port))

    def see(self, question, name="", number=None):
        """Wait for a question, of some bunch or hand, to be shown; look at it."""
        asked = "document.getElementById('stage').dataset.question"
        try:
            self.page.wait(f"{asked}.startsWith('{question}')")
        except RuntimeError as error:
            raise AssertionError(f"{error}; but: {self.page.text()}") from error
        if number is not None:
            self.page.wait(f"{asked}.split('.')[3] === '{number}'")
        self.page.wait("!document.querySelector('#stage[data-fresh]')")
        self.page.wait("document.readyState === 'complete'")
        assert self.page.js(chromium.SMALL) == []
        assert self.page.js(chromium.CUT) == []
        if name and self.folder:
            self.page.js("document.getAnimations().forEach((one) => one.cancel())")
            self.page.picture(self.folder / f"{name}.png")

    def lay(self, name):
        self.field.swap(name)

    def take_away(self):
        """Take what lies there away, and have the reader notice."""
        for name in self.field.state()["lying"]:
            self.field.take(name)
        (station,) = self.watch.stations
        chromium.wait(lambda: station._resting is None, "an empty reader")

    def type(self, name, text):
        self.page.click(f"#{name}")
        for letter in text:
            self.page.click(f'button[data-key="{letter}"]')

    def next(self):
        self.page.click("#stage .body .is-main")

    def sounds(self):
        return (self.page.js("document.body.dataset.sounded") or "").split()

    def events(self):
        return [(one.kind, one.values) for one in self.store.journal.since(1, 100)]


def make_tags(field):
    field.make("card", Chip.NTAG215, CARD_UID, card())
    for number in range(1, BUNCHES + 1):
        field.make(f"bunch {number}", Chip.NTAG216, tag_uid(number))
    for number in range(1, HANDS + 1):
        field.make(f"hand {number}", Chip.NTAG213, tag_uid(100 + number))


@pytest.fixture(scope="module")
def browser():
    with chromium.Chromium() as page:
        yield page


@pytest.fixture(params=SIZES)
def size(request):
    return request.param


@pytest.fixture(params=["en", "id"])
def language(request):
    return request.param


@pytest.fixture
def device(tmp_path, field, browser, size, language):
    yield from started(world(tmp_path / "device"), field, browser, size, language)


@pytest.fixture
def bare_device(tmp_path, field, browser, size, language):
    """A device that is not enrolled."""
    yield from started(Store.open(tmp_path / "bare"), field, browser, size, language)


def started(store, field, browser, size, language):
    store.settings["language"] = language
    make_tags(field)
    browser.resize(SIZES[size])
    browser.problems.clear()
    found = Device(store, field, browser)
    if folder := os.environ.get("FARM_EDGE_PICTURES"):
        found.folder = Path(folder, f"{size}-{language}")
        found.folder.mkdir(parents=True, exist_ok=True)
    found.start()
    yield found
    browser.open("about:blank")
    found.stop()
    store.close()
    assert browser.problems == []


def begin(device):
    """Tap the card and say what is bought."""
    device.see("home", "01-home")
    device.lay("card")
    device.see("card", "02-card")
    assert device.sounds()[-1] == "good"
    device.page.click("#act-buy")
    device.see("purchase.crop", "03-crop")
    device.page.click(".choice")
    device.see("purchase.grade", "04-grade")
    device.page.click(".choice")
    device.see("purchase.count", "05-count")


def test_a_purchase_and_a_split(device, language):
    page = device.page
    begin(device)
    device.type("bunches", str(BUNCHES))
    device.next()
    for number in range(1, BUNCHES + 1):
        device.see("purchase.bunch", f"06-bunch-{number}")
        device.type("hands", str(6 + number))
        device.type("kg", f"12{'.,'[language == 'id']}{number}")
        device.next()
        device.see("purchase.tag", f"07-tag-{number}")
        device.lay(f"bunch {number}")
    device.see("purchase.review", "08-review")
    page.click("#act-finish")
    device.see("purchase.done", "09-done")
    assert device.sounds()[-1] == "done"
    (kind, bought), *rest = device.events()
    assert (kind, rest) == ("purchase", [])
    assert [one["hands"] for one in bought["bunches"]] == [7, 8, 9]
    assert [one["grams"] for one in bought["bunches"]] == [12_100, 12_200, 12_300]

    page.click("#receipt")
    page.wait("document.querySelector('.slip') && document.readyState === 'complete'")
    assert bought["bunches"][0]["code"] in page.text(".slip")
    if device.folder:
        page.picture(device.folder / "10-receipt.png")
    page.click("[data-back]")
    device.see("purchase.done")
    page.click("#act-home-foot")
    device.see("home")
    split(device, bought["bunches"][1]["code"])
    look_around(device)


def split(device, code):
    page = device.page
    page.click("#way-split")
    device.see("split.bunch", "11-split")
    device.lay("bunch 2")
    device.see("split.count", "12-hands")
    device.type("hands", str(HANDS))
    device.next()
    if "split.mark" in page.js("document.getElementById('stage').dataset.question"):
        device.see("split.mark", "13-mark")
        device.lay("bunch 2")
    for number in range(1, HANDS + 1):
        device.see("split.hands", f"14-hand-{number}", number)
        device.lay(f"hand {number}")
    device.see("split.done", "15-split-done")
    kind, done = device.events()[-1]
    assert (kind, done["parent"]) == ("split", code)
    assert [one["index"] for one in done["hands"]] == [1, 2]


def look_around(device):
    """What was done, what waits, what came back, a tag is taken off."""
    page = device.page
    page.click("#act-home")
    device.see("home", "16-home-waiting")
    for number, step in enumerate(("today", "waiting", "refused"), 17):
        page.click(f"#way-{step}")
        device.see(step, f"{number}-{step}")
        page.click("#act-home")
        device.see("home")
    page.click("#way-retire")
    device.see("retire.tap", "20-retire")
    device.lay("bunch 3")
    device.see("retire.reason", "21-why")
    page.click("#act-home")
    device.see("home")


def test_another_day_of_harvest_in_three_touches(device, language):
    page = device.page
    begin(device)
    page.click("#act-ask_harvest")
    device.see("purchase.harvest", "05-harvest")
    page.click(".is-days label:nth-of-type(2)")
    page.click("#harvested")
    device.see("purchase.count")
    assert {"en": "yesterday", "id": "kemarin"}[language] in page.text(".foot")
    (task,) = device.store.tasks.unfinished()
    assert task.values["harvest_date"] == device.desk.view().harvest_date
    assert task.values["harvested_by"] == "farmer"


@pytest.mark.parametrize("size", ["kiosk"], indirect=True)
@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_another_day_of_harvest_by_keys_alone(device):
    page = device.page
    begin(device)
    page.js("document.getElementById('act-ask_harvest').focus()")
    page.enter()
    device.see("purchase.harvest")
    assert page.js("document.activeElement.name") == "date"
    page.key("ArrowRight", 39)
    page.key("Tab", 9)
    assert page.js("document.activeElement.name") == "by"
    page.key("ArrowRight", 39)
    page.enter()
    device.see("purchase.count")
    assert "yesterday, the collector" in page.text(".foot")


def test_a_fresh_device_is_enrolled_on_its_screen(bare_device, village, language):
    device, page = bare_device, bare_device.page
    device.see("enrol.server", "40-server")
    page.js("document.getElementById('server').value = ''")
    address = village.url.replace("http://", "")
    if page.js("document.querySelector('.letters').checkVisibility()"):
        for letter in "http://":
            page.click(f'[data-letter="{letter}"]')
        page.type(address)
    else:
        page.type(village.url)
    page.click("#next", times=2)
    device.see("enrol.code", "41-code")
    for letter in CODE.replace("-", ""):
        page.click(f'.codes [data-letter="{letter}"]')
    page.click("#next")
    device.see("enrol.done", "42-enrolled")
    assert village.asked == ["enrol"]
    page.click("#act-home-foot")
    device.see("home")


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_code_that_is_none_by_keys_alone(bare_device, village):
    device, page = bare_device, bare_device.page
    device.see("enrol.server")
    page.type(village.url)
    page.enter()
    device.see("enrol.code")
    page.type("aaaaa-aaaaa")
    page.enter()
    page.wait("document.querySelector('#stage .notice.is-bad')")
    device.see("enrol.code", "43-refused")
    assert "Ask the office for another" in page.text(".notice")
    assert page.js("document.activeElement.id") == "code"
    page.type(CODE)
    page.enter()
    device.see("enrol.done")
    page.enter()
    device.see("home")


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_printer_is_set_on_the_screen(device):
    page = device.page
    page.click("#go-settings")
    device.see("settings.all", "44-settings")
    assert device.field.path in page.text()
    page.click("#act-edit_printer")
    device.see("settings.printer", "45-printer")
    page.type("10.0.0.9")
    page.click("#paper-3")
    page.click("#kept")
    device.see("settings.all")
    assert device.store.settings["printer"] == "network:10.0.0.9"
    assert device.store.settings["paper"] == "60x40"
    page.key("Escape", 27)
    device.see("home")


@pytest.mark.parametrize("size", ["kiosk"], indirect=True)
@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_the_way_to_the_next_farmer_waits_for_no_printer(device, tmp_path):
    """A pipe that nobody reads is a printer without paper."""
    page, pipe = device.page, tmp_path / "lp0"
    os.mkfifo(pipe)
    device.store.settings["printer"] = f"file:{pipe}"
    buy_one(device)
    page.click("#print")
    page.click("#act-home-foot")
    device.see("home")
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    receipt = bytearray()

    def comes():
        with contextlib.suppress(BlockingIOError):
            receipt.extend(os.read(end, 65_536))
        return b"Siti" in receipt

    chromium.wait(comes, "the receipt")
    os.close(end)
    page.wait("document.querySelector('#stage .notice.is-good')")
    assert "printed" in page.text(".notice")


@pytest.mark.parametrize("size", ["kiosk"], indirect=True)
@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_printer_that_is_off_is_told_and_the_purchase_is_there(device):
    device.store.settings["printer"] = "network:127.0.0.1:1"
    buy_one(device)
    device.page.click("#print")
    device.page.wait("document.querySelector('#stage .notice.is-bad')")
    assert "Is the printer on" in device.page.text(".notice")
    assert [kind for kind, _body in device.events()] == ["purchase"]


def buy_one(device):
    begin(device)
    for question, typed in (("count", "1"), ("bunch", "8"), ("", "12")):
        if question:
            device.see(f"purchase.{question}")
        device.page.type(typed)
        device.page.enter()
    device.see("purchase.tag")
    device.lay("bunch 1")
    device.see("purchase.review")
    device.page.click("#act-finish")
    device.see("purchase.done")


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_by_keys_alone(device):
    page = device.page
    device.lay("card")
    device.see("card")
    page.enter()  # the focus is on what comes next
    device.see("purchase.crop")
    page.type("1")
    device.see("purchase.grade")
    page.type("0")
    device.see("purchase.count")
    page.type("2")
    page.enter()
    device.see("purchase.bunch")
    page.type("8")
    page.enter()
    page.type("12,55")
    page.enter()
    device.see("purchase.tag")
    device.lay("bunch 1")
    device.see("purchase.bunch")
    view = device.desk.view()
    assert [(one.hands, one.grams) for one in view.bunches] == [(8, 12_550)]
    page.key("Escape", 27)
    device.see("home")


@pytest.mark.parametrize("size", ["kiosk"], indirect=True)
@pytest.mark.parametrize("language", ["en"], indirect=True)
class TestWhatGoesWrong:
    def test_a_double_click_does_one_thing(self, device):
        device.lay("card")
        device.see("card")
        device.page.click("#act-buy", times=2)
        device.see("purchase.crop")
        device.page.js("new Promise((done) => setTimeout(done, 600))")
        device.see("purchase.crop")
        assert len(device.store.tasks.unfinished()) == 1

    def test_a_reload_shows_the_same_and_sounds_no_more(self, device):
        begin(device)
        device.page.ask("Page.reload")
        device.page.wait("document.readyState === 'complete'")
        device.see("purchase.count")
        assert device.sounds() == []
        device.lay("bunch 1")
        device.page.wait("document.body.dataset.sounded")

    def test_a_stream_that_breaks_is_told_and_mended(self, device):
        begin(device)
        device.page.type("7")
        again = device.restart_server()
        device.page.wait("!document.getElementById('lost').hidden")
        if device.folder:
            device.page.picture(device.folder / "30-lost.png")
        device.desk.act("home")
        again()
        device.see("home")
        device.page.wait("document.getElementById('lost').hidden")
        device.page.click("#way-today")
        device.see("today")

    def test_what_was_pressed_while_it_was_away_is_not_done_later(self, device):
        device.page.wait("document.getElementById('lost').hidden")
        again = device.restart_server()
        device.page.click("#way-today")
        device.page.wait("!document.getElementById('lost').hidden")
        again()
        device.page.wait("document.getElementById('lost').hidden")
        device.see("home")

    def test_what_is_typed_stays_when_something_else_is_told(self, device):
        begin(device)
        device.page.type("12")
        device.desk.refresh()
        version = device.desk.version
        stage = "document.getElementById('stage').dataset.version"
        device.page.wait(f"Number({stage}) >= {version}")
        assert device.page.js("document.getElementById('bunches').value") == "12"

    def test_hands_are_weighed_one_by_one(self, device):
        begin(device)
        device.page.type("1")
        device.page.enter()
        device.see("purchase.bunch")
        device.page.type("8")
        device.page.enter()
        device.page.type("9")
        device.page.enter()
        device.see("purchase.tag")
        device.lay("bunch 1")
        device.see("purchase.review")
        device.page.click("#act-finish")
        device.see("purchase.done")
        device.page.click("#act-home-foot")
        device.see("home")
        device.page.click("#way-split")
        device.see("split.bunch")
        device.take_away()
        device.lay("bunch 1")
        device.see("split.count")
        device.page.type("2")
        device.page.click("#weigh")
        device.page.type("1.1")
        device.desk.refresh()
        device.page.enter()
        device.page.type("1.3")
        if device.folder:
            device.page.picture(device.folder / "36-weigh.png")
        device.page.enter()
        device.page.wait("!document.querySelector('#weigh')")
        (task,) = device.store.tasks.unfinished()
        assert task.values["grams"] == [1_100, 1_300]

    def test_it_asks_before_bunches_are_thrown_away(self, device):
        begin(device)
        device.page.type("2")
        device.page.enter()
        device.see("purchase.bunch")
        device.page.type("8")
        device.page.enter()
        device.page.type("9")
        device.page.enter()
        device.see("purchase.tag")
        device.lay("bunch 1")
        device.see("purchase.bunch")
        device.page.click("#act-cancel")
        device.page.wait("document.getElementById('ask').open")
        if device.folder:
            device.page.picture(device.folder / "31-ask.png")
        device.page.click("#ask [value=no]")
        device.see("purchase.bunch")
        device.take_away()  # else it is blank at once
        device.page.click("#act-cancel")
        device.page.wait("document.getElementById('ask').open")
        device.page.click("#ask [value=yes]")
        device.see("purchase.undo", "32-undo")

    def test_without_a_card_the_number_is_typed(self, device):
        device.page.click("#no-card")
        device.page.wait("document.getElementById('farmer').open")
        for letter in "F-12":
            device.page.click(f'#farmer [data-letter="{letter}"]')
        if device.folder:
            device.page.picture(device.folder / "33-number.png")
        device.page.click("#farmer .is-main")
        device.see("purchase.crop")
        assert "Siti" in device.page.text()

    def test_a_forged_card_is_told_in_words_and_sound(self, device):
        device.field.make("forged", Chip.NTAG215, tag_uid(77), card())
        device.lay("forged")
        device.see("card", "34-forged")
        assert "Forged" in device.page.text(".verdict")
        assert device.sounds()[-1] == "bad"
        assert device.page.text("#called")

    def test_the_language_is_changed_on_the_screen(self, device):
        device.page.click("#language")
        device.page.wait("document.documentElement.lang === 'id'")
        assert "Tempelkan kartu petani" in device.page.text()
        assert device.store.settings["language"] == "id"

    def test_the_flash_hides_nothing(self, device):
        device.lay("card")
        device.see("card")
        flash = "getComputedStyle(document.getElementById('flash'))"
        assert device.page.js(f"{flash}.backgroundColor") == "rgba(0, 0, 0, 0)"
        assert device.page.js(f"{flash}.pointerEvents") == "none"

    def test_who_wants_no_motion_has_none(self, device):
        wish = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        device.page.ask("Emulation.setEmulatedMedia", features=wish)
        device.lay("card")
        device.see("card")
        assert device.page.js("document.getAnimations().length") == 0
        device.page.ask("Emulation.setEmulatedMedia", features=[])

    def test_a_newcomer_taps_by_a_click(self, device):
        page = device.page
        page.resize((1300, 800))
        page.open(device.server.url + "simulate")
        page.click('[data-name="card"]')
        inside = "document.querySelector('iframe').contentDocument"
        page.wait(f"{inside}.querySelector('.verdict')")
        page.wait("document.querySelector('[data-name=card]').ariaPressed === 'true'")
        if device.folder:
            page.picture(device.folder / "35-simulate.png")
        count = page.js("document.querySelectorAll('.tag').length")
        page.click("#make-NTAG216")
        page.wait(f"document.querySelectorAll('.tag').length === {count + 1}")
