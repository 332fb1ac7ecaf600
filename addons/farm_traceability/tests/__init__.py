from . import test_certificate, test_region
