from dateutil.relativedelta import relativedelta
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    recall_reminder_days = fields.Integer(
        "Remind Customers After", default=2, help="Days without an answer to a recall."
    )
    recall_close_by_other = fields.Boolean(
        "Recalls Are Closed by Another Person",
        help="Whoever is responsible for a recall does not close it.",
    )
    recall_drill_months = fields.Integer(
        "Months between Drills", default=12, help="0: no mock recalls are planned."
    )
    recall_notice_days = fields.Integer(
        "Plan Drills Ahead", default=14, help="Days before a mock recall is due."
    )

    def _get_recall_managers(self):
        """Quality managers who work in the company, the first of them first."""
        group = self.env.ref("farm_traceability.group_quality_manager")
        # Whom to tell does not depend on who asks.
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", group.ids),
                    ("company_ids", "in", self.ids),
                    ("share", "=", False),
                ],
                order="id",
            )
        )

    def _get_next_drill_date(self):
        """When the next mock recall is due, ``False`` for never."""
        self.ensure_one()
        return self._get_next_drill_dates()[self]

    def _get_next_drill_dates(self):
        """When the next mock recall of each company is due, ``False`` for never.

        So many months after the last one that was closed; at once where there was none.

        :return: dict of ``res.company`` to date
        """
        last = self._get_last_drills()
        return {company: company._drill_after(last.get(company)) for company in self}

    def _drill_after(self, last):
        if self.recall_drill_months <= 0:
            return False
        if not last:
            return fields.Date.today()
        return last.date() + relativedelta(months=self.recall_drill_months)

    def _get_last_drills(self):
        """When each company closed a drill last."""
        # Any drill of the company counts, whoever may read it.
        groups = (
            self.env["farm.recall"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "in", self.ids),
                    ("is_mock", "=", True),
                    ("state", "=", "closed"),
                    ("parent_id", "=", False),
                ],
                ["company_id"],
                ["closed_at:max"],
            )
        )
        return {company.sudo(self.env.su): last for company, last in groups}

    def _plan_drill(self):
        """Make the draft of the next drill with an activity, once.

        :return: the planned ``farm.recall``, empty when none is due yet
        """
        recalls = self.env["farm.recall"].with_company(self)
        due, managers = self._get_next_drill_date(), self._get_recall_managers()
        ahead = fields.Date.today() + relativedelta(days=self.recall_notice_days)
        if not due or due > ahead or not managers or self._has_open_drill():
            return recalls
        drill = recalls.create(
            {
                "is_mock": True,
                "is_scheduled": True,
                "due_date": due,
                "trigger": "drill",
                "reason": self.env._("Planned drill"),
                "company_id": self.id,
                "user_id": managers[0].id,
            }
        )
        drill.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=due,
            user_id=managers[0].id,
            summary=self.env._("Mock recall due"),
        )
        return drill

    def _has_open_drill(self):
        return bool(
            self.env["farm.recall"].search_count(
                [
                    ("company_id", "=", self.id),
                    ("is_mock", "=", True),
                    ("state", "not in", ("closed", "cancelled")),
                ],
                limit=1,
            )
        )
