"""A view of every step and stage, and a desk that shows what a test puts there."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from farm_edge.work.view import (
    Bar,
    CardView,
    Choice,
    CropLine,
    EnrolStage,
    EnrolView,
    EventLine,
    GateView,
    HomeView,
    Link,
    Notice,
    OfficerStage,
    OfficerView,
    OrderLine,
    Piece,
    PurchaseStage,
    PurchaseView,
    Receipt,
    RefusedView,
    RetireStage,
    RetireView,
    SettingsStage,
    SettingsView,
    SplitStage,
    SplitView,
    Standing,
    TodayView,
    Tone,
    TroubleView,
    Verdict,
    View,
    WaitingView,
    Work,
)
from store_world import NOW

BAR = Bar("Tablet 07", ("udp:127.0.0.1:41000",), (), Link.AWAY, "", 12, 1, NOW)
CALM = replace(BAR, link=Link.GOOD, waiting=0, refused=0)
FRESH = replace(CALM, device="", link=Link.NEW, synced=0)
WHO = {"farmer": "BALI-00042", "farmer_name": "Ni Kadek Ayu Lestari"}
CERTIFIED: dict[str, Any] = WHO | {
    "bar": BAR,
    "card": "1G7400N6-HW",
    "certificate": "ORG-2026-0417",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
}
CROPS = (
    CropLine("CAV", "Cavendish Banana", "Organic banana 2"),
    CropLine("MAN", "Harum Manis Mango"),
    CropLine("", "X-17"),
)
PIECES = tuple(
    Piece(number, f"1G7400N{number}-HW", 12_500 + 130 * number, 8 + number % 3, True)
    for number in range(1, 5)
)
STILL_ON_TAGS = tuple(replace(one, is_written=False) for one in PIECES)
RECEIPT = Receipt(
    at=NOW,
    device="4711",
    farmer="BALI-00042",
    farmer_name="Ni Kadek Ayu Lestari",
    certificate="ORG-2026-0417",
    crop="CAV",
    crop_name="Cavendish Banana",
    grade="A",
    grade_name="Grade A",
    bunches=PIECES,
    grams=51_300,
    hands=35,
    events=(1207,),
    id="019ab3c1d2e37f40a1b2c3d4e5f60718",
)
DAYS = tuple(f"{date(2026, 6, 15) - timedelta(n)}" for n in range(7))
BUYING: dict[str, Any] = WHO | {
    "bar": BAR,
    "task": 3,
    "certificate": "ORG-2026-0417",
    "crops": tuple(
        Choice(*one)
        for one in (("CAV", "Cavendish Banana"), ("MAN", "Harum Manis Mango"))
    ),
    "grades": (
        Choice("A", "Grade A"),
        Choice("B", "Grade B"),
        Choice("C", "For processing"),
    ),
    "crop": "CAV",
    "crop_name": "Cavendish Banana",
    "grade": "A",
    "grade_name": "Grade A",
    "wanted": 6,
    "today": DAYS[0],
    "harvest_date": DAYS[0],
    "harvested_by": "farmer",
}
OVER_CAP = Notice("purchase.over_cap", Tone.WARN, {"count": 42, "cap": 40})
SPLITTING: dict[str, Any] = {
    "bar": BAR,
    "task": 4,
    "code": "1G7400N6-HW",
    "crop_name": "Cavendish Banana",
    "pieces": 11,
    "left": 8,
    "grams_left": 9_100,
    "grams_over": 250,
}
HANDS = tuple(Piece(n, f"1G7400N6-0{n}-JB", 1_130, 0, True) for n in range(4, 7))
WRITTEN = Notice("tag.written", Tone.GOOD)
LINES = (
    EventLine(
        1207, NOW, "purchase", "Ni Kadek Ayu Lestari", 6, 77_850, "waiting", id="4b7"
    ),
    EventLine(1206, NOW - 600_000, "split", "1G7400N6-HW", 5, 0, "parked", id="4b6"),
    EventLine(
        1205,
        NOW - 900_000,
        "purchase",
        "I Wayan Sudarma",
        1,
        12_500,
        "applied",
        id="4b5",
    ),
    EventLine(
        1204, NOW - 1_900_000, "retire", "1G7400N5-7Q", 0, 0, "applied", id="4b4"
    ),
)
BACK = (
    EventLine(
        1190,
        NOW - 86_400_000,
        "purchase",
        "I Made Suardana",
        4,
        51_000,
        "refused",
        "no-cycle",
        "I Made Suardana grows no Cavendish Banana here. Record a growing cycle.",
    ),
    EventLine(
        1188,
        NOW - 86_500_000,
        "split",
        "1G7400N2-3T",
        6,
        0,
        "conflict",
        "taken",
        "Hand 4 of 1G7400N2-3T was taken before.",
    ),
)
ORDERS = (
    OrderLine(1, "1G74001A-QP", **WHO, certificate="ORG-2026-0417", chip="NTAG215",
              uid="", expires=NOW + 3_600_000),
    OrderLine(2, "1G74001B-7X", "BALI-00043", "I Wayan Sudarma", "ORG-2026-0418",
              "NTAG215", "04A1B2C3D4E580", NOW + 3_600_000),
)  # fmt: skip

VIEWS: dict[str, View] = {
    "home": HomeView(CALM, may_write_cards=True),
    "home_open": HomeView(
        BAR,
        open_work=(
            Work(3, "purchase", "Ni Kadek Ayu Lestari", 4),
            Work(4, "split", "1G7400N6-HW", 3),
        ),
    ),
    "home_no_reader": HomeView(
        replace(BAR, readers=(), readers_lost=("usb",), link=Link.STOPPED)
    ),
    "card": CardView(**CERTIFIED, crops=CROPS, can_buy=True, sound="good"),
    "card_expired": CardView(
        **CERTIFIED | {"valid_until": "2026-06-01"},
        standing=Standing.EXPIRED,
        crops=CROPS[:1],
        sound="bad",
    ),
    "card_unknown": CardView(
        **CERTIFIED,
        standing=Standing.UNKNOWN,
        crops=CROPS[:2],
        can_buy=True,
        is_asked=True,
    ),
    "card_forged": CardView(BAR, verdict=Verdict.FORGED, standing=Standing.NOT_SAID),
    "purchase_crop": PurchaseView(**BUYING, stage=PurchaseStage.CROP),
    "purchase_grade": PurchaseView(**BUYING, stage=PurchaseStage.GRADE),
    "purchase_count": PurchaseView(**BUYING, stage=PurchaseStage.COUNT),
    "purchase_harvest": PurchaseView(**BUYING, stage=PurchaseStage.HARVEST, days=DAYS),
    "purchase_bunch": PurchaseView(**BUYING, stage=PurchaseStage.BUNCH, number=5),
    "purchase_tag": PurchaseView(
        **BUYING,
        stage=PurchaseStage.TAG,
        number=5,
        hands=9,
        bunch_grams=13_150,
        bunches=PIECES,
    ),
    "purchase_unsure": PurchaseView(
        **BUYING,
        stage=PurchaseStage.TAG,
        number=5,
        hands=9,
        bunch_grams=13_150,
        bunches=PIECES,
        is_unsure=True,
    ),
    "purchase_review": PurchaseView(
        **BUYING, stage=PurchaseStage.REVIEW, bunches=PIECES, grams=51_300, number=4
    ),
    "purchase_over_cap": PurchaseView(
        **BUYING,
        stage=PurchaseStage.BUNCH,
        number=5,
        cap=40,
        known=36,
        notice=OVER_CAP,
        sound="warn",
    ),
    "purchase_review_over_cap": PurchaseView(
        **BUYING,
        stage=PurchaseStage.REVIEW,
        bunches=PIECES,
        grams=51_300,
        cap=40,
        known=38,
    ),
    "purchase_undo": PurchaseView(
        **BUYING, stage=PurchaseStage.UNDO, bunches=STILL_ON_TAGS
    ),
    "purchase_done": PurchaseView(
        **BUYING,
        stage=PurchaseStage.DONE,
        bunches=PIECES,
        grams=51_300,
        receipt=RECEIPT,
    ),
    "split_bunch": SplitView(BAR),
    "split_count": SplitView(**SPLITTING, stage=SplitStage.COUNT),
    "split_mark": SplitView(**SPLITTING, stage=SplitStage.MARK, wanted=5),
    "split_hands": SplitView(
        **SPLITTING, stage=SplitStage.HANDS, wanted=5, number=7, hands=HANDS
    ),
    "split_undo": SplitView(**SPLITTING, stage=SplitStage.UNDO, wanted=5),
    "split_done": SplitView(
        **SPLITTING, stage=SplitStage.DONE, wanted=3, number=6, hands=HANDS
    ),
    "retire_tap": RetireView(BAR),
    "retire_reason": RetireView(BAR, stage=RetireStage.REASON, code="1G7400N6-HW"),
    "retire_mark": RetireView(BAR, stage=RetireStage.MARK, code="1G7400N6-HW"),
    "retire_done": RetireView(BAR, stage=RetireStage.DONE, code="1G7400N6-HW"),
    "today": TodayView(BAR, lines=LINES, purchases=14, bunches=83, grams=1_043_500),
    "today_none": TodayView(CALM),
    "waiting": WaitingView(BAR, lines=LINES[:2]),
    "waiting_none": WaitingView(CALM),
    "refused": RefusedView(BAR, lines=BACK),
    "refused_none": RefusedView(CALM),
    "officer_asking": OfficerView(CALM),
    "officer_none": OfficerView(CALM, stage=OfficerStage.TAP),
    "officer_tap": OfficerView(
        CALM, stage=OfficerStage.TAP, orders=ORDERS, order=ORDERS[0]
    ),
    "officer_signing": OfficerView(
        CALM, stage=OfficerStage.SIGNING, orders=ORDERS, order=ORDERS[0]
    ),
    "officer_done": OfficerView(
        CALM,
        stage=OfficerStage.DONE,
        orders=(replace(ORDERS[0], is_written=True), ORDERS[1]),
        order=ORDERS[0],
    ),
    "enrol_server": EnrolView(FRESH),
    "enrol_code": EnrolView(
        FRESH, stage=EnrolStage.CODE, server="https://farm.example.id"
    ),
    "enrol_refused": EnrolView(
        FRESH,
        stage=EnrolStage.CODE,
        server="https://traceability.bananas-of-bali.example.id",
        is_anew=True,
        code="7KQ2MX9TBA",
        notice=Notice("enrol.code_unknown", Tone.BAD),
    ),
    "enrol_wait": EnrolView(
        FRESH, stage=EnrolStage.WAIT, server="https://farm.example.id"
    ),
    "enrol_done": EnrolView(
        CALM,
        stage=EnrolStage.DONE,
        server="https://farm.example.id",
        number=4711,
        name="Tablet 07",
    ),
    "purchase_printed": PurchaseView(
        **BUYING,
        stage=PurchaseStage.DONE,
        bunches=PIECES,
        grams=51_300,
        receipt=RECEIPT,
        notice=Notice("print.gone", Tone.BAD),
    ),
    "settings": SettingsView(
        replace(BAR, readers_lost=("pcsc:ACS ACR122U PICC Interface",)),
        server="https://farm.example.id",
        number=4711,
        version="0.1.0",
    ),
    "settings_printer": SettingsView(
        BAR,
        stage=SettingsStage.PRINTER,
        printer="network:192.168.1.50",
        paper="60x40",
    ),
    "gate": GateView(BAR, point="GATE-1", seen=128, last="1G7400N6-0B-JB"),
    "trouble": TroubleView(
        BAR, code="store_damaged", detail="Event 12 of the journal is not what was"
    ),
    "trouble_new": TroubleView(FRESH, code="not_enrolled"),
    "trouble_other": TroubleView(BAR, code="something_new", detail="x"),
}


class ShownDesk:
    """A desk on which lies what a test puts there; what is pressed is written down."""

    def __init__(self, view: View = VIEWS["home"]) -> None:
        self._change = threading.Condition()
        self._view, self.version = view, 1
        self.pressed: list[tuple[str, dict[str, str]]] = []

    def show(self, view: View) -> None:
        with self._change:
            self._view, self.version = view, self.version + 1
            self._change.notify_all()

    def view(self) -> View:
        return self._view

    def wait(self, version: int, seconds: float) -> int:
        with self._change:
            self._change.wait_for(lambda: self.version != version, seconds)
            return self.version

    def turn(self) -> AbstractContextManager[object]:
        return nullcontext()

    def act(self, name: str, **values: str) -> None:
        self.pressed.append((name, values))

    def go(self, step_name: str) -> None:
        self.pressed.append((f"go {step_name}", {}))
