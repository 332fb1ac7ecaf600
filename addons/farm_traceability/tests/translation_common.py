import re
from pathlib import Path

import polib
from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
MARKUP = re.compile(r"<[a-z/][^>]*?>")


class TranslationChecks:
    """Every word of an add-on can be translated, and has its Indonesian one.

    Each add-on of the suite names itself in a class of this and ``TransactionCase``.
    """

    module = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(file_path(f"{cls.module}/i18n"))
        cls.template = polib.pofile(str(folder / f"{cls.module}.pot"))
        cls.indonesian = polib.pofile(str(folder / "id.po"))

    def test_the_template_has_every_term_of_the_add_on(self):
        self.assertFalse(
            self.exported(own=True) - self.msgids(self.template),
            "Terms are new: run “make pot”.",
        )

    def test_the_template_has_no_stale_term(self):
        self.assertFalse(
            self.msgids(self.template) - self.exported(),
            "Terms are gone: run “make pot”.",
        )

    def test_the_indonesian_file_has_the_terms_of_the_template(self):
        self.assertEqual(self.msgids(self.indonesian), self.msgids(self.template))
        self.assertFalse(self.indonesian.obsolete_entries())

    def test_every_term_has_its_indonesian(self):
        missing = [entry.msgid for entry in self.indonesian if not entry.translated()]
        self.assertFalse(missing)

    def test_a_translation_names_the_same_values(self):
        self.assert_same(lambda text: sorted(PLACEHOLDER.findall(text)))

    def test_a_translation_has_the_same_elements(self):
        self.assert_same(lambda text: [tag.split()[0] for tag in MARKUP.findall(text)])

    def test_an_explanation_ends_as_its_source(self):
        self.assert_same(lambda text: text[-1] if text[-1] in ".:?" else "")

    def exported(self, own=False):
        """Terms in this database.

        :param own: without the labels of fields that models have from Odoo's own
            mixins: which there are depends on the other apps that are installed
        """
        mixins = "mail.thread", "mail.activity.mixin", "image.mixin"
        given = set().union(*(self.env[name]._fields for name in mixins))
        reader = TranslationModuleReader(self.env.cr, modules=[self.module])
        return {
            source
            for _module, _kind, _name, record, source, _value, _comments in reader
            if not (own and str(record).rpartition("__")[2] in given)
        }

    def msgids(self, entries):
        return {entry.msgid for entry in entries if not entry.obsolete}

    def assert_same(self, trait):
        for entry in self.indonesian:
            with self.subTest(term=entry.msgid):
                self.assertEqual(trait(entry.msgstr), trait(entry.msgid))
