"""Count results on paper, to be signed."""

from .paper import Paper


class CountResultPaper:
    """Draws what was counted, place by place, and what the differences may come from.

    :param CountResultTable table: what to show
    """

    def __init__(self, table):
        self.table, self.env = table, table.env

    def render(self):
        """:return: the PDF as bytes"""
        _, table = self.env._, self.table
        names = ", ".join(table.rows.warehouse_id.mapped("name"))
        self.paper = Paper(self.env, _("Stock Count Results"), names, landscape=True)
        self.paper.facts(table.facts())
        for place, rows in table.places.items():
            self.paper.heading(place.complete_name)
            self.paper.table(self._columns(), self._rows(rows))
        self._differences()
        self.paper.signatures([_("Counted by"), _("Checked by"), _("Manager")])
        return self.paper.render()

    # -- what was counted --------------------------------------------------------------

    def _columns(self):
        _ = self.env._
        return [
            (_("Product"), 3, "left"),
            (_("Lot"), 2, "left"),
            *([(_("Package"), 1.5, "left")] if self.table.shows_package else []),
            *([(_("Owner"), 1.6, "left")] if self.table.shows_owner else []),
            (_("Last Count"), 1.6, "left"),
            (_("Counted Then"), 1.3, "right"),
            (_("In"), 1, "right"),
            (_("Out"), 1, "right"),
            (_("Internal In"), 1.1, "right"),
            (_("Internal Out"), 1.1, "right"),
            (_("Other"), 1.1, "right"),
            (_("By the Books"), 1.2, "right"),
            (_("Counted"), 1.4, "right"),
            (_("Difference"), 1.4, "right"),
            (_("Unit"), 1.1, "left"),
            *([(_("Value"), 1.9, "right")] if self.table.shows_values else []),
            (_("Counted by"), 2.3, "left"),
        ]

    def _rows(self, rows):
        yield from map(self._row, rows)
        yield self._sum_row(self.table.sums(rows))

    def _row(self, row):
        table = self.table
        return [
            row.product_id.display_name,
            row.lot_id.name or "",
            *self._extra(
                row.package_id.complete_name or "", row.owner_id.display_name or ""
            ),
            table.day(row.last_date) or self.env._("never"),
            *self._figures({name: row[name] for name in _ARITHMETIC} | _other(row)),
            row.uom_id.name,
            *self._value(row.value if table.shows_values else 0),
            table.people(row),
        ]

    def _sum_row(self, sums):
        figures = self._figures(sums.figures | _other(sums)) if sums.figures else []
        said = self.env._(
            "Together: %(rows)s, with a difference: %(differences)s",
            rows=self.table.number(sums.rows),
            differences=self.table.number(sums.differences),
        )
        return [
            said,
            "",
            *self._extra("", ""),
            "",
            *(figures or [""] * (len(_ARITHMETIC) + 1)),
            sums.unit,
            *self._value(sums.value),
            "",
        ]

    def _extra(self, package, owner):
        table = self.table
        return [package] * table.shows_package + [owner] * table.shows_owner

    def _value(self, value):
        return [self.table.money(value)] if self.table.shows_values else []

    def _figures(self, figures):
        """Cells of the arithmetic; nothing where nothing moved."""
        number, signed = self.table.number, self.table.signed
        moved = (
            number(figures[name]) if figures[name] else ""
            for name in ("came", "went", "came_inner", "went_inner")
        )
        return [
            number(figures["last_quantity"]),
            *moved,
            signed(figures["other"]) if figures["other"] else "",
            number(figures["book_quantity"]),
            number(figures["counted_quantity"]),
            signed(figures["difference"]),
        ]

    # -- differences -------------------------------------------------------------------

    def _differences(self):
        rows = self.table.differing
        if not rows:
            return
        _ = self.env._
        self.paper.heading(_("Differences and what they may come from"))
        self.paper.table(
            [
                (_("Place"), 2.4, "left"),
                (_("Product"), 2.6, "left"),
                (_("Lot"), 1.8, "left"),
                (_("Difference"), 1.5, "right"),
                (_("Documents since"), 1.7, "right"),
                (_("Likely Reasons"), 5, "left"),
                (_("Reason"), 4, "left"),
                (_("Investigated by"), 2.2, "left"),
            ],
            map(self._difference, rows),
        )

    def _difference(self, row):
        table = self.table
        moment = table.moment(row.investigation_date)
        return [
            row.location_id.display_name,
            row.product_id.display_name,
            row.lot_id.name or "",
            f"{table.signed(row.difference)} {row.uom_id.name}",
            str(row.documents),
            (row.likely_reasons or "").replace("\n", " "),
            table.remark(row) or self.env._("Not Investigated"),
            ", ".join(filter(None, [row.investigator_id.name, moment])),
        ]


_ARITHMETIC = (
    "last_quantity", "came", "went", "came_inner", "went_inner", "book_quantity",
    "counted_quantity", "difference",
)  # fmt: skip


def _other(source):
    """What changed the books beside in and out: other adjustments, and gaps."""
    figures = getattr(source, "figures", source)
    return {"other": figures["adjusted"] + figures["gap"]}
