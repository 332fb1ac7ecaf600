from odoo import api, models
from odoo.exceptions import ValidationError

OFFICER = "farm_traceability.group_officer"
STOCK_USER = "stock.group_stock_user"
#: what makes a device able to do more
GIVEN = {
    "user_id", "company_id", "may_write_bunches", "may_split", "may_write_cards",
    "region_ids", "location_ids", "warehouse_id",
}  # fmt: skip


class FarmDevice(models.Model):
    """On whose behalf a device acts.

    Whoever has a device can do with it what its user may do. So nobody gives a device
    to a user who may do more than he may himself: neither by naming the user nor by
    enrolling the device anew.
    """

    _inherit = "farm.device"

    @api.model_create_multi
    def create(self, vals_list):
        devices = super().create(vals_list)
        devices._check_rights_given()
        return devices

    def write(self, vals):
        done = super().write(vals)
        if GIVEN & set(vals):
            self._check_rights_given()
        return done

    @api.constrains("user_id", "company_id", "may_write_cards")
    def _check_user(self):
        for device in self:
            # Whoever keeps devices may not look into users; these are some questions.
            user = device.user_id.sudo()
            if user.share or device.company_id not in user.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(device)s cannot act for %(user)s: choose an internal user"
                        " of %(company)s.",
                        device=device.name,
                        user=user.name,
                        company=device.company_id.name,
                    )
                )
            device._check_role(user)

    def _check_role(self, user):
        if self.may_write_cards and not user.has_group(OFFICER):
            raise ValidationError(
                self.env._(
                    "%(device)s cannot write farmers' cards: %(user)s is no officer"
                    " of the authority.",
                    device=self.name,
                    user=user.name,
                )
            )
        if not (user.has_group(STOCK_USER) or user.has_group(OFFICER)):
            raise ValidationError(
                self.env._(
                    "%(device)s cannot act for %(user)s, who is neither collector,"
                    " inventory user nor officer.",
                    device=self.name,
                    user=user.name,
                )
            )

    def _check_rights_given(self):
        """:raises ValidationError: if the device would have rights that one has not"""
        giver = self.env.user
        if self.env.su or giver.has_group("base.group_system"):
            return  # who may give any right to himself
        own = giver.sudo().all_group_ids
        for device in self:
            # As in ``_check_user``.
            groups = device.user_id.sudo().all_group_ids - own
            more = groups.filtered(_gives_rights)
            if more:
                raise ValidationError(
                    self.env._(
                        "You cannot let %(device)s act for %(user)s, who has rights"
                        " that you have not: %(groups)s. Ask somebody who has them.",
                        device=device.name,
                        user=device.user_id.name,
                        groups=", ".join(more[:5].mapped("full_name")),
                    )
                )


def _gives_rights(group):
    """Whether a group is more than a preference of its users."""
    return bool(group.model_access or group.rule_groups)
