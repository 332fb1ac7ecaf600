from . import (
    test_api,
    test_device,
    test_inbox,
    test_protocol,
    test_push,
    test_read,
    test_read_moves,
    test_server,
)
