"""Papers of a store: transfers with lots, pick lists by place, count sheets."""

from itertools import compress

from odoo.tools import format_date, format_datetime

from ..wording import number_text
from .paper import Paper

_PLACE_TO_WRITE = "…………………"
_ROOM_TO_WRITE = " "


class _StockPaper:
    def __init__(self, records):
        self.records = records
        self.env = records.env

    def number(self, value):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return number_text(self.env, value, digits=max(1, digits))

    def table(self, columns, rows):
        """A table without the columns in which no row has anything."""
        rows = list(rows)
        used = [any(cells) for cells in zip(*rows, strict=True)]
        if used:
            columns = list(compress(columns, used))
        self.paper.table(columns, [list(compress(row, used)) for row in rows])

    def moment(self, value):
        zone = self.env.tz.zone
        return format_datetime(self.env, value, tz=zone, dt_format="short") or "–"


class TransferPaper(_StockPaper):
    """What goes from one place to another, for the road and to sign for.

    Done quantities of what is done; of what is not, what is reserved and what is still
    asked for without a lot.

    :param records: ``stock.picking``; their environment gives language and rights
    """

    def render(self):
        """:return: the PDF as bytes"""
        _ = self.env._
        name = self.records.name if len(self.records) == 1 else ""
        self.paper = Paper(self.env, _("Transfer Document"), name)
        for picking in self.records:
            self._transfer(picking)
            self.paper.signatures([_("Issued by"), _("Carried by"), _("Received by")])
        return self.paper.render()

    def _transfer(self, picking):
        _ = self.env._
        if len(self.records) > 1:
            self.paper.heading(picking.name)
        self.paper.facts(self._facts(picking))
        self.table(
            [
                (_("Product"), 4, "left"),
                (_("Lot"), 3, "left"),
                (_("Expires"), 1.8, "left"),
                (_("Package"), 2, "left"),
                (_("Quantity"), 1.6, "right"),
                (_("Unit"), 1.2, "left"),
            ],
            self._rows(picking),
        )
        self._sums(picking)

    def _sums(self, picking):
        """What the lots of each product come to."""
        by_product = _lines(picking).grouped("product_id")
        if all(len(lines) == 1 for lines in by_product.values()):
            return
        _ = self.env._
        self.paper.heading(_("Together"))
        self.paper.table(
            [
                (_("Product"), 6, "left"),
                (_("Lines"), 1.5, "right"),
                (_("Quantity"), 2, "right"),
                (_("Unit"), 2, "left"),
            ],
            (
                [
                    product.display_name,
                    str(len(lines)),
                    self.number(sum(lines.mapped("quantity_product_uom"))),
                    product.uom_id.name,
                ]
                for product, lines in by_product.items()
            ),
        )

    def _facts(self, picking):
        _ = self.env._
        states = dict(picking._fields["state"]._description_selection(self.env))
        return [
            (_("From Place"), self._place(picking.location_id)),
            (_("To Place"), self._place(picking.location_dest_id)),
            (_("Date"), self.moment(picking.date_done or picking.scheduled_date)),
            (_("Partner"), picking.partner_id.display_name or "–"),
            (_("Source"), picking.origin or "–"),
            (_("Status"), states[picking.state]),
        ]

    def _place(self, place):
        house = place.warehouse_id
        return f"{house.name}, {place.display_name}" if house else place.display_name

    def _rows(self, picking):
        for line in _lines(picking):
            yield [
                line.product_id.display_name,
                line.lot_id.name or line.lot_name or "",
                format_date(self.env, line.lot_id.expiration_date) or "",
                (line.result_package_id or line.package_id).complete_name or "",
                self.number(line.quantity),
                line.product_uom_id.name,
            ]
        for move, quantity in _missing(picking.move_ids):
            product = self.env._(
                "%(product)s (not reserved)", product=move.product_id.display_name
            )
            unit = move.product_uom.name
            yield [product, "", "", "", self.number(quantity), unit]


class PickPaper(_StockPaper):
    """What a picker takes for one or more transfers, place by place.

    Lots are those that the removal strategy has reserved.

    :param records: ``stock.picking``; their environment gives language and rights
    """

    def render(self):
        """:return: the PDF as bytes"""
        _ = self.env._
        names = ", ".join(self.records.mapped("name"))
        self.paper = Paper(self.env, _("Pick List"), names)
        self.table(
            [
                (_("Place"), 3, "left"),
                (_("Product"), 3.6, "left"),
                (_("Lot"), 3, "left"),
                (_("Package"), 1.8, "left"),
                (_("Quantity"), 1.5, "right"),
                (_("Unit"), 1, "left"),
                (_("Transfer"), 2.6, "left"),
                (_("Taken"), 1.4, "left"),
            ],
            [*map(self._row, self._sorted_lines()), *self._missing_rows()],
        )
        self.paper.signatures([_("Picked by"), _("Checked by")])
        return self.paper.render()

    def _sorted_lines(self):
        return _lines(self.records).sorted(
            lambda line: (
                line.location_id.complete_name,
                line.product_id.display_name,
                line.lot_id.name or "",
                line.id,
            )
        )

    def _row(self, line):
        return [
            line.location_id.display_name,
            line.product_id.display_name,
            line.lot_id.name or "",
            line.package_id.complete_name or "",
            self.number(line.quantity),
            line.product_uom_id.name,
            (line.picking_id or line.move_id.picking_id).name,
            _ROOM_TO_WRITE,
        ]

    def _missing_rows(self):
        nowhere = self.env._("Not reserved")
        for move, quantity in _missing(self.records.move_ids):
            yield [
                nowhere, move.product_id.display_name, "", "",
                self.number(quantity), move.product_uom.name,
                move.picking_id.name, _ROOM_TO_WRITE,
            ]  # fmt: skip


def _lines(pickings):
    """What is reserved or done, also where a program left out whose line it is."""
    lines = pickings.move_line_ids | pickings.move_ids.move_line_ids
    return lines.filtered("quantity")


def _missing(moves):
    """Moves that have less in their lines than they ask for, with how much less."""
    for move in moves.filtered(lambda one: one.state not in ("done", "cancel")):
        missing = move.product_uom_qty - move.quantity
        if move.product_uom.compare(missing, 0) > 0:
            yield move, missing


class CountPaper(_StockPaper):
    """A sheet to count by, place by place, with or without what the books say.

    :param records: ``stock.quant``; their environment gives language and rights
    :param shows_book: whether counters see the quantity that should be there
    """

    def __init__(self, records, shows_book):
        super().__init__(records)
        self.shows_book = shows_book

    def render(self):
        """:return: the PDF as bytes"""
        _ = self.env._
        self.paper = Paper(self.env, _("Count Sheet"))
        by_place = self.records.filtered("quantity").grouped("location_id")
        if not by_place:
            self.paper.paragraph(
                _("Nothing lies here by the books. Write down what you find.")
            )
        for place in sorted(by_place, key=lambda one: one.complete_name):
            self._place(place, by_place[place])
        self.paper.signatures([_("Counted by"), _("Checked by"), _("Manager")])
        return self.paper.render()

    def _place(self, place, quants):
        _ = self.env._
        self.paper.heading(place.complete_name)
        columns = [
            (_("Product"), 4, "left"),
            (_("Lot"), 3, "left"),
            (_("Package"), 1.8, "left"),
            (_("Owner"), 2, "left"),
            *([(_("By the Books"), 1.6, "right")] if self.shows_book else []),
            (_("Counted"), 2, "right"),
            (_("Unit"), 1, "left"),
            (_("Remarks"), 2.4, "left"),
        ]
        self.table(columns, map(self._row, quants.sorted(_count_order)))

    def _row(self, quant):
        return [
            quant.product_id.display_name,
            quant.lot_id.name or "",
            quant.package_id.complete_name or "",
            quant.owner_id.display_name or "",
            *([self.number(quant.quantity)] if self.shows_book else []),
            _PLACE_TO_WRITE,
            quant.product_uom_id.name,
            _ROOM_TO_WRITE,
        ]


def _count_order(quant):
    return (
        quant.product_id.display_name,
        quant.lot_id.name or "",
        quant.package_id.complete_name or "",
        quant.id,
    )
