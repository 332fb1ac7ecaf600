from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import formatLang

from ...trace import UP, trace
from ...wording import number_text


class FarmRecall(models.Model):
    """What the form shows in tables, and where its buttons lead."""

    _inherit = "farm.recall"

    scope_table = fields.Html(
        compute="_compute_scope_table", compute_sudo=True, sanitize=False
    )
    balance_table = fields.Html(
        compute="_compute_balance_table", compute_sudo=True, sanitize=False
    )

    @api.depends("numbers")
    def _compute_scope_table(self):
        for recall in self:
            recall.scope_table = recall.numbers and recall._render(
                "recall_scope_table", recall.numbers
            )

    @api.depends("state", "final_balance", "customer_ids.answer_ids", "line_ids")
    def _compute_balance_table(self):
        for recall in self:
            # A unit of which only other companies have something says nothing here.
            rows = [
                row
                for row in recall._balance_rows()
                if row["found"] or row["unaccounted"]
            ]
            recall.balance_table = rows and recall._render(
                "recall_balance_table", {"rows": rows}
            )

    def _render(self, template, values):
        return self.env["ir.qweb"]._render(
            f"farm_traceability.{template}",
            values
            | {
                "number": lambda value: number_text(self.env, value or 0.0),
                "percent": lambda value: f"{formatLang(self.env, value * 100, 0)} %",
            },
        )

    @api.model
    def action_new_from(self, records):
        """A draft that begins with these records, from their own screens.

        :param records: ``stock.lot``, ``stock.picking``, ``farm.harvest``,
            ``farm.certificate`` or another model of the starting points
        """
        records.check_access("read")
        trigger = "certificate" if records._name == "farm.certificate" else "trace"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Recall"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_trigger": trigger,
                "default_start_ids": [
                    Command.create({"record": f"{record._name},{record.id}"})
                    for record in records
                ],
            },
        }

    # -- buttons ------------------------------------------------------------

    def _wizard(self, model, name):
        self.ensure_one()
        self._check_manager()
        self._check_state("running")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_recall_id": self.id},
        }

    def action_add_lots(self):
        return self._wizard("farm.recall.addition", self.env._("Add Lots"))

    def action_dispose(self):
        return self._wizard("farm.recall.disposal", self.env._("Dispose of"))

    def action_open_lots(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lots in Scope"),
            "res_model": "stock.lot",
            "domain": [("id", "in", self.lot_ids.ids)],
            "view_mode": "list,form",
            "context": {"create": False},
        }

    def action_open_customers(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customers and Authorities"),
            "res_model": "farm.recall.customer",
            "domain": [("recall_id", "=", self.id)],
            "view_mode": "list,kanban,form",
            "context": {"default_recall_id": self.id},
        }

    def action_open_lines(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Scope"),
            "res_model": "farm.recall.line",
            "domain": [("recall_id", "=", self.id)],
            "view_mode": "list",
        }

    def action_add_authorities(self):
        """Put the authorities of the lots' certificates on the list."""
        self.ensure_one()
        self._check_manager()
        self._check_state("running")
        # Origins may be of an office whose records the user cannot open.
        lots = self.env["stock.lot"].sudo()
        origins = lots.browse(trace(self.env, self.sudo().lot_ids.ids, UP).up_ids)
        known = self.customer_ids.partner_id
        authorities = origins.harvest_id.certificate_id.authority_id - known
        self.env["farm.recall.customer"].create(
            [
                {"recall_id": self.id, "partner_id": one.id, "kind": "authority"}
                for one in authorities
            ]
        )
        return True
