from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...protocol import problems

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
    enrolling the device anew. Where the user has more rights later, the device waits
    until somebody who has them as well confirms it.
    """

    _inherit = "farm.device"

    giver_id = fields.Many2one(
        "res.users", "Given by", readonly=True, copy=False, ondelete="set null"
    )
    given_group_ids = fields.Many2many(
        "res.groups",
        "farm_device_given_group_rel",
        string="Groups of the User then",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
    is_user_changed = fields.Boolean(
        "Rights Changed", compute="_compute_is_user_changed", compute_sudo=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        devices = super().create(vals_list)
        devices._give_rights()
        return devices

    def write(self, vals):
        done = super().write(vals)
        if GIVEN & set(vals):
            self._give_rights()
        return done

    @api.constrains("user_id", "company_id", "may_write_cards")
    def _check_user(self):
        for device in self:
            # Whoever keeps devices may not look into users; these are some questions.
            user = device.user_id.sudo()
            if device._is_outsider(user):
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

    def _is_outsider(self, user):
        return user.share or self.company_id not in user.company_ids

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

    # -- given ------------------------------------------------------------------------

    def action_confirm_user(self):
        """Let a device act for its user with the rights that he has now."""
        self.check_access("write")
        self._check_user()
        self._give_rights()
        return True

    def _give_rights(self):
        """Note with which rights a device acts, and who gave them.

        :raises ValidationError: if one has not these rights
        """
        self._check_rights_given()
        for device in self:
            # Nobody may write these otherwise than here; the right is checked above.
            known = device.sudo()
            known.write(
                {
                    "giver_id": self.env.user.id,
                    "given_group_ids": [Command.set(known.user_id.all_group_ids.ids)],
                }
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

    # -- afterwards -------------------------------------------------------------------

    @api.depends("user_id", "given_group_ids", "giver_id")
    def _compute_is_user_changed(self):
        for device in self:
            enrolled = device.state == "enrolled"
            device.is_user_changed = enrolled and not device._acts_as_given()

    def _check_acts_as_given(self):
        """:raises Problem: ``UserChanged``"""
        if not self._acts_as_given():
            raise problems.UserChanged()

    def _acts_as_given(self):
        """Whether the user may still be acted for, with no more rights than were given.

        What the giver has as well by now, as after an update, he could give again; a
        giver who is gone gives nothing more. With fewer rights the user is acted for:
        what they do not allow is refused and kept.
        """
        user, giver = self.user_id, self.giver_id
        if self._is_outsider(user):
            return False
        if giver and giver.has_group("base.group_system"):
            return True
        gained = set(user._get_group_ids()) - set(self.given_group_ids.ids)
        if giver:
            gained -= set(giver._get_group_ids())
        return not self.env["res.groups"].browse(gained).filtered(_gives_rights)


def _gives_rights(group):
    """Whether a group is more than a preference of its users."""
    return bool(group.model_access or group.rule_groups)
