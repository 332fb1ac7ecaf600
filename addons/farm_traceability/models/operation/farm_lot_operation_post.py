from odoo import models
from odoo.exceptions import LockError, UserError


class FarmLotOperation(models.Model):
    """Posting: lots, moves and the links between their lines."""

    _inherit = "farm.lot.operation"

    def action_post(self):
        """Check and make the stock moves, all operations of the set together.

        :raises UserError: naming the operation, what is wrong and by how much
        """
        self.check_access("write")
        self._lock()
        for operation in self:
            operation._check_before_posting()
        self._check_on_hand()
        self._take_pieces()
        self._create_output_lots()
        self._create_moves()._action_done()
        self._post_treatments()
        # The state is nobody's to write; only this method, after the moves, sets it.
        self.sudo().state = "done"
        return True

    def _lock(self):
        """Of two clicks, or two users, at the same time the second one is refused."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(names)s is being worked on by another click or user: wait a"
                    " moment and reload the page.",
                    names=", ".join(self.mapped("name")),
                )
            ) from error

    # -- lots -----------------------------------------------------------------------

    def _create_output_lots(self):
        outputs = self.output_ids.filtered(lambda line: not line.lot_id)
        sources = self._get_sources()
        (self.output_ids - outputs)._fill_existing_lots(sources)
        names = outputs._next_lot_names()
        lots = (
            self.env["stock.lot"]
            # Nobody may type provenance in; here it is what the parents hand down.
            .sudo()
            .with_context(tracking_disable=True)
            .create(
                [
                    line._prepare_lot_vals(sources[line]) | {"name": name}
                    for line, name in zip(outputs, names, strict=True)
                ]
            )
        )
        for line, lot, name in zip(outputs, lots, names, strict=True):
            # Which output made a lot is nobody's to enter.
            line.sudo().write({"lot_id": lot.id, "lot_name": name, "is_new_lot": True})

    def _get_sources(self):
        """Input lines that each output came from.

        :rtype: dict[farm.lot.operation.output, farm.lot.operation.input]
        """
        return {
            output: self.env["farm.lot.operation.input"].union(*inputs)
            for operation in self
            for output, inputs in operation._get_balance().sources().items()
        }
