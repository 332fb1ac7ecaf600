"""What is to be seen of a step: plain values, no sentences.

``say(language, notice.key, **notice.args)`` of ``farm_edge.words`` gives the sentence
of a notice, and ``say(language, f"{step}.…")`` what stands around the values. Weights
are grams, moments milliseconds since 1970, days ``2026-06-15``; "" and None are "not
known".
"""

from __future__ import annotations

from .card import CardView, HomeView, Standing, Verdict, worst_of
from .device import (
    PAPERS,
    EnrolStage,
    EnrolView,
    GateView,
    OfficerStage,
    OfficerView,
    SettingsStage,
    SettingsView,
    TroubleView,
)
from .lists import RefusedView, TodayView, WaitingView
from .parts import (
    Bar,
    Choice,
    CropLine,
    EventLine,
    Link,
    Notice,
    OrderLine,
    Piece,
    Plain,
    Receipt,
    Tone,
    View,
    Work,
)
from .trade import (
    HARVESTERS,
    REASONS,
    PurchaseStage,
    PurchaseView,
    RetireStage,
    RetireView,
    SplitStage,
    SplitView,
)

__all__ = [
    "HARVESTERS",
    "PAPERS",
    "REASONS",
    "Bar",
    "CardView",
    "Choice",
    "CropLine",
    "EnrolStage",
    "EnrolView",
    "EventLine",
    "GateView",
    "HomeView",
    "Link",
    "Notice",
    "OfficerStage",
    "OfficerView",
    "OrderLine",
    "Piece",
    "Plain",
    "PurchaseStage",
    "PurchaseView",
    "Receipt",
    "RefusedView",
    "RetireStage",
    "RetireView",
    "SettingsStage",
    "SettingsView",
    "SplitStage",
    "SplitView",
    "Standing",
    "TodayView",
    "Tone",
    "TroubleView",
    "Verdict",
    "View",
    "WaitingView",
    "Work",
    "worst_of",
]
