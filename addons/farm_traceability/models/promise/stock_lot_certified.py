from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

# What a lot is by its own harvest and by what it was made of.
CERTIFIED = """
    CASE WHEN lot.harvest_id IS NOT NULL
         THEN coalesce(lot.provenance_certificate, '') <> ''
         ELSE EXISTS (SELECT %(parents)s) END
    AND NOT EXISTS (SELECT %(parents)s AND parent.is_certified IS NOT TRUE)
"""
PARENTS = """
      FROM stock_move_line made
      JOIN stock_move_line_consume_rel rel ON rel.consume_line_id = made.id
      JOIN stock_move_line used ON used.id = rel.produce_line_id
      JOIN stock_lot parent ON parent.id = used.lot_id
     WHERE made.lot_id = lot.id AND made.state = 'done' AND used.state = 'done'
       AND parent.id <> lot.id
"""
CHILDREN = """
    SELECT DISTINCT made.lot_id
      FROM stock_move_line used
      JOIN stock_move_line_consume_rel rel ON rel.produce_line_id = used.id
      JOIN stock_move_line made ON made.id = rel.consume_line_id
     WHERE used.lot_id = ANY(%s) AND made.lot_id IS NOT NULL AND made.state = 'done'
"""
# Longer than any chain of operations that is not a circle.
MOST_ROUNDS = 100


class StockLot(models.Model):
    """Whether all of a lot was harvested under a valid certificate.

    A lot with a harvest: its certificate was valid for the crop on the day, which is
    what the snapshot says. A lot made from others: all of them are certified. Any other
    lot is not. The relation between move lines decides, so that a reversal takes back
    what an operation gave.
    """

    _inherit = "stock.lot"

    is_certified = fields.Boolean(
        "Certified",
        readonly=True,
        copy=False,
        help="Harvested under a certificate that was valid for the crop on that day; a"
        " lot made from other lots: all of them.",
    )

    def _auto_init(self):
        cr = self.env.cr
        is_new = not column_exists(cr, self._table, "is_certified")
        was_there = column_exists(cr, self._table, "provenance_certificate")
        result = super()._auto_init()
        if is_new and was_there:
            self._fill_certified()
        return result

    def _fill_certified(self):
        """Harvested lots first, then what was made of them, by generations."""
        if not column_exists(self.env.cr, "stock_quant", "is_certified"):
            create_column(self.env.cr, "stock_quant", "is_certified", "bool")
        self.env.cr.execute(
            """UPDATE stock_lot SET is_certified = true
                WHERE harvest_id IS NOT NULL AND provenance_certificate <> ''
            RETURNING id"""
        )
        lots = [lot for (lot,) in self.env.cr.fetchall()]
        self._copy_certified(lots)
        self.browse(lots)._certify_children()

    # -- set by what happens ----------------------------------------------------------

    def _update_certified(self):
        """Say anew of these lots whether they are certified, then of their children."""
        changed = self._recompute_certified() if self else self
        if changed:
            changed._certify_children()

    def _certify_children(self):
        """Hand on what changed, generation by generation; each lot a few times at most.

        Lots may be made of each other in a circle: who was looked at in as many rounds
        as there are generations is not looked at again.
        """
        lots, rounds = self, {}
        while lots:
            children = self._lots_made_of(lots)
            for lot in children:
                rounds[lot.id] = rounds.get(lot.id, 0) + 1
            children = children.filtered(lambda lot: rounds[lot.id] <= MOST_ROUNDS)
            lots = children._recompute_certified()

    def _lots_made_of(self, lots):
        rows = self.env.execute_query(SQL(CHILDREN, list(lots.ids)))
        return self.browse(lot for (lot,) in rows)

    def _recompute_certified(self):
        """Write the flag of lots and of their stock.

        :return: lots of which it changed
        """
        self._flush_for_certified()
        rows = self.env.execute_query(
            SQL(
                """
                WITH stop AS (
                    SELECT id FROM stock_lot WHERE id = ANY(%(lots)s)
                     ORDER BY id FOR NO KEY UPDATE
                ), truth AS (
                    SELECT lot.id, %(certified)s AS is_certified
                      FROM stop JOIN stock_lot lot USING (id)
                )
                UPDATE stock_lot lot SET is_certified = truth.is_certified
                  FROM truth
                 WHERE truth.id = lot.id
                   AND truth.is_certified IS DISTINCT FROM
                       coalesce(lot.is_certified, false)
                RETURNING lot.id
                """,
                lots=list(self.ids),
                certified=SQL(CERTIFIED, parents=SQL(PARENTS)),
            )
        )
        changed = [lot for (lot,) in rows]
        self._copy_certified(changed)
        return self.browse(changed)

    def _flush_for_certified(self):
        self.env["stock.quant"].flush_model(["lot_id", "is_certified"])
        self.flush_model(["harvest_id", "provenance_certificate", "is_certified"])
        self.env["stock.move.line"].flush_model(
            ["lot_id", "state", "consume_line_ids", "produce_line_ids"]
        )

    @api.model
    def _copy_certified(self, lot_ids):
        self.env.cr.execute(
            SQL(
                """UPDATE stock_quant quant SET is_certified = lot.is_certified
                     FROM stock_lot lot
                    WHERE lot.id = quant.lot_id AND lot.id = ANY(%s)""",
                list(lot_ids),
            )
        )
        self.browse(lot_ids).invalidate_recordset(["is_certified"])
        self.env["stock.quant"].invalidate_model(["is_certified"])

    def _set_harvest(self, harvest):
        result = super()._set_harvest(harvest)
        self._certify_children()
        return result

    # -- never typed in ---------------------------------------------------------------

    def _provenance_fields(self):
        return super()._provenance_fields() | {"is_certified"}

    def _tag_fields(self):
        return super()._tag_fields() | {"shelf_life"}


class FarmHarvest(models.Model):
    _inherit = "farm.harvest"

    def _prepare_provenance_vals(self):
        vals = super()._prepare_provenance_vals()
        return vals | {"is_certified": bool(vals["provenance_certificate"])}
