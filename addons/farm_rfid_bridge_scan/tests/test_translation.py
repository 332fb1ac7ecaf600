from odoo.addons.farm_traceability.tests.translation_common import TranslationChecks
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTranslation(TranslationChecks, TransactionCase):
    module = "farm_rfid_bridge_scan"
