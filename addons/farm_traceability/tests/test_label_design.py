import base64

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .label_case import LabelCase

PNG = b"\x89PNG"


@tagged("post_install", "-at_install")
class TestLabelDesign(LabelCase):
    """What a manager can design, and what is refused with one sentence."""

    def picture(self, template):
        self.assertFalse(template.preview_problem)
        kind, _comma, data = template.preview.partition(",")
        self.assertEqual(kind, "data:image/png;base64")
        return base64.b64decode(data)

    def test_every_label_that_comes_with_the_add_on_has_a_preview(self):
        keys = ("bunch", "hand", "crate", "pallet", "a4_24", "a4_65")
        for key in keys:
            with self.subTest(label=key):
                template = self.env.ref(f"farm_traceability.label_{key}")
                self.assertTrue(self.picture(template).startswith(PNG))

    def test_sheets_have_as_many_places_as_their_names_say(self):
        small = self.env.ref("farm_traceability.label_a4_65")
        self.assertEqual((self.sheet | small).mapped("labels_per_sheet"), [24, 65])

    def test_a_manager_designs_a_label_and_sees_it_before_it_is_saved(self):
        form = Form(self.env["farm.label.template"].with_user(self.manager))
        form.name = "Mine"
        empty = form.preview
        with form.block_ids.new() as block:
            block.content = "Lot"
            block.placeholder = "lot"
            self.assertEqual(block.content, "Lot {lot}")
        self.assertNotEqual(form.preview, empty)
        with form.block_ids.new() as block:
            block.kind, block.content = "gs1_datamatrix", "01 10"
            block.x, block.y, block.width, block.height = 60, 2, 3, 3
        self.assertFalse(form.preview)
        self.assertRegex(form.preview_problem, "needs .* mm to be readable")
        with form.block_ids.edit(1) as block:
            block.width = block.height = 20
        self.assertTrue(form.preview)
        template = form.save()
        self.assertEqual(template.block_ids.mapped("kind"), ["text", "gs1_datamatrix"])

    def test_the_preview_shows_the_chosen_lot(self):
        made_up = self.bunch.preview
        self.bunch.example_lot_id = self.lot
        self.assertNotEqual(self.bunch.preview, made_up)
        self.assertTrue(self.picture(self.bunch).startswith(PNG))

    def test_a_label_too_small_for_its_symbol_is_not_saved(self):
        symbol = {"kind": "gs1_128", "content": "01 10", "width": 30, "height": 15}
        with self.refused("GS1-128 .* needs .* mm to be readable, it has 30 × 15"):
            self.make_label(symbol)
        template = self.make_label(symbol | {"width": 96})
        with self.refused("outside of the label"):
            template.width = 60
        with self.refused("needs .* mm to be readable"):
            template.block_ids.width = 30

    def test_what_cannot_stand_together_is_not_saved(self):
        symbol = {"kind": "gs1_datamatrix", "height": 30}
        for content, sentence in (
            ("01 02 37", r"\(01\) and \((02|37)\) cannot stand together"),
            ("10", r"\(10\) needs one of"),
            ("37", r"\(37\) needs"),
            ("0199", "does not start with an application identifier|no application"),
            ("lot", "write application identifiers with spaces"),
            ("", "write application identifiers with spaces"),
        ):
            with self.subTest(content=content), self.refused(sentence):
                self.make_label(symbol | {"content": content})

    def test_other_wrong_designs_are_refused_with_one_sentence(self):
        for vals, sentence in (
            ({"width": 0}, "needs a width and a height"),
            ({"margin_left": 60, "margin_right": 60}, "margins leave no room"),
            ({"margin_left": -1}, "write 0 or more"),
            ({"paper": "a4", "columns": 3, "rows": 8}, "columns need .* mm, the page"),
            ({"paper": "a4", "rows": 0}, "at least one row"),
        ):
            with self.subTest(vals=vals), self.refused(sentence):
                self.make_label(**vals)
        with self.refused(r"There is no value \{colour\}"):
            self.make_label({"content": "{colour}"})
        with self.refused("letters of 1 points"):
            self.make_label({"content": "x", "font_size": 1})

    def test_a_copy_has_blocks_of_its_own(self):
        copy = self.bunch.with_user(self.manager).copy()
        self.assertIn("(copy)", copy.name)
        self.assertEqual(len(copy.block_ids), len(self.bunch.block_ids))
        self.assertFalse(copy.block_ids & self.bunch.block_ids)

    def test_captions_are_in_the_language_of_the_label(self):
        self.env["res.lang"]._activate_lang("id_ID")
        template = self.make_label({"content": "{expiry}", "caption": "Expiry"})
        template.block_ids.update_field_translations(
            "caption", {"id_ID": "Kedaluwarsa"}
        )
        english = template._render([(self.subject(), 1)], None, 1)
        template.lang = "id_ID"
        self.assertNotEqual(template._render([(self.subject(), 1)], None, 1), english)

    def subject(self):
        return self.lot._get_label_subjects("lot")[0]

    # -- rights -----------------------------------------------------------------------

    def test_an_inventory_user_reads_labels_and_designs_none(self):
        self.assertTrue(self.bunch.with_user(self.picker).preview)
        for name in ("farm.label.template", "farm.label.block", "farm.label.printer"):
            for mode in ("write", "create", "unlink"):
                with self.subTest(model=name, mode=mode):
                    model = self.env[name]
                    self.assertFalse(model.with_user(self.picker).has_access(mode))
                    self.assertTrue(model.with_user(self.manager).has_access(mode))
        with self.assertRaises(AccessError):
            self.bunch.with_user(self.picker).width = 90

    def test_labels_of_another_company_are_hidden(self):
        other = self.env["res.company"].create({"name": "Neighbour"})
        template = self.make_label({"content": "x"}, company_id=other.id)
        seen = self.env["farm.label.template"].with_user(self.manager).search([])
        self.assertIn(self.bunch, seen)
        self.assertNotIn(template, seen)
        blocks = self.env["farm.label.block"].with_user(self.manager)
        self.assertFalse(blocks.search([("template_id", "=", template.id)]))

    def test_an_example_lot_that_is_not_ones_own_is_not_shown(self):
        other = self.env["res.company"].create({"name": "Neighbour"})
        lot = self.env["stock.lot"].create(
            {"name": "SECRET", "product_id": self.product.id, "company_id": other.id}
        )
        made_up = self.bunch.preview
        self.bunch.example_lot_id = lot
        self.assertEqual(self.bunch.with_user(self.picker).preview, made_up)

    def test_blocks_with_pictures_of_all_kinds(self):
        dot = base64.b64encode(
            base64.b64decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQAB"
                "h6FO1AAAAABJRU5ErkJggg=="
            )
        )
        self.company.organic_mark = self.scheme.label_mark = dot
        self.company.logo = dot
        self.cycle.is_organic = True
        kinds = ("logo", "mark", "organic")
        blocks = [{"kind": "image", "picture": one} for one in kinds]
        template = self.make_label(
            *blocks, {"kind": "image", "picture": "own", "image": dot}
        )
        job = self.print_labels(self.lots, template)
        self.assertEqual(self.pages(job), 2)
        as_the_web_client = template.with_context(bin_size=True)
        self.assertEqual(as_the_web_client.preview, template.preview)
        with self.refused("cannot be read; use a PNG or JPEG file"):
            template.block_ids[3].image = base64.b64encode(b"no picture")

    def test_a_template_with_blocks_is_deleted_with_them(self):
        template = self.make_label({"content": "x"}, user=self.manager)
        template.write({"block_ids": [Command.create({"content": "y", "y": 20})]})
        blocks = template.block_ids
        template.unlink()
        self.assertFalse(blocks.exists())
