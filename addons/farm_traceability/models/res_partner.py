from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .counts import count_by
from .farm_certificate import Validity

# Role → the role that one of its parties can be a member of.
MEMBER_OF = {
    "farmer": "farmer_group",
    "farmer_group": "village_union",
    "village_union": "subdistrict_union",
}
# Others may read parties, but have no access to what they grow.
FARM_READERS = (
    "farm_traceability.group_officer,farm_traceability.group_manager,"
    "stock.group_stock_user"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    farm_role_ids = fields.Many2many("farm.role", string="Roles in the Chain")
    is_farmer = fields.Boolean(compute="_compute_is_farmer", search="_search_is_farmer")
    farm_code = fields.Char(
        "Chain Number", copy=False, help="Registration number of a farmer or group."
    )
    farm_region_id = fields.Many2one("farm.region", "Region", index="btree_not_null")
    farm_group_id = fields.Many2one(
        "res.partner",
        "Member of",
        index="btree_not_null",
        help="A farmer's group, a group's village union, a village union's"
        " subdistrict union.",
    )
    farm_member_ids = fields.One2many("res.partner", "farm_group_id", "Members")
    farm_plot_ids = fields.One2many(
        "farm.plot", "farmer_id", "Plots", groups=FARM_READERS
    )
    farm_certificate_ids = fields.One2many(
        "farm.certificate", "farmer_id", "Certificates", groups=FARM_READERS
    )
    farm_harvest_ids = fields.One2many(
        "farm.harvest", "farmer_id", "Harvests", groups=FARM_READERS
    )
    farm_plot_count = fields.Integer(compute="_compute_farm_counts")
    farm_certificate_count = fields.Integer(compute="_compute_farm_counts")
    farm_cycle_count = fields.Integer(compute="_compute_farm_counts")
    farm_harvest_count = fields.Integer(compute="_compute_farm_counts")
    farm_member_count = fields.Integer(compute="_compute_farm_member_count")

    _farm_code_unique = models.UniqueIndex(
        "(farm_code) WHERE farm_code <> ''",
        "Another party has this chain number already.",
    )

    @api.depends("farm_role_ids")
    def _compute_is_farmer(self):
        for partner in self:
            partner.is_farmer = "farmer" in partner.farm_role_ids.mapped("code")

    def _search_is_farmer(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("farm_role_ids.code", "=", "farmer")

    def _compute_farm_counts(self):
        for model, field in (
            ("farm.plot", "farm_plot_count"),
            ("farm.certificate", "farm_certificate_count"),
            ("farm.cycle", "farm_cycle_count"),
            ("farm.harvest", "farm_harvest_count"),
        ):
            counts = count_by(self, model, "farmer_id")
            for partner in self:
                partner[field] = counts.get(partner, 0)

    def _compute_farm_member_count(self):
        counts = count_by(self, "res.partner", "farm_group_id")
        for partner in self:
            partner.farm_member_count = counts.get(partner, 0)

    @api.constrains("farm_group_id", "farm_role_ids")
    def _check_farm_group(self):
        if self._has_cycle("farm_group_id"):
            raise ValidationError(
                self.env._(
                    "A group cannot be a member of itself, directly or by its members."
                )
            )
        for partner in self.filtered("farm_group_id"):
            wanted = {
                MEMBER_OF[code]
                for code in partner.farm_role_ids.mapped("code")
                if code in MEMBER_OF
            }
            if not wanted & set(partner.farm_group_id.farm_role_ids.mapped("code")):
                raise ValidationError(
                    self.env._(
                        "%(party)s cannot be a member of %(group)s: a farmer belongs"
                        " to a farmer group, a group to a village union, a village"
                        " union to a subdistrict union. Set the roles of both first.",
                        party=partner.display_name,
                        group=partner.farm_group_id.display_name,
                    )
                )

    def action_open_farm_members(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_farmer_action"
        )
        return action | {
            "name": self.env._("Members of %(group)s", group=self.display_name),
            "domain": [("farm_group_id", "=", self.id)],
            "context": {"default_farm_group_id": self.id},
        }

    def _farm_certificate_for(self, crop, date, plot=None):
        """Find the certificate that covers a farmer's crop on a date.

        :return: ``(farm.certificate, Validity)``; an empty certificate when the
            farmer has none, the least bad one with its reason when none is valid
        """
        self.ensure_one()
        best = (
            self.env["farm.certificate"],
            Validity(
                False,
                self.env._("%(farmer)s has no certificate.", farmer=self.display_name),
            ),
        )
        # The answer does not depend on which certificates the asking user may open.
        for certificate in self.sudo().farm_certificate_ids.sorted("valid_from"):
            validity = certificate.is_valid_for(crop, date, plot)
            best = certificate.sudo(self.env.su), validity
            if validity:
                break
        return best
