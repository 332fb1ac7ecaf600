from odoo import fields, models


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    delivery_lead_days = fields.Integer(
        "Days on the Way",
        help="From the departure to the arrival. What a customer asks of a lot's"
        " remaining life is asked for the day of arrival. 0: the customer's own days"
        " count.",
    )

    _delivery_lead_days_positive = models.Constraint(
        "CHECK (delivery_lead_days >= 0)",
        "Goods do not arrive before they leave: the days on the way are 0 or more.",
    )
