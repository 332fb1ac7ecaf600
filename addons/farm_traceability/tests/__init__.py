from . import test_region
