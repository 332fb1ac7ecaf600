from . import test_api, test_protocol, test_push
