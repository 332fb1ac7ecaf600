from . import (
    test_api,
    test_device,
    test_inbox,
    test_openapi,
    test_protocol,
    test_push,
    test_read,
    test_read_months,
    test_read_moves,
    test_read_server,
    test_read_tags,
    test_server,
)
