from odoo import api, fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    @api.model
    def _alert_date_exceeded(self):
        """Tell of lots that expire, in digests; core tells of the other lots.

        Core makes an activity for each lot. It is left those of products that do not
        use dates, on which somebody typed an alert date.
        """
        self.env["farm.expiry.digest"]._make_all()
        self._leave_to_digests()
        return super()._alert_date_exceeded()

    def _leave_to_digests(self):
        self.flush_model(["product_id", "alert_date", "product_expiry_reminded"])
        self.env.cr.execute(
            """UPDATE stock_lot lot SET product_expiry_reminded = TRUE
                 FROM product_product product
                 JOIN product_template template ON template.id = product.product_tmpl_id
                WHERE product.id = lot.product_id AND template.use_expiration_date
                  AND lot.alert_date < %s
                  AND lot.product_expiry_reminded IS NOT TRUE""",
            [self._end_of_alerts()],
        )
        self.invalidate_model(["product_expiry_reminded"])

    @api.model
    def _end_of_alerts(self):
        """Core tells of what has its alert date today, also later in the day."""
        return fields.Date.add(fields.Date.today(), days=1)
