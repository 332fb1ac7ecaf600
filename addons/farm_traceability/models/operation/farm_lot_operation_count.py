from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ...balance import share_pieces


class FarmLotOperation(models.Model):
    """The control count: hands made and lost are taken off the lots they were on."""

    _inherit = "farm.lot.operation"

    def _take_pieces(self):
        for operation in self:
            taken = operation._named_pieces()
            operation._check_named_pieces(taken)
            for lot, count in operation._mixed_pieces(taken).items():
                taken[lot] += count
            for lot, count in taken.items():
                operation._take_pieces_of(lot, count)
            operation._add_pieces(+1)

    def _counted_lines(self):
        """Outputs and losses with pieces, each with its input or none."""
        only = self.input_ids if len(self.input_ids.lot_id) == 1 else None
        return [
            (only[:1] if only else line.input_id, line.piece_count)
            for lines in (self.output_ids, self.loss_ids)
            for line in lines
            if line.piece_count
        ]

    def _named_pieces(self):
        """Pieces by counted lot that outputs and losses say they came from."""
        pieces = defaultdict(int)
        for source, count in self._counted_lines():
            if source.lot_id.piece_count:
                pieces[source.lot_id] += count
        return pieces

    def _check_named_pieces(self, taken):
        for lot, count in taken.items():
            if count > lot.remaining_count:
                raise UserError(
                    self.env._(
                        "%(lot)s has %(left)s pieces left; %(taken)s cannot be"
                        " taken from it.",
                        lot=lot.name,
                        left=lot.remaining_count,
                        taken=count,
                    )
                )

    def _mixed_pieces(self, named):
        """Share what names no input among the counted lots that were mixed."""
        total = sum(count for source, count in self._counted_lines() if not source)
        if not total:
            return {}
        weights = self._mixed_weights()
        offers = [
            (lot, weight, lot.remaining_count - named[lot])
            for lot, weight in weights.items()
            if lot.piece_count
        ]
        left = sum(limit for _lot, _weight, limit in offers)
        if len(offers) == len(weights) and total > left:
            raise UserError(
                self.env._(
                    "%(lots)s have %(left)s pieces left together; %(taken)s cannot be"
                    " taken from them.",
                    lots=", ".join(lot.name for lot in weights),
                    left=left,
                    taken=total,
                )
            )
        return share_pieces(total, offers)

    def _mixed_weights(self):
        """What each lot has left for the mixture, in the operation's unit."""
        balance = self._get_balance()
        rests = {line: rest for line, rest in balance.rests.items() if rest > 0}
        weights = defaultdict(float)
        for line in self.input_ids:
            if line in rests or not rests:
                weights[line.lot_id] += rests.get(line, line.quantity)
        return weights

    def _take_pieces_of(self, lot, count):
        # Only operations may change the control count, whoever posts them.
        lot.sudo().remaining_count -= count
        line = self.input_ids.filtered(lambda one: one.lot_id == lot)[:1]
        line.sudo().piece_count = count

    def _add_pieces(self, sign):
        """Add pieces to existing lots that are counted, or take them off again."""
        known = self.output_ids.filtered(lambda line: not line.is_new_lot)
        for lot, lines in known.grouped("lot_id").items():
            if not lot.piece_count:
                continue
            added = sum(lines.mapped("piece_count"))
            own = self.input_ids.filtered(lambda line, lot=lot: line.lot_id == lot)
            grown = max(added - sum(own.mapped("piece_count")), 0)
            # Only operations may change the control count, whoever posts them.
            lot.sudo().write(
                {
                    "piece_count": lot.piece_count + sign * grown,
                    "remaining_count": lot.remaining_count + sign * added,
                }
            )
