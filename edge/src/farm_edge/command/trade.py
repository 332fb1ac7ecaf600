"""``farm-edge buy``, ``split`` and ``write-card``."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from dataclasses import replace
from typing import NamedTuple

from ..store import Store
from ..work.purchase import MOST_HANDS
from ..work.step import MOST_GRAMS
from ..work.view import (
    CardView,
    HomeView,
    OfficerStage,
    OfficerView,
    PurchaseStage,
    PurchaseView,
    SplitStage,
    SplitView,
    View,
)
from .arguments import number
from .at_reader import AtReader
from .exits import Exit, NotDone
from .output import Output


class Bunch(NamedTuple):
    """A bunch that is bought."""

    hands: int
    grams: int


def bunch(text: str) -> Bunch:
    """``8:12000`` → 8 hands, 12,000 grams."""
    hands, _colon, grams = text.partition(":")
    try:
        return Bunch(number(1, MOST_HANDS)(hands), number(1, MOST_GRAMS)(grams))
    except ArgumentTypeError as error:
        raise ArgumentTypeError(
            f"{text!r} is not HANDS:GRAMS, as 8:12000: {error}"
        ) from None


# -- buy -------------------------------------------------------------------------------


def buy(wish: Namespace, store: Store, output: Output) -> Exit:
    """A purchase: card, then a tag for each bunch."""
    if not (wish.bunch or wish.resume or wish.cancel):
        raise NotDone("Say each bunch by --bunch HANDS:GRAMS.", "bunch", Exit.USAGE)
    with AtReader(wish, store, output) as at:
        if wish.cancel:
            return _cancelled(at, wish, output)
        _begin_purchase(at, wish)
        view = _purchase(at.view())
        _choose(at, wish, view)
        _tag_bunches(at, wish.bunch, wish.resume)
        receipt = _purchase(at.act("finish")).receipt
        output.result({"receipt": receipt} if output.as_json else vars(receipt))
    return Exit.DONE


def _begin_purchase(at: AtReader, wish: Namespace) -> None:
    at.act("home")
    if wish.resume:
        at.act("resume", task=wish.resume)
    elif wish.farmer:
        at.desk.act("farmer", farmer=wish.farmer)
        # A warning beside the purchase that has begun is told, and ends nothing.
        at.tell() if isinstance(at.view(), PurchaseView) else at.check()
    else:
        seen = at.until(lambda v: isinstance(v, CardView), "Tap the farmer's card.")
        if isinstance(seen, CardView) and not seen.can_buy:
            at.check()
            raise NotDone("Nothing can be bought with this card.", "card.cannot_buy")
        at.act("buy")


def _choose(at: AtReader, wish: Namespace, view: PurchaseView) -> None:
    if view.stage is PurchaseStage.CROP:
        if not wish.crop:
            codes = ", ".join(one.code for one in view.crops)
            raise NotDone(f"Say the crop by --crop: {codes}.", "crop", Exit.USAGE)
        view = _purchase(at.act("crop", crop=wish.crop))
    if wish.harvested or wish.harvested_by:
        at.act("harvest", date=wish.harvested or "", by=wish.harvested_by or "")
    if view.stage is PurchaseStage.GRADE:
        view = _purchase(at.act("grade", grade=wish.grade or ""))
    if view.stage is PurchaseStage.COUNT:
        at.act("count", bunches=len(wish.bunch))


def _tag_bunches(at: AtReader, bunches: list[Bunch], is_resumed: bool) -> None:
    """Those that are on their tags already are left out when a purchase goes on."""
    done = len(_purchase(at.view()).bunches) if is_resumed else 0
    for nth, one in enumerate(bunches[done:], done + 1):
        view = _purchase(at.view())
        if view.stage is PurchaseStage.REVIEW:
            at.act("more")
        if view.stage is not PurchaseStage.TAG:
            at.act("bunch", hands=one.hands, grams=one.grams)
        at.until(
            lambda v, n=nth: len(_purchase(v).bunches) >= n,  # type: ignore[misc]
            f"Tap the tag of bunch {nth} of {len(bunches)}.",
        )


def _cancelled(at: AtReader, wish: Namespace, output: Output) -> Exit:
    at.act("home")
    at.act("resume", task=wish.cancel)
    at.desk.act("cancel")
    if wish.leave_tags and isinstance(at.view(), PurchaseView):
        at.act("leave_tags")
    at.until(lambda v: isinstance(v, HomeView), "Tap the tags that were written.")
    output.result({"cancelled": wish.cancel})
    return Exit.DONE


def _purchase(view: View) -> PurchaseView:
    if not isinstance(view, PurchaseView):
        raise NotDone(f"This is no purchase but {view.step}.", "other_step")
    return view


# -- split -----------------------------------------------------------------------------


def split(wish: Namespace, store: Store, output: Output) -> Exit:
    """A split: the bunch, then a tag for each hand."""
    if not (wish.hands or wish.resume):
        raise NotDone("Say how many by --hands.", "hands", Exit.USAGE)
    with AtReader(wish, store, output) as at:
        at.act("home")
        if wish.resume:
            at.act("resume", task=wish.resume)
        else:
            _begin_split(at, wish)
        if wish.finish:
            at.act("finish", loss_grams=wish.loss)
        view = _tag_hands(at)
        output.result(_split_result(view))
    return Exit.DONE


def _begin_split(at: AtReader, wish: Namespace) -> None:
    at.desk.go("split")
    at.until(
        lambda v: isinstance(v, SplitView) and v.stage is SplitStage.COUNT,
        "Tap the bunch.",
    )
    grams = ",".join(map(str, wish.grams or ()))
    at.act("count", hands=wish.hands, grams=grams, loss_grams=wish.loss)


def _tag_hands(at: AtReader) -> SplitView:
    view = _split(at.view())
    if view.stage is SplitStage.MARK:
        view = _split(
            at.until(
                lambda v: _split(v).stage is not SplitStage.MARK,
                f"Leave the bunch {view.code} there, or tap it again.",
            )
        )
    while view.stage is SplitStage.HANDS:
        done = len(view.hands)
        view = _split(
            at.until(
                lambda v, n=done: len(_split(v).hands) > n,  # type: ignore[misc]
                f"Tap the tag of hand {view.number}: {done + 1} of {view.wanted}.",
            )
        )
    return view


def _split_result(view: SplitView) -> dict[str, object]:
    return {"bunch": view.code, "hands": view.hands, "left": view.left - view.wanted}


def _split(view: View) -> SplitView:
    if not isinstance(view, SplitView):
        raise NotDone(f"This is no split but {view.step}.", "other_step")
    return view


# -- cards -----------------------------------------------------------------------------


def write_card(wish: Namespace, store: Store, output: Output) -> Exit:
    """A card as the office ordered."""
    with AtReader(wish, store, output) as at:
        at.desk.go("officer")
        view = _officer(
            at.until(
                lambda v: _officer(v).stage is not OfficerStage.ASKING,
                "The server is asked for orders.",
            )
        )
        at.check()
        if wish.list:
            output.result({"orders": view.orders})
            return Exit.DONE
        if wish.order:
            view = _officer(at.act("choose", order=wish.order))
        if view.order is None:
            raise NotDone("There is no card to write: issue one.", "officer.none")
        order = view.order
        at.until(
            lambda v: _is_written(v, order.order),
            f"Lay a card on the writer for {order.farmer or order.certificate}.",
        )
        output.result({"card": replace(order, is_written=True)})
    return Exit.DONE


def _is_written(view: View, order: int) -> bool:
    return any(one.order == order and one.is_written for one in _officer(view).orders)


def _officer(view: View) -> OfficerView:
    if not isinstance(view, OfficerView):
        raise NotDone(f"These are no orders but {view.step}.", "other_step")
    return view
