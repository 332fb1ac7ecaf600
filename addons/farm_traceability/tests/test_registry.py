from odoo.tests import TransactionCase, tagged

# What all companies share: official codes, the words of the trade, the standards,
# the moments at which stock ages are closed, the keys of the server.
SHARED = {
    "farm.checklist.item",
    "farm.certification.scheme",
    "farm.count.reason",
    "farm.deviation.reason",
    "farm.region",
    "farm.role",
    "farm.sealing.key",
    "farm.stock.aging.closing",
    "farm.trait",
}
# Odoo shows a wizard to nobody but its author, whose rights check what it links to.
WIZARDS_WITHOUT_COMPANY = {
    "farm.certificate.change",
    "farm.count.ask",
    "farm.deviation.question",
    "farm.deviation.question.line",
    "farm.expiry.work",
    "farm.expiry.work.line",
    "farm.guide.correction",
    "farm.harvest.waiver",
    "farm.hold.place",
    "farm.hold.release",
    "farm.label.print",
    "farm.lot.harvest",
    "farm.lot.prepare",
    "farm.lot.reversal",
    "farm.lot.split",
    "farm.lot.split.line",
    "farm.promise.allow",
    "farm.recall.addition",
    "farm.recall.answer.entry",
    "farm.recall.answer.line",
    "farm.recall.closing",
    "farm.recall.complaint",
    "farm.recall.disposal",
    "farm.recall.disposal.line",
    "farm.region.import",
    "farm.stock.aging.ask",
    "farm.stock.card",
    "farm.tag.blank",
    "farm.tag.packing",
}


@tagged("post_install", "-at_install")
class TestRegistry(TransactionCase):
    """What must hold for every model of the suite, also for those yet to come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        module = cls.env["ir.model.data"].search(
            [("module", "=like", "farm\\_%"), ("model", "=", "ir.model")]
        )
        names = cls.env["ir.model"].browse(module.mapped("res_id")).mapped("model")
        cls.models = [
            cls.env[name]
            for name in sorted(names)
            if name.startswith("farm.") and not cls.env[name]._abstract
        ]

    def lines_of(self, model_name, table):
        return self.env[table].search([("model_id.model", "=", model_name)])

    def test_the_models_are_found(self):
        self.assertGreater(len(self.models), 20)

    def test_every_model_has_access_lines_for_groups(self):
        for model in self.models:
            with self.subTest(model=model._name):
                lines = self.lines_of(model._name, "ir.model.access")
                self.assertTrue(lines)
                self.assertTrue(all(line.group_id for line in lines))
                public = self.env.ref("base.group_public")
                self.assertNotIn(public, lines.group_id)

    def test_every_model_has_a_company_rule(self):
        for model in self.models:
            if model._name in SHARED | WIZARDS_WITHOUT_COMPANY:
                continue
            with self.subTest(model=model._name):
                domains = [
                    rule.domain_force
                    for rule in self.lines_of(model._name, "ir.rule")
                    if not rule.groups
                ]
                self.assertTrue(
                    any("company_id" in d and "company_ids" in d for d in domains)
                )

    def test_what_is_shared_has_no_company(self):
        for name in SHARED:
            with self.subTest(model=name):
                self.assertNotIn("company_id", self.env[name]._fields)

    def test_the_inverse_of_every_one2many_is_indexed(self):
        fields = [
            field
            for name in self.env
            for field in self.env[name]._fields.values()
            if field.type == "one2many" and field.store and field.inverse_name
            if "farm" in field.comodel_name or "farm" in (field._module or "")
        ]
        self.assertGreater(len(fields), 20)
        for field in fields:
            inverse = self.env[field.comodel_name]._fields[field.inverse_name]
            with self.subTest(field=str(field), inverse=str(inverse)):
                self.assertTrue(inverse.index)

    def test_every_rule_can_be_evaluated_for_every_role(self):
        for group in (
            "farm_traceability.group_officer",
            "farm_traceability.group_collector",
            "farm_traceability.group_quality_manager",
            "stock.group_stock_user",
            "base.group_portal",
        ):
            user = self.env["res.users"].create(
                {
                    "name": group,
                    "login": group,
                    "group_ids": [(6, 0, self.env.ref(group).ids)],
                }
            )
            for model in [*self.models, self.env["res.partner"]]:
                mine = model.with_user(user)
                with self.subTest(group=group, model=model._name):
                    for mode in ("read", "write", "create", "unlink"):
                        if mine.has_access(mode):
                            self.env["ir.rule"].with_user(user)._compute_domain(
                                model._name, mode
                            )
                    if mine.has_access("read"):
                        mine.search([], limit=1)
