from . import test_lead_days, test_translation
