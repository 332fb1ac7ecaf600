from odoo import api, fields, models

from ...wording import number_text


class FarmCountResult(models.Model):
    """What a difference may come from, in the reader's words."""

    _inherit = "farm.count.result"

    likely_reasons = fields.Text(compute="_compute_likely_reasons")

    @api.depends_context("lang")
    @api.depends(
        "difference",
        "gap",
        "late",
        "later",
        "meanwhile",
        "pending_in",
        "pending_out",
        "reserved_quantity",
        "last_date",
    )
    def _compute_likely_reasons(self):
        for row in self:
            row.likely_reasons = "\n".join(row._get_likely_reasons())

    def _get_likely_reasons(self):
        """:return: sentences; those first that come to just the difference"""
        if not self.difference and not self.gap:
            return []
        hints = sorted(self._get_hints(), key=lambda hint: not self._matches(hint))
        sentences = [self._hint_text(hint) for hint in hints if hint[1]]
        if not self.last_date and self.difference:
            sentences.append(self.env._("This shelf was never counted before."))
        return sentences

    def _get_hints(self):
        """What may have happened.

        :return: list of (sentence, quantity, difference that it would make)
        """
        _ = self.env._
        unknown = round(self.gap - self.late + self.later, 6)
        while_counting = _(
            "Moved while counting: %(quantity)s.", quantity=self._text(self.meanwhile)
        )
        late = _(
            "Entered late, dated before the last count: %(quantity)s.",
            quantity=self._text(self.late),
        )
        later = _(
            "Entered after this count, dated before it: %(quantity)s.",
            quantity=self._text(self.later),
        )
        without_move = _(
            "In the books without any move: %(quantity)s.",
            quantity=self._text(unknown),
        )
        way_out = _(
            "On its way out, not yet done: %(quantity)s.",
            quantity=self._text(self.pending_out),
        )
        way_in = _(
            "On its way in, not yet done: %(quantity)s.",
            quantity=self._text(self.pending_in),
        )
        reserved = _(
            "Reserved at that time: %(quantity)s.",
            quantity=self._text(self._other_reserved()),
        )
        return [
            (while_counting, self.meanwhile, -self.meanwhile),
            (late, self.late, -self.late),
            (later, self.later, self.later),
            (without_move, unknown, -unknown),
            (way_out, self.pending_out, -self.pending_out),
            (way_in, self.pending_in, self.pending_in),
            (reserved, self._other_reserved(), None),
        ]

    def _other_reserved(self):
        """Reserved for what is not on its way any more."""
        if self.pending_out >= self.reserved_quantity:
            return 0
        return self.reserved_quantity

    def _matches(self, hint):
        _sentence, quantity, difference = hint
        return bool(
            quantity
            and difference is not None
            and self.uom_id.compare(difference, self.difference) == 0
        )

    def _hint_text(self, hint):
        if not self._matches(hint):
            return hint[0]
        return " ".join([hint[0], self.env._("This comes to the difference.")])

    def _text(self, value):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        number = number_text(self.env, value or 0.0, digits=max(1, digits))
        return f"{number} {self.uom_id.name}"
