from odoo import fields, models


class FarmRecall(models.Model):
    """What lies with another company of the database is in a recall of its own."""

    _inherit = "farm.recall"

    def _family(self):
        """The recall and the parts of all companies, those that still run."""
        main = self.parent_id or self
        return (main | main.part_ids).filtered(lambda one: one.state == "running")

    def _make_missing_parts(self, answer, known):
        """Parts of companies that have something of the lots and no part yet.

        :param answer: ``Trace`` downstream
        :param known: ``farm.recall`` whose companies need none
        :return: the new parts, still without lines
        """
        main = self.parent_id or self
        missing = sorted(self._companies_of(answer) - set(known.company_id.ids))
        parts = self.browse()
        for company in self.env["res.company"].browse(missing):
            ended = main.part_ids.company_id
            part = main._make_part(company)
            if company in ended | main.company_id:
                # What its first recall ended with stays there.
                part.lot_ids = answer.ids
            parts |= part
        parts._tell_company()
        return parts

    def _make_part(self, company):
        """What lies with another company is a recall of that company."""
        manager = company._get_recall_managers()[:1]
        # A drill does not even mail that somebody is responsible now.
        quiet = self.with_context(mail_auto_subscribe_no_notify=self.is_mock)
        return quiet.create(
            {
                "parent_id": self.id,
                "company_id": company.id,
                "user_id": (manager or self.env.ref("base.user_root")).id,
                "state": "running",
                "reach": self.reach,
                "numbers": False,
                "lot_ids": [fields.Command.set(self.lot_ids.ids)],
            }
            | {
                name: self[name]
                for name in (
                    "is_mock",
                    "recall_class",
                    "reason",
                    "trigger",
                    "started_at",
                    "frozen_at",
                    "trace_seconds",
                )
            }
        )

    def _tell_company(self):
        """Quality managers find an activity on their part. Never for a drill.

        Where a company has none, who leads the recall must tell it.
        """
        for part in self.filtered(lambda part: not part.is_mock):
            managers = part.company_id._get_recall_managers()
            for user in managers:
                part._warn_of_part(part, user)
            if not managers:
                part.parent_id._warn_of_part(part, part.parent_id.user_id)

    def _warn_of_part(self, part, user):
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            date_deadline=fields.Date.today(),
            user_id=user.id,
            summary=self.env._(
                "Recall of lots that %(company)s has or sold",
                company=part.company_id.name,
            ),
            note=part.reason,
        )

    def _check_company(self, fnames=None):
        """OdooBot, of no company, keeps the part of one without a quality manager."""
        root = self.env.ref("base.user_root")
        kept = self.filtered(lambda one: one.parent_id and one.user_id == root)
        return super(FarmRecall, self - kept)._check_company(fnames)

    def _who_looks(self):
        """The recall that somebody looks after: a part that nobody has is its main's.

        :return: ``farm.recall`` with elevated rights
        """
        part = self.sudo()
        kept = part.parent_id and part.user_id == self.env.ref("base.user_root")
        return part.parent_id if kept else part

    # -- found later ------------------------------------------------------------

    def _leads(self):
        """One recall of all companies takes lots in: the first that still runs."""
        return self.sudo()._family()[:1] == self

    def _find_later_companies(self, answer):
        """Companies that got affected goods later get a part of the recall.

        :param answer: ``Trace`` of the recall's lots only
        :return: a sentence for each company
        """
        # Whose goods they are does not depend on who looks.
        main = self.sudo().parent_id or self.sudo()
        parts = main._make_missing_parts(answer, main | main.part_ids)
        for part in parts:
            part._freeze_lines(answer)
        return [
            self.env._(
                "%(company)s has affected goods now: %(recall)s is its part.",
                company=part.company_id.name,
                recall=part.name,
            )
            for part in parts
        ]
