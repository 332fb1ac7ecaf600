"""What a scan takes: on the screen, at the server, and against Odoo's form by RPC.

On the screen: from the last key of a scanner in a real Chromium until the answer is
painted. At the server, which has two workers: twenty pickers at once by real HTTP
sessions; each has a transfer and scans lot after lot, one every second or so. The same
picks are then done as Odoo's form of a transfer does them: it reads the transfer, and
saves it after each line.
"""

import random
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from uuid import uuid4

import odoo.tools
import requests
from odoo.fields import Command
from odoo.tools import config

from bench._measure import row

sys.path.append(str(Path(__file__).parents[1] / "edge" / "tests"))

from chromium import PHONE, Chromium

PICKERS, LINES, LOTS = 20, 30, 400
#: pieces of each line that are scanned one by one in the browser
PIECES = 10
PAUSE = 1.0
#: seconds that are asked for: of a post, and of an answer on the screen
LIMIT, SCREEN_LIMIT = 0.3, 0.1
PORT = 8397
HOST = f"http://127.0.0.1:{PORT}"
PASSWORD = "scan-bench"
# The server starts further processes by its own script.
SCRIPT = Path(odoo.tools.__file__).parents[5] / "bin/odoo"
LINE = {"quantity": {}, "lot_id": {"fields": {"display_name": {}}}, "picked": {}}
FORM = {
    "name": {},
    "state": {},
    "partner_id": {"fields": {"display_name": {}}},
    "move_ids": {"fields": {"product_uom_qty": {}, "quantity": {}, "picked": {}}},
    "move_line_ids": {"fields": LINE},
}


def run(env, scale=1.0):
    """Pick by scans and by the form.

    :param env: of a database of its own: what is made here stays in it
    :param float scale: share of the lines of each transfer
    :return: rows as ``make bench`` prints them
    """
    lines = max(int(LINES * scale), 3)
    _install(env)
    users = _make_users(env)
    warehouse = _make_stock(env, lines)
    scanned = [_make_picking(env, warehouse, lines) for _user in users]
    typed = [_make_picking(env, warehouse, lines) for _user in users]
    shown = _make_picking(env, warehouse, lines, PIECES)
    lots = shown.move_line_ids.lot_id.mapped("name") * PIECES
    env.cr.commit()
    with _server(env.cr.dbname):
        screen = _on_screen(env.cr.dbname, users[0], shown.id, lots)
        ours = _all_at_once(_Scanner, env.cr.dbname, users, scanned)
        theirs = _all_at_once(_Form, env.cr.dbname, users, typed)
    env.cr.rollback()  # what the others have committed meanwhile
    env.invalidate_all()
    is_whole = shown.move_line_ids.mapped("scanned_quantity") == [PIECES] * lines
    same = len(_picked(scanned)) == PICKERS and _picked(scanned) == _picked(typed)
    ours_95, theirs_95 = (quantiles(one.seconds, n=20)[-1] for one in (ours, theirs))
    ends, their_ends = (median(one.ends) for one in (ours, theirs))
    peer = "Odoo's form by RPC"
    total = PICKERS * lines
    scans, asked = len(screen), ("the limit", SCREEN_LIMIT)
    screen_95 = quantiles(screen, n=20)[-1]
    return [
        row("a scan on the screen, median", scans, median(screen), *asked, 1, is_whole),
        row("95 % of scans are shown in", scans, screen_95, *asked, 1, is_whole),
        row("95 % of posts are faster than", total, ours_95, "the limit", LIMIT, 1),
        row("the same against the form", total, ours_95, peer, theirs_95, same=same),
        row("a transfer is finished, median", PICKERS, ends, peer, their_ends),
        row(
            "mean time of a line",
            total,
            sum(ours.seconds + ours.ends) / total,
            peer,
            sum(theirs.seconds + theirs.ends) / total,
        ),
        row(
            "requests for a line, not s",
            total,
            ours.requests / total,
            peer,
            theirs.requests / total,
        ),
    ]


# -- the world -------------------------------------------------------------------------


def _install(env):
    module = env["ir.module.module"].search([("name", "=", "farm_traceability_scan")])
    if module.state != "installed":
        module.button_immediate_install()
        env.transaction.reset()


def _make_users(env):
    group = env.ref("stock.group_stock_user")
    return env["res.users"].create(
        [
            {
                "name": f"Picker {number}",
                "login": f"bench-picker-{number}",
                "password": PASSWORD,
                "group_ids": [Command.set(group.ids)],
            }
            for number in range(PICKERS)
        ]
    )


def _make_stock(env, lines):
    warehouse = env["stock.warehouse"].search([], limit=1)
    products = env["product.product"].create(
        [
            {"name": f"Scanned {number}", "is_storable": True, "tracking": "lot"}
            for number in range(lines)
        ]
    )
    lots = env["stock.lot"].create(
        [
            {"name": f"SCAN-{product.id}-{number}", "product_id": product.id}
            for product in products
            for number in range(max(LOTS // lines, 2))
        ]
    )
    env["stock.quant"].create(
        [
            {
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "location_id": warehouse.lot_stock_id.id,
                "quantity": 1_000,
            }
            for lot in lots
        ]
    )
    return warehouse


def _make_picking(env, warehouse, lines, quantity=5):
    places = {
        "location_id": warehouse.lot_stock_id.id,
        "location_dest_id": env.ref("stock.stock_location_customers").id,
    }
    products = env["product.product"].search(
        [("name", "=like", "Scanned %")], limit=lines
    )
    picking = env["stock.picking"].create(
        places
        | {
            "picking_type_id": warehouse.out_type_id.id,
            "move_ids": [
                Command.create(
                    places | {"product_id": product.id, "product_uom_qty": quantity}
                )
                for product in products
            ],
        }
    )
    picking.action_confirm()
    picking.action_assign()
    return picking


def _picked(pickings):
    return [
        sorted((line.lot_id.product_id.id, line.quantity) for line in one.move_line_ids)
        for one in pickings
        if one.state == "done"
    ]


# -- the server and who uses it --------------------------------------------------------


@contextmanager
def _server(database):
    command = [sys.executable, str(SCRIPT), "-c", config["config"], "-d", database]
    options = ["--http-port", str(PORT), "--workers", "2", "--max-cron-threads", "0"]
    with subprocess.Popen([*command, *options, "--log-level", "error"]) as process:
        try:
            _wait()
            yield
        finally:
            process.terminate()
            process.wait(30)


def _wait():
    for _attempt in range(240):
        try:
            if requests.get(f"{HOST}/web/health", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise RuntimeError("The server does not answer")


#: counts from the moment of the last key, as the keyboard gave it, until the answer is
#: painted: the icon of the line that says it is a new one each time
MEASURE = """(() => {
    window.seconds = [];
    let pressed = 0;
    let icon = null;
    const find = () => document.querySelector(".fs-strip__icon");
    addEventListener("keydown", (ev) => {
        if (ev.key === "Enter") {
            [pressed, icon] = [ev.timeStamp, find()];
        }
    }, true);
    new MutationObserver(() => {
        if (pressed && find() !== icon) {
            const begin = pressed;
            pressed = 0;
            requestAnimationFrame(() => setTimeout(() =>
                window.seconds.push((performance.now() - begin) / 1000)));
        }
    }).observe(document.body, {childList: true, subtree: true});
})()"""


def _on_screen(database, user, picking_id, lots):
    """Seconds until each scan is answered on the screen."""
    cookie = _Scanner(database, user).session.cookies["session_id"]
    with Chromium(PHONE) as page:
        page.ask("Network.setCookie", name="session_id", value=cookie, url=HOST)
        page.ask("Page.navigate", url=f"{HOST}/farm/scan#/pick/{picking_id}")
        page.wait("document.querySelector('.fs-task')")
        page.js(MEASURE)
        for number, lot in enumerate(lots, 1):
            page.type(lot)
            page.enter()
            page.wait(f"window.seconds.length === {number}")
            time.sleep(PAUSE / 10)
        page.wait("document.querySelector('.fs-alldone')")
        page.wait("document.querySelector('.fs-status.is-right')")
        return page.js("window.seconds")


class _Picker:
    """A person with a session: how long each request took."""

    def __init__(self, database, user):
        self.numbers = count(1)
        self.session = requests.Session()
        self.seconds, self.ends, self.requests = [], [], 0
        login = {"db": database, "login": user.login, "password": PASSWORD}
        self.user = self.ask("/web/session/authenticate", login)
        self.seconds, self.requests = [], 0

    def ask(self, path, params):
        body = {"jsonrpc": "2.0", "id": next(self.numbers), "params": params}
        begin = time.perf_counter()
        answer = self.session.post(f"{HOST}{path}", json=body, timeout=60).json()
        self.seconds.append(time.perf_counter() - begin)
        self.requests += 1
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer["result"]

    def call(self, model, method, *args, **options):
        params = {"model": model, "method": method, "args": args, "kwargs": options}
        return self.ask(f"/web/dataset/call_kw/{model}/{method}", params)

    def end(self):
        """The last request finished the transfer, which is told apart."""
        self.ends.append(self.seconds.pop())

    def pause(self):
        time.sleep(random.uniform(0, 2 * PAUSE))


class _Scanner(_Picker):
    def pick(self, picking_id):
        sheet = self.door("open", "pick", picking_id)
        for line in sheet["lines"]:
            self.pause()
            lot = line["lot"]["name"]
            self.post(picking_id, "scan", text=lot, quantity=line["quantity"])
        self.post(picking_id, "finish")
        self.end()

    def post(self, picking_id, kind, **more):
        event = {
            "uuid": str(uuid4()),
            "scenario": "pick",
            "document_id": picking_id,
            "kind": kind,
        }
        [answer] = self.door("post", [event | more])
        if answer["state"] != "applied":
            raise RuntimeError(answer["message"])

    def door(self, method, *args):
        """As a device asks."""
        params = {"uid": self.user["uid"], "args": args, "company_ids": []}
        return self.ask(f"/farm/scan/ask/{method}", params)["answer"]


class _Form(_Picker):
    def pick(self, picking_id):
        [form] = self.call(
            "stock.picking", "web_read", [picking_id], specification=FORM
        )
        for line in form["move_line_ids"]:
            self.pause()
            self.call("stock.lot", "name_search", name=line["lot_id"]["display_name"])
            self.call(
                "stock.picking",
                "web_save",
                [picking_id],
                {"move_line_ids": [Command.update(line["id"], {"picked": True})]},
                specification=FORM,
            )
        self.call("stock.picking", "button_validate", [picking_id])
        self.end()


class _Together:
    """What all pickers took."""

    def __init__(self, pickers):
        self.seconds = [one for picker in pickers for one in picker.seconds]
        self.ends = [one for picker in pickers for one in picker.ends]
        self.requests = sum(picker.requests for picker in pickers)


def _all_at_once(kind, database, users, pickings):
    pickers = [kind(database, user) for user in users]
    failures = []

    def work(picker, picking_id):
        try:
            picker.pick(picking_id)
        except Exception as error:  # it is raised below, where it is seen
            failures.append(error)

    threads = [
        Thread(target=work, args=(picker, picking.id))
        for picker, picking in zip(pickers, pickings, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return _Together(pickers)
