"""What ``make up`` starts, with real processes: a card is tapped, a lot is there.

How long the lot takes is printed, and decides nothing.
"""

import json
import os
import subprocess
import time
from urllib.request import urlopen

import pytest

from dev import background, database, device, machine, odoo, package, server, venv
from dev.background import Program
from dev.config import LOG
from dev.person import Person
from dev.say import Stop

chromium = pytest.importorskip("chromium", reason="websocket-client is missing")
pytestmark = pytest.mark.skipif(
    "FARM_INSTALL_LOG" not in os.environ, reason="needs the databases of `make test`"
)
with_browser = pytest.mark.skipif(not chromium.find(), reason="there is no Chrome")
GOOD, SUSPENDED = "Slamet Raharjo", 2
#: JavaScript: the middle of something on the device's screen, where a finger reaches it
REACH = """(css) => {
    const frame = document.querySelector("iframe").getBoundingClientRect();
    const inside = document.querySelector("iframe").contentDocument;
    const node = inside.querySelector(css);
    if (!node || inside.querySelector("#stage[data-fresh]")) return null;
    node.scrollIntoView({block: "nearest"});
    const box = node.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    if (!node.contains(inside.elementFromPoint(x, y))) return null;
    const edge = 10;
    return [frame.x + edge + x, frame.y + edge + y];
}"""
#: how a step that is over is left
WAYS_HOME = {"card": "#stage .foot button", "purchase.done": "#stage .foot .is-main"}
STAGE = "document.querySelector('iframe').contentDocument.getElementById('stage')"


class Village:
    """Odoo with the story, and the device beside it."""

    def __init__(self, name, port, page):
        self.name, self.port, self.page = name, port, page

    def up(self):
        assert device.ensure(self.name, self.port, self.page)

    def person(self, login):
        return Person(self.port, self.name, login, login)

    @property
    def url(self):
        return device.page(self.page)


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    name = f"{database.name('farm_full')}_device"
    patch = pytest.MonkeyPatch()
    patch.setattr(server, "_program", Program("odoo-test", folder))
    patch.setattr(server, "LOG_FILE", LOG / "odoo-test.log")
    patch.setattr(device, "_agent", Program("edge-test", folder))
    patch.setattr(device, "_field", Program("edge-test-field", folder))
    patch.setattr(device, "_SETUP_LOG", LOG / "edge-test-setup.log")
    patch.setattr(device, "HOME", folder / "edge")
    database.copy(database.name("farm_full"), name)
    found = Village(name, machine.free_port(), machine.free_port())
    try:
        _play_the_story(name)
        server.start(package.odoo(), name, found.port)
        found.up()
        yield found
    finally:
        device.stop()
        server.stop()
        database.drop(name)
        patch.undo()


@pytest.fixture(autouse=True)
def _time_for_odoo(monkeypatch):
    """A busy machine takes its time for the first page of the web client."""
    monkeypatch.setattr(chromium, "PATIENCE", 150)


def _play_the_story(name):
    with open(LOG / "demonstration-story.log", "wb") as log:
        words = ["-m", "dev.inside.story", odoo.CONFIG, name, "0.01"]
        subprocess.run(
            [venv.PYTHON, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=True,
        )


def chips():
    return json.loads((device.HOME / "tags.json").read_text(encoding="utf-8"))


def running():
    """Process ids of agent and reader."""
    return [device._agent._found()[0], device._field._found()[0]]


# -- what make up has made -------------------------------------------------------------


def test_cards_are_active_and_both_devices_enrolled(village):
    admin = village.person("admin")
    cards = admin.find("farm.tag", ("kind", "=", "card"), fields=["state"], order="id")
    assert [card["state"] for card in cards[:2]] == ["active", "active"]
    devices = admin.find("farm.device", fields=["name", "state"])
    found = {one["name"]: one["state"] for one in devices}
    assert found == {device.WRITER: "enrolled", device.COLLECTOR: "enrolled"}
    assert next(iter(chips())) == GOOD


def test_a_second_time_starts_nothing_twice(village):
    before = running()
    village.up()
    assert running() == before


def test_tags_and_store_outlive_down_and_up(village):
    before = chips()
    assert device.stop()
    with pytest.raises(OSError):
        urlopen(village.url, timeout=5)
    village.up()
    assert chips() == before
    assert urlopen(village.url, timeout=20).status == 200


def test_a_port_that_is_taken_is_said_in_one_sentence(village):
    device.need_port(village.page)  # it is ours
    with pytest.raises(Stop, match=r"taken by another program.*EDGE_PORT=\d+ make up"):
        device.need_port(village.port)


def test_a_device_goes_with_its_database(village):
    assert device._is_made_for(village.name)
    record = device.HOME / "database"
    ours = record.read_text()
    record.write_text("1")
    assert not device._is_made_for(village.name)
    record.write_text(ours)


# -- what a newcomer does --------------------------------------------------------------


class Newcomer:
    """Before the page with the virtual reader."""

    def __init__(self, page, url):
        self.page = page
        page.open(url)
        page.wait(
            f"{STAGE}.dataset.question"
            f" && !{STAGE}.ownerDocument.body.classList.contains('is-lost')"
            f" && {STAGE}.ownerDocument.readyState === 'complete'"
        )
        for question, home in WAYS_HOME.items():
            if page.js(f"{STAGE}.dataset.question").startswith(question):
                self.press(home)
        self.see("home")

    def tap(self, name):
        """Lay a tag there; one that lies there still is taken away first."""
        button, lies = f'[data-name="{name}"]', '[aria-pressed="true"]'
        if self.page.js(f"Boolean(document.querySelector('{button}{lies}'))"):
            self.page.click(button)
            self.page.wait(f"!document.querySelector('{button}{lies}')")
        self.page.click(button)

    def see(self, question):
        try:
            self.page.wait(f"{STAGE}.dataset.question.startsWith('{question}')")
        except RuntimeError as error:
            raise AssertionError(f"{error}; but: {self.text()}") from error

    def text(self, css="#stage"):
        inside = "document.querySelector('iframe').contentDocument"
        return self.page.js(f"{inside}.querySelector('{css}')?.innerText ?? ''")

    def press(self, css):
        """As a finger, as soon as it would count; gives the moment."""
        code = f"({REACH})({json.dumps(css)})"
        self.page.wait(code)
        x, y = self.page.js(code)
        moment = time.monotonic()
        for kind in ("mousePressed", "mouseReleased"):
            self.page.ask(
                "Input.dispatchMouseEvent",
                type=kind,
                x=x,
                y=y,
                button="left",
                clickCount=1,
            )
        return moment

    def type(self, name, text):
        self.press(f"#{name}")
        for letter in text:
            self.press(f'button[data-key="{letter}"]')


@with_browser
def test_the_card_of_a_suspended_farmer_is_refused(village):
    with chromium.Chromium((390, 844)) as page:
        newcomer = Newcomer(page, village.url)
        newcomer.tap(list(chips())[SUSPENDED])
        newcomer.see("card")
        verdict = newcomer.text(".verdict")
        assert "revoked" in verdict, verdict
        assert page.js("document.documentElement.scrollWidth") <= 390


def buy_a_bunch(newcomer, tag):
    """From the card to the last question before the purchase is done."""
    newcomer.tap(GOOD)
    newcomer.see("card")
    newcomer.press("#stage .foot .is-main")
    for question in ("purchase.crop", "purchase.grade"):
        newcomer.see(question)
        newcomer.press("button[data-first]")
    newcomer.see("purchase.count")
    newcomer.type("bunches", "1")
    newcomer.press("#stage .body .is-main")
    newcomer.see("purchase.bunch")
    newcomer.type("hands", "8")
    newcomer.type("kg", "12")
    newcomer.press("#stage .body .is-main")
    newcomer.see("purchase.tag")
    newcomer.tap(tag)
    newcomer.see("purchase.review")
    return newcomer.text(".rows .code")


@pytest.fixture
def lots_screen(village):
    """The lots of the farm gate, as the collector sees them in another window."""
    with chromium.Chromium((1280, 800)) as page:
        page.open(f"http://127.0.0.1:{village.port}/web/login")
        page.js(
            "document.querySelector('[name=login]').value = 'collector';"
            "document.querySelector('[name=password]').value = 'collector';"
            "document.querySelector('form.oe_login_form').submit()"
        )
        page.wait("document.querySelector('.o_main_navbar')")
        action = "farm_traceability.farm_lot_action"
        page.open(f"http://127.0.0.1:{village.port}/odoo/action-{action}")
        page.wait("document.querySelector('.o_list_view .o_data_row')")
        yield page


@with_browser
def test_a_card_is_tapped_and_the_purchase_arrives_in_the_inventory(
    village, lots_screen
):
    collector = village.person("collector")
    with chromium.Chromium((1280, 800)) as page:
        newcomer = Newcomer(page, village.url)
        code = buy_a_bunch(newcomer, "NTAG216 4")
        begin = newcomer.press("#stage .foot .is-main")
        chromium.wait(lambda: lot_of(collector, code), f"the lot {code}")
        arrived = time.monotonic() - begin
        [lot] = lot_of(collector, code)
        lots_screen.wait(
            f"document.querySelector('.o_list_view').innerText.includes('{lot['name']}')"
        )
        shown = time.monotonic() - begin
        newcomer.see("purchase.done")
        keep_pictures(page, lots_screen)
    assert lot["product_qty"] == 12
    print(f"From Finish to the lot {arrived:.2f} s, on the open list {shown:.2f} s")


def lot_of(person, code):
    wanted = ("lineage_code", "=", code)
    return person.find("stock.lot", wanted, fields=["name", "product_qty"])


def keep_pictures(device_page, odoo_page):
    """Into the folder that ``FARM_EDGE_PICTURES`` names."""
    if folder := os.environ.get("FARM_EDGE_PICTURES"):
        device_page.picture(os.path.join(folder, "demonstration-device.png"))
        odoo_page.picture(os.path.join(folder, "demonstration-lots.png"))


# -- the end ---------------------------------------------------------------------------


def test_with_its_database_all_of_it_goes(village):
    ids = [int(one) for one in running()]
    device.forget()
    assert not device.HOME.exists()
    assert [background.born(one) for one in ids] == [None, None]
