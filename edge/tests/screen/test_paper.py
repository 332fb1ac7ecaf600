"""Receipts: on 58 and 80 mm, by network, USB, file, and on the page."""

import os
import re
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from farm_edge.screen import Printer, PrinterFailed, Server, app
from farm_edge.screen.app import Screen
from farm_edge.screen.paper import Line, Spool, door
from farm_edge.screen.paper.escpos import COLUMNS, bytes_of
from farm_edge.screen.paper.receipt import slip_of
from farm_edge.screen.speech import Speech
from screen_views import RECEIPT, VIEWS, ShownDesk

pytest.importorskip("escpos")
libusb1 = pytest.importorskip("usb.backend.libusb1")

from usb_printer import PRODUCT, TELLS, VENDOR, VirtualPrinter  # noqa: E402

CUT = b"\x1dV"


@pytest.fixture
def spool(tmp_path):
    return tmp_path / "printer"


def printed(data: bytes) -> str:
    return data.decode("ascii", "replace")


@pytest.mark.parametrize("paper", COLUMNS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_nothing_is_wider_than_the_paper(paper, language):
    for line in slip_of(RECEIPT, Speech(language)).lines:
        room = COLUMNS[paper] // 2 if line.is_large else COLUMNS[paper]
        assert all(len(row) <= room for row in line.rows(COLUMNS[paper]))


def test_a_receipt_has_all_that_was_bought():
    text = printed(bytes_of(slip_of(RECEIPT, Speech("id")), 58))
    for part in ("Ni Kadek Ayu Lestari", "BALI-00042", "ORG-2026-0417", "Grade A"):
        assert part in text
    for piece in RECEIPT.bunches:
        assert piece.code in text
    assert "12,63 kg" in text
    assert "51,3 kg" in text
    assert "?" not in text
    assert "4711-1207" in text


def test_a_long_value_goes_to_a_line_of_its_own():
    assert Line("Certificate", "X" * 30).rows(32) == ["Certificate", "  " + "X" * 30]
    assert Line("a", "b").rows(5) == ["a   b"]
    assert Line("", "b").rows(5) == ["    b"]


def test_a_purchase_of_a_hundred_bunches_is_printed_whole():
    many = tuple(
        replace(RECEIPT.bunches[0], number=n, code=f"1G74{n:04}-HW") for n in range(100)
    )
    text = printed(bytes_of(slip_of(replace(RECEIPT, bunches=many), Speech("en")), 80))
    assert all(piece.code in text for piece in many)


class Listener:
    """A printer of the network: takes all that comes, and keeps it."""

    def __init__(self) -> None:
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"network:127.0.0.1:{self.door.getsockname()[1]}"
        self.received = bytearray()
        self.thread = threading.Thread(target=self.take)

    def take(self):
        line, _address = self.door.accept()
        with line:
            while piece := line.recv(4096):
                self.received += piece

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.thread.join(20)
        self.door.close()


def test_a_file_is_a_printer(spool):
    Printer(f"file:{spool}").print(RECEIPT, Speech("en"))
    assert CUT in spool.read_bytes()


def test_a_printer_in_the_network():
    with Listener() as printer:
        Printer(printer.address, "80").print(RECEIPT, Speech("en"))
    assert CUT in printer.received


def test_a_printer_of_labels_in_the_network():
    with Listener() as printer:
        Printer(printer.address, "60x40").print(RECEIPT, Speech("en"))
    assert printer.received.count(b"^XA") == 1 + len(RECEIPT.bunches)
    assert printer.received.endswith(b"^XZ\n")


def test_no_name_is_a_command():
    """ESC p opens a drawer, GS V cuts."""
    evil = replace(RECEIPT, farmer_name="Ni\x1bp0 Kadek\x1dV0")
    told = bytes_of(slip_of(evil, Speech("en")), 58)
    assert b"\x1bp" not in told and told.count(CUT) == 1


def test_a_slow_printer_of_the_network_gets_all(monkeypatch):
    """It takes a little at a time, and longer for all than it may for a piece."""
    monkeypatch.setattr(door, "PATIENCE_SECONDS", 1.5)
    labels, received = b"^XA^XZ\n" * 4_000_000, bytearray()
    listener = socket.create_server(("127.0.0.1", 0))

    def take():
        line, _address = listener.accept()
        with line:
            while piece := line.recv(1_000_000):
                received.extend(piece)
                time.sleep(0.1)

    taking = threading.Thread(target=take)
    taking.start()
    with listener:
        door.send(f"network:127.0.0.1:{listener.getsockname()[1]}", labels)
        taking.join(30)
    assert bytes(received) == labels


@pytest.fixture
def plugged(monkeypatch):
    """Has a printer on the bus of the real pyusb."""

    def plug(printer):
        monkeypatch.setattr(libusb1, "get_backend", lambda: printer)
        return Printer(f"usb:{VENDOR:04x}:{PRODUCT:04x}")

    return plug


def test_a_printer_by_usb_is_sent_all_where_it_takes_it(plugged):
    printer = VirtualPrinter()
    plugged(printer).print(RECEIPT, Speech("en"))
    assert printer.received == bytes_of(slip_of(RECEIPT, Speech("en")), 58)
    labels = b"^XA^XZ\n" * 4_000
    door.send(f"usb:{VENDOR:04x}:{PRODUCT:04x}", labels)
    assert printer.received.endswith(labels)


def test_a_usb_printer_without_paper_is_not_waited_for_for_ever(plugged):
    printer = VirtualPrinter(room=100)
    with pytest.raises(PrinterFailed, match="print again") as told:
        plugged(printer).print(RECEIPT, Speech("en"))
    assert told.value.why == "gone"
    assert len(printer.received) == 100
    assert printer.patience == {door.PATIENCE_SECONDS * 1_000}


def test_something_else_by_usb_is_no_printer(plugged):
    with pytest.raises(PrinterFailed) as told:
        plugged(VirtualPrinter(endpoints=(TELLS,))).print(RECEIPT, Speech("en"))
    assert told.value.why == "wrong"


def test_without_its_library_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "usb", None)
    with pytest.raises(PrinterFailed, match=r"'farm-edge\[print\]'") as told:
        Printer("usb:0001:0002").print(RECEIPT, Speech("en"))
    assert told.value.why == "driver"


@pytest.mark.parametrize(
    "address", ["network:127.0.0.1:1", "file:/nowhere/at/all", "usb:0001:0002"]
)
def test_a_printer_that_is_not_there_is_told(address):
    with pytest.raises(PrinterFailed, match="print again"):
        Printer(address).print(RECEIPT, Speech("en"))


@pytest.mark.parametrize(
    ("address", "paper"),
    [("lpt1", "58"), ("network:", "58"), ("file:/x", "57"), ("", "58")],
)
def test_what_is_no_printer(address, paper):
    with pytest.raises(PrinterFailed) as told:
        Printer(address, paper)
    assert told.value.why == "wrong"


#: what the button of the receipt sends
PRESS = {"once": "1", "receipt": RECEIPT.id}


def ask(desk, printer, patience=12.0):
    screen = Screen(desk, lambda: "en", lambda: printer, None)
    screen._spool = Spool(patience)
    return screen


def test_the_page_prints_what_is_shown_once(spool):
    desk = ShownDesk(VIEWS["purchase_done"])
    screen = ask(desk, Printer(f"file:{spool}"))
    assert screen._print(PRESS).key == "print.done"
    spool.unlink()
    assert screen._print(PRESS) is None
    assert not spool.exists()


def test_a_printer_that_fails_is_told_on_the_page_and_tried_again(spool):
    desk = ShownDesk(VIEWS["purchase_done"])
    screen = ask(desk, Printer("file:/nowhere/at/all"))
    assert screen._print(PRESS).key == "print.gone"
    screen._printer = lambda: Printer(f"file:{spool}")
    assert screen._print(PRESS | {"once": "2"}).key == "print.done"


def test_what_was_shown_is_printed_though_somebody_has_gone_on(spool):
    desk = ShownDesk(VIEWS["purchase_done"])
    screen = ask(desk, Printer(f"file:{spool}"))
    screen._shown()
    desk.show(VIEWS["home"])
    assert screen._print(PRESS).key == "print.done"
    assert b"Ni Kadek" in spool.read_bytes()


def test_a_receipt_of_the_number_before_is_not_another_farmers(spool):
    """Two pages are open; numbers of events begin anew with each enrolment."""
    desk = ShownDesk(VIEWS["purchase_done"])
    screen = ask(desk, Printer(f"file:{spool}"))
    html = screen._shown()["html"]
    asked = re.search('name="receipt" value="([^"]+)"', html)
    other = replace(RECEIPT, farmer_name="I Wayan Sudira", id="019ab3c1")
    desk.show(replace(VIEWS["purchase_done"], receipt=other))
    screen._shown()
    press = {"once": "1", "receipt": asked[1]}
    assert screen._print(press).key == "print.done"
    assert b"Ni Kadek" in spool.read_bytes()


def test_where_nothing_was_bought_nothing_is_printed(spool):
    screen = ask(ShownDesk(), Printer(f"file:{spool}"))
    assert screen._print(PRESS).key == "print.none"
    assert not spool.exists()


def taken(pipe):
    """What comes out of a pipe, as soon as something does."""
    with ThreadPoolExecutor(1) as reader:
        return reader.submit(pipe.read_bytes).result(20)


def test_a_printer_without_paper_holds_nothing_up(tmp_path):
    """A pipe that nobody reads takes nothing, as a printer without paper."""
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    desk = ShownDesk(VIEWS["purchase_done"])
    screen = ask(desk, Printer(f"file:{pipe}"), patience=0.2)
    assert screen._print(PRESS).key == "print.stuck"
    assert screen._print(PRESS | {"once": "2"}).key == "print.busy"
    screen._press({"once": "3", "act": "home"})
    assert desk.pressed == [("home", {})]
    assert CUT in taken(pipe), "it goes on when there is paper"


def test_while_it_prints_other_buttons_do_what_they_do(tmp_path):
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    desk, told = ShownDesk(VIEWS["purchase_done"]), []
    screen = ask(desk, Printer(f"file:{pipe}"))
    printing = threading.Thread(target=lambda: told.append(screen._print(PRESS)))
    printing.start()
    screen._press({"once": "3", "act": "home"})
    assert desk.pressed == [("home", {})] and told == []
    taken(pipe)
    printing.join(20)
    assert told[0].key == "print.done"


def test_the_receipt_is_a_page_too(visitor, desk):
    assert visitor.http.get("/receipt").status_code == 303
    desk.show(VIEWS["purchase_done"])
    page = visitor.page("/receipt")
    assert "Ni Kadek Ayu Lestari" in page
    assert all(piece.code in page for piece in RECEIPT.bunches)


def test_a_page_without_a_printer_has_no_button_for_it(visitor, desk):
    desk.show(VIEWS["purchase_done"])
    assert 'action="/print"' not in visitor.page()


def test_a_page_with_a_printer_has_one(desk, spool):
    desk.show(VIEWS["purchase_done"])
    printer = Printer(f"file:{spool}")
    server = Server(app(desk, printer=lambda: printer), 0)
    server.start()
    try:
        assert 'action="/print"' in httpx.get(server.url).text
    finally:
        server.stop()
