from . import (
    test_api,
    test_api_snapshot,
    test_contract,
    test_device,
    test_inbox,
    test_openapi,
    test_protocol,
    test_purchase,
    test_push,
    test_sealing_key,
    test_server,
    test_snapshot,
)
